"""The words of the app. One Markdown file per lesson and language, cut into sections; labels in TOML.

A missing section or label is a KeyError: there is no silent fallback to another language.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from app.formatting import number

CONTENT = Path(__file__).parent / "content"
LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}

Timestep = Literal["day", "step"]  # what the stage calls one input of a sequence

SECTION = re.compile(r"^<!-- section: (\w+) -->\s*$", re.MULTILINE)


@cache
def sections(language: str, lesson: str) -> dict[str, str]:
    """A lesson's sections by name."""
    source = (CONTENT / language / f"{lesson}.md").read_text(encoding="utf-8")
    _, *pieces = SECTION.split(source)
    names, bodies = pieces[::2], pieces[1::2]
    if len(set(names)) < len(names):
        raise ValueError(f"{language}/{lesson}.md names a section twice: {names}")
    return {name: body.strip() for name, body in zip(names, bodies, strict=True)}


@cache
def labels(language: str, file: str = "labels") -> dict[str, str]:
    """The short texts of one TOML file, flat: `[goal] solved = …` is read as `goal.solved`."""
    source = (CONTENT / language / f"{file}.toml").read_text(encoding="utf-8")
    return dict(flat(tomllib.loads(source)))


@cache
def words_of(language: str, lesson: str) -> dict[str, str]:
    """The short texts a lesson may use: those of all pages, and its own file's where it has one."""
    own = labels(language, lesson) if (CONTENT / language / f"{lesson}.toml").exists() else {}
    return labels(language) | own


@cache
def table_of(language: str, lesson: str, table: str) -> Mapping[str, str]:
    """One table of the short texts that a lesson may use."""
    mine = f"{table}."
    words = words_of(language, lesson)
    return {key.removeprefix(mine): text for key, text in words.items() if key.startswith(mine)}


@cache
def stage_words(language: str, timestep: Timestep = "day") -> dict[str, str]:
    """The stage's words. They speak of days, unless a timestep is a step: then `step/caption.from` replaces
    `caption.from`, and `step/gru.write/hint.update` in place of `gru.write/hint.update`."""
    words, mine = labels(language, "stage"), f"{timestep}/"
    own = {key.removeprefix(mine): text for key, text in words.items() if key.startswith(mine)}
    return words | own | {"lang": language}


def flat(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs += flat(value, f"{prefix}{key}.")
        else:
            pairs.append((prefix + key, str(value)))
    return pairs


def filled(text: str, values: Mapping[str, float | str]) -> str:
    """A text with its {placeholders} replaced: numbers to three decimals, words as they are."""
    texts = {key: value if isinstance(value, str) else number(value) for key, value in values.items()}
    return text.format_map(texts) if texts else text
