"""The figures that come with a lesson: how soon each network learned a task, from every seed, and the numbers."""

from collections.abc import Mapping
from statistics import median

from app.charts.trials import trials
from app.formatting import number, percent, spread
from app.page.page import Page
from app.page.views import draw, table
from app.training.figures import SOLVED, Figures


def show_task(page: Page, figures: Figures, task: str, names: Mapping[str, str], kinds: Mapping[str, str]) -> None:
    """Draw one task: a chart of the updates each network needed, and below it what it reached and cost.

    Parameters
    ----------
    names
        What a reader calls each network, in the order of the rows.
    kinds
        The kind of cell of each network.
    """
    words = page.labels("trials") | {"updates": page.label("trials.updates", share=percent(SOLVED))}
    updates = {name: figures.updates(task, network) for network, name in names.items()}
    hues = {name: kinds[network] for network, name in names.items()}
    chart = trials(updates, hues, figures.budget.updates, words, page.dark)
    draw(chart, f"trials-{task}", page.label("trials.alt", task=page.label(f"task.{task}")), save=False)
    head = [page.label(f"trials.column.{name}") for name in ("network", "parameters", "right", "seconds")]
    rows = []
    for network, name in names.items():
        of = figures.of(task, network)
        shares = [trial.accuracy for trial in of]
        ends = f"{percent(median(shares))} ({percent(min(shares))}–{percent(max(shares))})"
        rows.append([name, number(of[0].parameters, 0), ends, spread([trial.seconds for trial in of], 1)])
    table(head, rows)
