"""The worksheets that a teacher can ask for: cells, numbers, how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from app.controls.address import Controls, listed
from app.controls.examples import COMPANIES, TARGETS
from app.controls.settings import Setting, Typed, choice, switch
from app.export.worksheet.cells import CELLS, OWN, SEED, address_of
from app.export.worksheet.document import Sheet
from app.export.worksheet.exercise import DECIMALS, MOST_STEPS, Exercise, cell_of, drawn, short, shortened
from app.messages import Message

CELL = choice("cell", CELLS.keys())
NUMBERS = choice("numbers", (SEED, *COMPANIES, OWN))
STEPS = choice("steps", {f"{n}": n for n in range(1, MOST_STEPS + 1)}, MOST_STEPS)
PLACES = choice("decimals", {f"{n}": n for n in DECIMALS}, 2)
GIVEN = choice("given", ("some", "few", "many"))
PAPER = choice("paper", ("a4", "letter"))
FROM = Setting("seed", 1, 9999, 1)
HOW_MANY = Setting("sheets", 1, 40, 1)
NO_KEYS = switch("nokeys")
HEADING = Typed("heading")
MOST_HEADING = 60  # letters


@dataclass(frozen=True)
class Wish:
    """What the page's address asks for."""

    cell: str
    numbers: str
    steps: int
    decimals: int
    given: Any
    seed: int
    sheets: int
    controls: Controls

    def exercise(self, number: int) -> Exercise:
        """The exercise of a sheet, from 0; sheets differ where their numbers are drawn."""
        unit = CELLS[self.cell]
        style: dict[str, Any] = {"decimals": self.decimals, "given": self.given}
        if self.numbers == SEED:
            found = drawn(unit, self.cell, self.seed + number)
            return Exercise(found.cell, found.x[: self.steps], seed=found.seed, **style)
        cell = cell_of(unit, self.controls.weights)
        days = self.controls.days["x"] if self.numbers == OWN else COMPANIES[self.numbers]
        whole = len(days) <= self.steps
        if self.numbers == OWN:
            return Exercise(cell, short(days[: self.steps]), left_out=len(days) > MOST_STEPS, **style)
        target = short([TARGETS[self.numbers]])[0] if whole and self.cell == "lstm" else None
        return Exercise(cell, short(days[: self.steps]), company=self.numbers, target=target, **style)

    def query(self, number: int, course: Mapping[str, str]) -> dict[str, str]:
        """What an address says of one sheet: the same numbers, whatever the sheets around it."""
        said = ((CELL, self.cell), (NUMBERS, self.numbers), (STEPS, self.steps), (PLACES, self.decimals),
                (GIVEN, self.given))  # fmt: skip
        texts = {setting.name: setting.text(value) for setting, value in said if value != setting.default}
        if self.numbers == SEED:
            return {**course, **texts, FROM.name: f"{self.seed + number}"}
        weights = {name: shortened(value) for name, value in self.controls.weights.items()}
        own = address_of(self.cell).write(replace(self.controls, weights=weights))
        if self.numbers != OWN:
            own.pop("x", None)
        return {**course, **texts, **own}

    def made(self, url: str, course: Mapping[str, str]) -> list[Sheet]:
        """The sheets; copies of one another are made by whoever prints."""
        count = self.sheets if self.numbers == SEED else 1
        return [Sheet(self.exercise(k), f"{url}?{urlencode(self.query(k, course), safe=',')}") for k in range(count)]


def typed(cell: str) -> dict[str, Typed]:
    """The settings of numbers that a reader types: each gate's weights, and the days under x."""
    own = address_of(cell)
    weights = {key: listed(own.defaults.weights[name] for name in names) for key, names in own.groups.items()}
    return {key: Typed(key, text) for key, text in {**weights, "x": listed(own.defaults.days["x"])}.items()}


def wished(values: Mapping[str, Any], query: Mapping[str, str]) -> tuple[Wish, list[Message]]:
    """What is asked for, and what is wrong with numbers that were typed."""
    controls, problems = address_of(values["cell"]).read(query)
    return Wish(**values, controls=controls), problems
