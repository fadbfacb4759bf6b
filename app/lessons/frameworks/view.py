"""What the lesson `frameworks` asks and shows: a cell as a program, the arguments of Keras's LSTM, the proof."""

import streamlit as st

from app.components.picture import picture
from app.controls.kinds import GATED_FIRST
from app.controls.settings import Setting, choice
from app.formatting import number, scientific
from app.lessons.frameworks.batches import LENGTHS, LOOPS, training
from app.lessons.frameworks.keras_arguments import ARGUMENTS, FIGURES, Layer
from app.lessons.frameworks.pictures import Strip, grids
from app.lessons.frameworks.programs import FRAMEWORKS, STEPS, Example, example
from app.page.page import Page
from app.page.settings import sliders_last
from app.page.story import story
from app.page.views import table

SIZES = (Setting("units", 1, 8, 3), Setting("inputs", 1, 3, 2), Setting("seed", 0, 20, 0))
QUESTION = "more"
GOAL = 96  # numbers in a Keras layer: each kind of cell has one size of exactly so many


def board(page: Page) -> Example:
    """The cell a reader chose, what it reads and answers, and the program that does it."""
    with page.part("choices"):
        kind = page.choose("cell", GATED_FIRST)

    @st.fragment(key="example")
    @sliders_last()
    def draw() -> Example:
        with page.part("sizes"):
            sizes = [page.slider(setting, page.label(f"size.{setting.name}")) for setting in SIZES]
        shown = example(kind, *sizes)
        show(page, shown)
        return shown

    return draw()


def tell_story(page: Page) -> None:
    story(page, QUESTION, (choice("code", FRAMEWORKS),))


def show(page: Page, shown: Example) -> None:
    """What the cell reads and answers, then the program that does it."""
    states = [Strip(name, name, shown.trace[name]) for name in shown.cell.graph.before]
    parts = [Strip("x", "x", shown.x), *states]
    with page.part("beside-run"):
        with page.part("numbers"):
            picture(grids(parts, range(1, STEPS + 1), page.labels("strip"), page.label("strip.run")), key="run")
        with page.part("program"):
            name = page.choose("code", FRAMEWORKS)
            code = shown.program(name)
            with st.container(height=440, border=False):  # its copy button makes it reachable by keyboard
                st.code(code, language="python", wrap_lines=True)
            file = f"{shown.kind}_{name}.py"
            st.download_button(page.label("code.download"), code, file, "text/x-python", on_click="ignore")


def batches(page: Page, shown: Example) -> None:
    """A batch of sequences of several lengths, and the training loop that learns from it."""
    task = training(shown.units, shown.inputs, shown.seed)
    names = {f"sequence_{n}": page.label("batch.sequence", n=f"{n}", steps=f"{k}") for n, k in enumerate(LENGTHS, 1)}
    steps = max(LENGTHS)
    parts = [
        Strip(name, "x", task.padded[:, n], [step < LENGTHS[n] for step in range(steps)])
        for n, name in enumerate(names)
    ]
    with page.part("beside-batch"):
        with page.part("numbers-batch"):
            picture(grids(parts, range(1, steps + 1), names, page.label("batch.run")), key="batch")
            head = [page.label("batch.update"), page.label("batch.masked"), page.label("batch.unmasked")]
            losses = zip(task.losses(), task.losses(masked=False), strict=True)
            table(head, [[f"{n}", *(number(loss, 5) for loss in pair)] for n, pair in enumerate(losses, 1)])
        with page.part("program-batch"):
            name = page.choose("loop", list(LOOPS))
            with st.container(height=560, border=False):
                st.code(LOOPS[name](task), language="python", wrap_lines=True)
            label, file = page.label("batch.download"), f"training_{name}.py"
            st.download_button(label, LOOPS[name](task), file, "text/x-python", on_click="ignore", key="training")


def prove(page: Page, shown: Example) -> None:
    """PyTorch run on the spot, when asked: how far its numbers are from ours."""
    if not st.button(page.label("prove.button", name=f"torch.nn.{shown.name}"), key="prove"):
        return
    from app.lessons.frameworks.torch_check import differences

    found = {name: scientific(value) for name, value in differences(shown).items()}
    lines = [f"- {page.label(f'prove.{name}')}: **{value}**" for name, value in found.items()]
    st.markdown("\n".join([page.label("prove.found"), "", *lines]))


def challenge(page: Page, shown: Example) -> None:
    """A size at which Keras keeps exactly so many numbers."""
    if not page.guessed(QUESTION):
        page.challenge("covered")
        return
    count = shown.counts()["keras"]
    state = "solved" if count == GOAL else "more" if count < GOAL else "less"
    page.challenge(state, count=f"{count}", goal=f"{GOAL}", units=f"{shown.units}", inputs=f"{shown.inputs}")


def arguments(page: Page, shown: Example) -> None:
    """Every argument in a table, and a picture of what the chosen one changes."""
    head = [page.label("column.argument"), page.label("column.changes")]
    rows = [
        [f"`{name}`" if default is None else f"`{name}` <br>`= {default!r}`", page.label(f"changes.{name}")]
        for name, default in ARGUMENTS.items()
    ]
    table(head, rows, words=range(len(head)), html=True)
    name = page.choose("argument", list(ARGUMENTS))
    page.text(f"look.{name}")
    with page.part("works"):
        for choice in FIGURES[name](Layer(shown.units, shown.inputs, shown.seed)):
            with page.part(f"work-{name}-{choice.value}".replace(".", "-")):
                st.markdown(f"`{name}={choice.value!r}`")
                title = f"{name}={choice.value!r}"
                picture(grids(choice.parts, choice.steps, page.labels("strip"), title), key=f"{name}-{choice.value}")
                if "count" in choice.caption and not page.guessed(QUESTION):
                    page.cover(f"count-{choice.value}")
                else:
                    page.text(f"caption.{name}", **choice.caption)


def names(page: Page) -> None:
    """What the same thing is called elsewhere. How many biases there are is the question."""
    open_names = page.guessed(QUESTION)
    page.say("names", torch="`bias_ih_l0` + `bias_hh_l0`" if open_names else "?", keras="`bias`" if open_names else "?")


def counts(shown: Example) -> dict[str, str]:
    return {name: number(count, 0) for name, count in shown.counts().items()}
