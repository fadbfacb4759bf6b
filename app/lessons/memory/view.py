"""What the lesson `memory` asks and shows: the text to read, its words coloured, one training step."""

import streamlit as st

from app.components.picture import picture
from app.components.sentence import sentence
from app.components.sentence.data import Row, Scale
from app.controls.examples import FORGET_BIAS
from app.controls.settings import Setting, Typed, choice
from app.formatting import number, scientific
from app.lessons.memory.model import CLEAR, DECADES, FAINT, LONGEST, NEAR, Reading, goal, read, stretched, text_of
from app.lessons.memory.pictures import influences
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw
from app.page.settings import sliders_last, value_of
from app.page.story import story
from app.page.views import table

TEXTS = ("short", "long", "review", "own")
TEXT = choice("text", TEXTS)
GAP = Setting("gap", 0, 100, 20)  # words of filler
LETTERS = 8 * LONGEST  # of a typed text
FOLLOW = ("reading", "training")  # what follows from a text, a gap or a guess
HIDDEN = "?"  # stands for what would give the prediction away


def board(page: Page) -> None:
    """The text a reader chose or typed, how it is read, and what is asked about it."""

    @st.fragment(key="reading")
    @sliders_last()
    def draw() -> None:
        words = page.labels("reading")
        with page.part("controls"):
            name = page.choose("text", TEXTS, parts=FOLLOW)
            page.slider(GAP, words["gap"], FOLLOW, disabled=not stretches(page, name))
        if name == "own":
            st.text_area(words["typed"], max_chars=LETTERS, **page.bound(typed(page), FOLLOW))
        try:
            reading = reading_of(page, name)
        except RefusedError as refused:
            st.warning(page.message_text(refused.message))
            return
        with page.part("reading"):
            with page.part("rows"):
                show(page, reading)
                ask(page, reading)
            with page.part("influence"):
                drawing = influences(reading, page.labels("curve"), page.guessed("strongest"))
                picture(drawing, "influence")
                with page.part("goal"):
                    page.say("goal")
                    challenge(page, reading, name)
        with page.part("recipe"):
            recipe(page, reading)

    draw()


def tell_story(page: Page) -> None:
    story(page, "strongest", (TEXT, GAP), FOLLOW, lambda: {"bias": f"+{FORGET_BIAS:g}"})


def typed(page: Page) -> Typed:
    return Typed("typed", page.label("reading.example"))


def ends(page: Page, name: str) -> tuple[str, str]:
    """A text up to its cue, and the rest."""
    if name == "own":
        return parted(value_of(typed(page))[:LETTERS])
    before, _, after = page.label(f"reading.{name}.text").partition("{gap}")
    return before, after


def stretches(page: Page, name: str) -> bool:
    """Whether a text has a gap: the review has none, nor has a text without words."""
    return name != "review" and bool(ends(page, name)[0].strip())


def reading_of(page: Page, name: str, shorter: int = 0) -> Reading:
    """How a text is read, with as many words of filler as a reader chose, or some less.

    Raises
    ------
    RefusedError
        If it cannot be.
    """
    gap = value_of(GAP) - shorter if stretches(page, name) else 0
    filler = page.label("reading.filler").split()
    return read(text_of(stretched(*ends(page, name), filler, gap)))


def parted(typed: str) -> tuple[str, str]:
    """A typed text up to its cue, marked by stars or else its first word, and the rest."""
    end = typed.rfind("*") + 1 or len(typed.split(maxsplit=1)[0]) if typed.strip() else 0
    return typed[:end], typed[end:]


def covered(page: Page, reading: Reading) -> bool:
    """Whether the cue is so near that its numbers would give the prediction away."""
    return reading.text.back < NEAR and not page.guessed("strongest")


