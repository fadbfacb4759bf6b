"""What the cells that came later learn of the tests of the lesson `recall` with its budget, for any page that tells."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from app.components.picture import picture
from app.controls.kinds import KINDS, LATER
from app.formatting import number, percent
from app.page import views
from app.page.page import Page
from app.trained.recalled_picture import Shares, strips
from app.training.figures import SOLVED, Figures, shipped_figures

CHANCES = {"adding": 0.1536, "recall": 0.25}  # the tests, and what somebody reaches who has not read the sequence
LENGTHS = (10, 30, 100)


def recalled(page: Page) -> None:
    """A picture, a sentence and a table for each test; then what they do not show."""
    figures = shipped_figures("recall")
    budget = figures.budget
    page.text("recalled.about", seeds=f"{len(budget.seeds)}", updates=f"{budget.updates}", batch=f"{budget.batch}")
    words = page.labels("recalled.cell") | page.labels("recalled.picture")
    with page.part("figures-recalled"):
        for test, chance in CHANCES.items():
            with page.part(f"figure-recalled-{test}"):
                page.text(f"recalled.test.{test}")
                alt = page.label("recalled.picture.alt", test=page.label(f"recalled.name.{test}"))
                picture(strips(shares_of(figures, test), KINDS, chance, words | {"alt": alt}), f"recalled-{test}")
                page.text("recalled.verdict", n=f"{LENGTHS[-1]}", share=percent(SOLVED), **verdict(page, figures, test))
                table(page, figures, test)
    page.text("recalled.limits")


def shares_of(figures: Figures, test: str) -> Shares:
    """The share of right answers of every start, by cell and length."""
    return {
        kind: {n: [trial.accuracy for trial in figures.of(f"{test}-{n}", kind)] for n in LENGTHS}
        for kind in (*KINDS, *LATER)
    }


def verdict(page: Page, figures: Figures, test: str) -> dict[str, str]:
    """The names of the cells that pass the longest test from all starts, from some and from none."""
    found: dict[str, list[str]] = {"all": [], "some": [], "none": []}
    for kind, by_length in shares_of(figures, test).items():
        passed = [share >= SOLVED for share in by_length[LENGTHS[-1]]]
        found["all" if all(passed) else "some" if any(passed) else "none"].append(page.label(f"recalled.cell.{kind}"))
    return {name: ", ".join(kinds) or page.label("recalled.nobody") for name, kinds in found.items()}


def table(page: Page, figures: Figures, test: str) -> None:
    """Each cell in numbers: its parameters, and what its starts reached at each length."""
    names = [page.label(f"recalled.column.{name}") for name in ("cell", "parameters")]
    lengths = [page.label("recalled.picture.length", n=f"{n}") for n in LENGTHS]
    rows = []
    for kind, by_length in shares_of(figures, test).items():
        parameters = figures.of(f"{test}-{LENGTHS[0]}", kind)[0].parameters
        rows.append([page.label(f"recalled.cell.{kind}"), number(parameters, 0), *map(ends, by_length.values())])
    views.table([*names, *lengths], rows)


def ends(shares: Sequence[float]) -> str:
    """The median of some shares, and the least and the largest where they differ: 99 (97.5–100)."""
    least, middle, most = percent(min(shares)), percent(median(shares)), percent(max(shares))
    return middle if least == most else f"{middle} ({least}–{most})"
