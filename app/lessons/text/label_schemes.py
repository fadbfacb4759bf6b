"""What the label of a review says: pleased, not pleased, or neither; by words, or by a number on a scale."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from app.lessons.text.letters import lower
from app.lessons.text.remembered import remembered

FASTTEXT = "__label__"
SCALES = {
    "0-1": (0, 1), "1-2": (1, 2), "-1-1": (-1, 1), "0-2": (0, 2), "1-3": (1, 3), "0-4": (0, 4), "1-5": (1, 5),
    "1-10": (1, 10), "0-10": (0, 10),
}  # fmt: skip
"""The lowest and the highest number: below the middle a review is negative, in the middle it is left out."""
ENOUGH = 0.95  # of the numbers must be on a scale: one wrong cell does not make it another
SPELLINGS = {
    1: "+ p pos positive good great yes y true t like liked fresh happy 👍 😊 🙂 khen tốt tot hay đúng thích"
    " tích_cực tich_cuc hài_lòng",
    -1: "- n neg negative bad poor no false f dislike disliked rotten unhappy sad 👎 😞 🙁 chê che xấu xau tệ dở sai"
    " ghét tiêu_cực tieu_cuc không_hài_lòng",
    0: "neu neutral mixed trung_tính trung_tinh trung_lập bình_thường binh_thuong",
}
SIDES = {word.replace("_", " "): side for side, words in SPELLINGS.items() for word in words.split()}
"""Words of both languages, and what they say: 1 pleased, −1 not, 0 neither."""
LONGEST = 60  # characters of a label that are looked at
UNITS = ("stars", "star", "sao")


@remembered(4096)
def normal(label: str) -> str:
    """A label as it is compared: composed, in lower case, without quotes, prefix and unit."""
    plain = lower(unicodedata.normalize("NFKC", label[:LONGEST])).replace("−", "-").strip().strip("\"'").strip()
    plain = plain.removeprefix(FASTTEXT).replace("_", " ").strip()
    return next((plain.removesuffix(unit).strip() for unit in UNITS if plain.endswith(unit)), plain)


@remembered(4096)
def number_of(label: str) -> float | None:
    """The number that a label is: “4.0”, “4,5”, “★★★★”, “4/5”."""
    plain = normal(label)
    if plain and not plain.strip("★☆⭐"):
        return float(len(plain) - plain.count("☆"))
    if len(plain) > 8 or not plain.isascii():
        return None
    try:
        value = float(plain.removesuffix("/5").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def scale_of(labels: Iterable[str]) -> str | None:
    """The smallest scale on which nearly all numbers among some labels are; None if there is none."""
    numbers = [value for value in map(number_of, labels) if value is not None]
    if not numbers:
        return None
    for name, (low, high) in SCALES.items():
        if sum(low <= value <= high for value in numbers) >= ENOUGH * len(numbers):
            return name
    return None


def side_of(label: str, scale: str | None) -> int | None:
    """What a label says: 1 pleased, −1 not, 0 neither, None if that is not known."""
    if (side := SIDES.get(normal(label))) is not None:
        return side
    value = number_of(label)
    if value is None or scale is None:
        return None
    low, high = SCALES[scale]
    return None if not low <= value <= high else (value > (low + high) / 2) - (value < (low + high) / 2)
