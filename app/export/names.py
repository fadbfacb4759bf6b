"""What the numbers of a run are called in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.i18n import Timestep, labels, stage_words
from app.stage.layout import layout_of, worded
from cells import Cell

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Names:
    """The words of one language for the values of one cell; `title` says what was run, and may be a reader's own."""

    title: str
    words: Mapping[str, str]  # the stage's
    own: Mapping[str, str]  # those of files
    digits: int = 3  # decimals, where they are for reading

    def word(self, key: str) -> str:
        return self.own[key]

    def letter(self, name: str, unit: int, units: int) -> str:
        """A value as the stage writes it, with its unit's number where there are several: f, f₂."""
        return name + (f"{unit + 1}".translate(SUBSCRIPTS) if units > 1 else "")

    def value(self, name: str) -> str:
        """What a value is called; a pre-activation after its gate."""
        if name.startswith("a_"):
            return f"{self.words['sum']}: {self.value(name[2:])}"
        return self.words.get(f"value.{name}.name", name)

    def step(self, n: int) -> str:
        return self.words["step.head"].format(n=n)

    def unit(self, n: int) -> str:
        return self.own["unit"].format(n=n)


def names_of(cell: Cell, title: str, language: str, timestep: Timestep = "day", digits: int = 3) -> Names:
    return Names(title, worded(layout_of(cell), stage_words(language, timestep)), labels(language, "export"), digits)
