"""What the lesson `gru` shows below its stage: when the reset gate matters, and what the GRU saves."""

from app.formatting import number, percent
from app.lessons.gru.model import EVENT, INPUTS, PASTS, after_the_event, sizes
from app.page.page import Page
from app.page.views import table


def below(page: Page) -> None:
    """Both, in a part each."""
    with page.part("card-resetting"):
        resetting(page)
    with page.part("card-saved"):
        saved(page)


def resetting(page: Page) -> None:
    """The hidden state after two different pasts and one event, with the reset gate and without."""
    page.say("resetting", event=f"{EVENT:g}")
    ends = {past: after_the_event(past) for past in PASTS}
    rows = [[" · ".join(f"{day:g}" for day in (*past, EVENT)), *map(number, pair)] for past, pair in ends.items()]
    one, other = ends.values()
    apart = [f"**{number(abs(a - b))}**" for a, b in zip(one, other, strict=True)]
    head = [page.label(f"resetting.{name}") for name in ("days", "gate", "held")]
    table(head, [*rows, [page.label("resetting.apart"), *apart]])
    page.say("why")


def saved(page: Page) -> None:
    """How many parameters the GRU has, beside the LSTM."""
    page.say("saved", inputs=f"{INPUTS}")
    rows = [
        [f"{units}", number(lstm, 0), number(gru, 0), percent((lstm - gru) / lstm) + " %"]
        for units, (lstm, gru) in sizes().items()
    ]
    table([page.label(f"saved.{name}") for name in ("units", "lstm", "gru", "less")], rows, words=())