def show(page: Page, reading: Reading) -> None:
    """The text once for each cell, coloured by how much every word still moves its last state."""
    strengths, words, text = reading.strengths(), page.labels("reading"), reading.text
    first = 0 if page.guessed("strongest") else NEAR  # so many words at the end are covered
    hidden = range(max(0, len(text.words) - first), len(text.words))

    def shown(cell: str) -> list[str]:
        return [HIDDEN if at in hidden else scientific(v) for at, v in enumerate(reading.influences[cell].tolist())]

    def note(cell: str) -> str:
        verdict = HIDDEN if covered(page, reading) else reading.verdicts[cell]
        return page.label(f"reading.cue.{verdict}", word=text.words[text.cue], number=shown(cell)[text.cue])

    rows: list[Row] = [
        {
            "name": words[f"cell.{cell}"],
            "note": note(cell),
            "strengths": [0.0 if at in hidden else v for at, v in enumerate(strengths[cell].tolist())],
            "numbers": shown(cell),
        }
        for cell in reading.cue
    ]
    scale: Scale = {
        "title": words["scale"],
        "low": scientific(reading.top * 10.0**-DECADES),
        "high": HIDDEN if hidden else scientific(reading.top),
        "word": words["word"],
        "hidden": words["hidden"],
    }
    sentence(text.words, rows, scale, key="sentence", marked=text.cue, hidden=hidden, beside=True)


def recipe(page: Page, reading: Reading) -> None:
    """How the weights were drawn, and what the cue would count without the bias of the keeping gates."""
    values = {"word": reading.text.words[reading.text.cue], "bias": f"+{FORGET_BIAS:g}"}
    for name, influence in reading.plain.items():
        values[name] = HIDDEN if covered(page, reading) else scientific(influence[reading.text.cue])
    page.text("reading.recipe", **values)


def ask(page: Page, reading: Reading) -> None:
    """Which network the cue moves most over the shortest gap there is."""
    short = read(text_of(stretched(*ends(page, "short"), (), 0)))
    with page.part("predict"):
        page.say("predict")
        values = {name: scientific(value) for name, value in short.cue.items()}
        words = {"word": short.text.words[short.text.cue], "back": f"{short.text.back}"}
        page.predict("strongest", ["rnn", "lstm", "gru"], short.strongest, parts=FOLLOW,
                     text=" ".join(short.text.words), **values, **words)  # fmt: skip


def training(page: Page) -> None:
    """What one training step would change, for the gradient of the cue, in one weight of each cell.

    The verdict is that of the challenge, by what is left of the cue, not by the digits that are printed.
    """

    @st.fragment(key="training")
    def draw() -> None:
        try:
            reading = reading_of(page, value_of(TEXT))
        except RefusedError:
            return  # the board says why
        with page.part("figures-training"):
            with page.part("figure-rule"):
                page.say("training")
            with page.part("figure-step"):
                page.text("update.limits", faint=scientific(FAINT), clear=scientific(CLEAR))
                if covered(page, reading):
                    page.cover("training")
                else:
                    steps(page, reading)

    draw()


def steps(page: Page, reading: Reading) -> None:
    """The training step of each cell as a table."""
    head = [page.label(f"update.{name}") for name in ("cell", "weight", "gradient", "new", "change")]
    rows = []
    for cell, step in reading.steps.items():
        verdict = page.label(f"update.learned.{reading.verdicts[cell]}", change=scientific(step.change))
        numbers = [number(step.weight, 6), scientific(step.gradient), number(step.new, 6)]
        rows.append([page.label(f"reading.cell.{cell}"), *numbers, verdict])
    table(head, rows, words=range(len(head)))


def challenge(page: Page, reading: Reading, name: str) -> None:
    """Whether the gap is the smallest at which the RNN has forgotten the cue, and the LSTM has not."""
    stretchable = stretches(page, name) and value_of(GAP) > 0
    state = goal(reading, reading_of(page, name, 1) if stretchable else None)
    hide = covered(page, reading)
    values = {cell: HIDDEN if hide else scientific(value) for cell, value in reading.cue.items()}
    page.challenge(state, "reading.goal", gap=f"{value_of(GAP)}", **values)


def keep(page: Page) -> None:
    """Which words of a review a reader would keep."""
    words = text_of(page.label("reading.review.text")).words  # without the stars around the cue
    options = [f"{k + 1} {word}" for k, word in enumerate(words)]
    kept = st.pills(page.label("reading.keep"), options, selection_mode="multi", key="keep",
                    format_func=lambda option: option.split(" ", 1)[1], on_change=redraw)  # fmt: skip
    if kept:
        st.markdown(page.label("reading.kept", count=f"{len(kept)}", total=f"{len(words)}"))
