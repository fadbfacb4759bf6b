"""What the lesson `variants` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.variants.model import Pair, Variant, address_of, ends

MARGIN = 0.05  # how far beyond zero
LEADING = ("o", "shown", "squash", "c", "keep", "write", "h")  # what gives the last hidden state away


def questions(name: str, variant: Variant, controls: Controls) -> list[Question]:
    """Where the relative's last hidden state ends, beside the usual cell's."""
    default, own = ends(variant, controls)
    answer = "higher" if own > default else "lower" if own < default else "same"
    known = {name for trace in Pair(variant, True).traces(controls).values() for name in trace.names}
    leading = [name for name in LEADING if name in known]
    hidden = covers(("x", "default"), leading, [len(controls.days["x"]) - 1])
    values = {"default": default, "own": own}
    return [Question(f"end-{name}", ["higher", "lower", "same"], answer, hidden, group="end", values=values)]


def ends_below(variant: Variant) -> bool:
    """Whether the challenge asks for an end below zero: where the relative does not end by itself."""
    return ends(variant, address_of(variant).defaults)[1] > 0


def goal(variant: Variant, controls: Controls, side: str) -> Goal:
    """The relative's last hidden state on the other side of zero; `side` says it in words."""
    return Goal(
        now=ends(variant, controls)[1],
        zone=(-10.0, -MARGIN) if ends_below(variant) else (MARGIN, 10.0),
        span=(-1.0, 1.0),
        begin=[address_of(variant).defaults.weights],
        read=("x", "h"),
        single=False,
        values={"side": side},
    )
