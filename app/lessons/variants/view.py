"""What the lesson `variants` shows below its stage: which variant matters, on two tasks."""

from app.lessons.variants.benchmarks import BENCHMARKS, BUDGET, LONGEST, NEAR, STEPS
from app.lessons.variants.model import TRAINED
from app.page.page import Page
from app.trained.figures import show_task
from app.training.figures import shipped_figures
from cells import LSTM


def base_of(name: str) -> str:
    """The trained cell that a variant departs from."""
    return "lstm" if TRAINED[name].base is LSTM else "gru"


ORDER = sorted(TRAINED, key=lambda name: base_of(name) == "gru")
"""The trained cells: the LSTM and its variants, then the GRU and its own."""


def trained(page: Page) -> None:
    """Every variant and the cells they depart from, trained on each task."""
    figures = shipped_figures("variants")
    page.say("trained", units=f"{BUDGET.units}", seeds=f"{len(BUDGET.seeds)}", updates=f"{BUDGET.updates}")
    names = {name: page.label(f"trained.{name}" if name == base_of(name) else f"cell.{name}") for name in ORDER}
    kinds = {name: base_of(name) for name in ORDER}
    with page.part("figures-tasks"):
        for task in BENCHMARKS:
            with page.part(f"figure-{task}"):
                page.text(f"about.task.{task}", steps=f"{STEPS}", near=f"{NEAR:g}", longest=f"{LONGEST}")
                show_task(page, figures, task, names, kinds)
                page.text("trained.verdict", **{
                    verdict: ", ".join(
                        names[name] for name in ORDER
                        if name != base_of(name) and figures.against(task, name, base_of(name)) == verdict
                    ) or page.label("trained.none")
                    for verdict in ("faster", "slower")
                })  # fmt: skip
    page.say("greff")
