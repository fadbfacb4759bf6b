"""Two sequences that end alike and are answered differently: what a network remembers, day by day."""

from collections.abc import Mapping

from app.components import component
from app.components.companies.data import Company, Data

NEAR = ("zero", "half", "one")


def companies(read: list[Company], words: Mapping[str, str], href: str) -> None:
    """Draw the companies; the answer to the last is hidden until the reader has guessed. `href` leads on."""
    named = ("question", "reads", "remembers", "answers", "day", "same", "guess", "right", "wrong", "then", "more")
    data: Data = {
        "companies": read,
        "href": href,
        "words": {**{name: words[name] for name in (*named, "again", "hidden")}, "near": [words[n] for n in NEAR]},  # type: ignore[typeddict-item]
    }
    component("companies")(key="companies", data=data)
