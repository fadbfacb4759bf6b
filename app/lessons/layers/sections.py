"""What depth and a second direction buy, on two tasks: networks that were trained for the lesson `layers`."""

from app.lessons.layers.benchmarks import APART, BENCHMARKS, BUDGET, NETWORKS, WINDOW
from app.page.page import Page
from app.trained.figures import show_task
from app.training.figures import shipped_figures


def bought(page: Page) -> None:
    """Networks of one to three layers, forward and both ways, trained on each task."""
    figures = shipped_figures("layers")
    counts = {"units": f"{BUDGET.units}", "seeds": f"{len(BUDGET.seeds)}", "updates": f"{BUDGET.updates}"}
    page.say("bought", wide=f"{NETWORKS['wide'].units}", **counts)
    names = {name: page.label(f"shape.{name}") for name in NETWORKS}
    with page.part("figures-tasks"):
        for task in BENCHMARKS:
            with page.part(f"figure-{task}"):
                page.text(f"about.task.{task}", window=f"{WINDOW}", apart=f"{APART}")
                show_task(page, figures, task, names, dict.fromkeys(NETWORKS, "lstm"))
                sure = [names[name] for name in NETWORKS if figures.solved(task, name) == "all"]
                page.text("bought.verdict", sure=", ".join(sure) or page.label("bought.none"))
    page.say("depth")
