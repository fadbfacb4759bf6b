"""What a reader gives an open model to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.lessons.model.given import asked_for
from app.lessons.model.held import Held
from app.lessons.model.reading import inputs, runtime
from app.lessons.model.reference import is_reference, reference_of
from app.lessons.model.shown import Reading
from app.messages import RefusedError
from app.models import Around, Found, Tensor, onnx_runtime
from app.page.page import Page
from app.page.redraw import redraw

SOURCES = ("made", "typed", "csv", "npy", "tokens", "kept", "runtime", "given")
MOST = 5  # MB of a file with numbers


def choose_reading(page: Page, found: Found, held: Held) -> Reading | None:
    """What the module reads; None, after a message, where there is nothing that it can read."""
    file = held.file
    assert file is not None
    embeddings = [each for each in file.others if is_embedding(each, found)]
    kept = reference_of(file, found)
    around = found.around if onnx_runtime.installed() else None
    offered = {"tokens": bool(embeddings), "kept": kept is not None, "runtime": around is not None}
    given = asked_for(st.query_params.get("sample"))
    offered["given"] = bool(given and given.input)
    sources = [source for source in SOURCES if offered.get(source, True)]
    first = "given" if offered["given"] else "made"
    source = st.segmented_control(
        page.label("input.source"), sources, default=first, required=True, key="model-source", on_change=redraw,
        format_func=lambda name: page.label(f"source.{name}"), label_visibility="collapsed",
    )  # fmt: skip
    ways: dict[str, Callable[[], Reading | None]] = {
        "made": lambda: made(page, found.inputs),
        "typed": lambda: typed(page, found.inputs),
        "csv": lambda: from_table(page, found.inputs),
        "npy": lambda: from_array(page, found, inputs.arrays(brought(page, "npy", ["npy", "npz"]))),
        "tokens": lambda: tokens(page, embeddings),
        "kept": lambda: named(kept[0]) if kept else None,
        "given": lambda: from_array(page, found, inputs.of_file(given.input)) if given and given.input else None,
        "runtime": lambda: from_runtime(page, found, around, held) if around else None,
    }
    try:
        reading = ways[source]()
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
        return None
    return replace(reading, source=reading.source or called(page, source)) if reading else None


def called(page: Page, source: str) -> str:
    """What an input is called: the name of its file, or where it comes from."""
    file = st.session_state.get(f"model-{source}")
    return file.name if isinstance(file, UploadedFile) else page.label(f"source.{source}")


def is_embedding(tensor: Tensor, found: Found) -> bool:
    """Whether each row of a tensor may be what a token is read as."""
    return len(tensor.shape) == 2 and tensor.shape[1] == found.inputs and not is_reference(tensor.name)


def named(x: np.ndarray) -> Reading:
    """A sequence whose columns have no names."""
    return Reading(x, [f"x{k + 1}" for k in range(x.shape[1])])


def made(page: Page, width: int) -> Reading:
    """A pulse until the reader chooses: something is to be seen before any choice."""
    way = st.segmented_control(
        page.label("input.way"), inputs.WAYS, default="pulse", required=True, key="model-way", on_change=redraw,
        format_func=lambda name: page.label(f"way.{name}"), label_visibility="collapsed",
    )  # fmt: skip
    steps = st.number_input(
        page.label("input.steps"), 2, inputs.MOST, inputs.STEPS, key="model-steps", on_change=redraw
    )
    seed = 0
    if way == "noise":
        seed = st.number_input(page.label("input.seed"), 0, 9999, 1, key="model-seed", on_change=redraw)
    page.text(f"way.{way}_is")
    return replace(named(inputs.made(way, steps, width, seed)), source=page.label(f"way.{way}"))


def typed(page: Page, width: int) -> Reading:
    text = st.text_area(
        page.label("input.typed", inputs=f"{width}"), "0 0 1 1 0 0 0 0" if width == 1 else "", key="model-typed",
        max_chars=50_000, on_change=redraw,
    )  # fmt: skip
    return named(inputs.typed(text, width))


def brought(page: Page, kind: str, types: list[str]) -> bytes:
    """The bytes of a file of numbers."""
    label = page.label(f"input.{kind}")
    file = st.file_uploader(label, types, key=f"model-{kind}", max_upload_size=MOST, on_change=redraw)
    if file is None:
        raise RefusedError("input.none")
    if file.size > MOST * 2**20:
        raise RefusedError("input.large", most=MOST)
    return file.getvalue()


def from_table(page: Page, width: int) -> Reading:
    """A column of a CSV file for each input, scaled or as they are."""
    columns = inputs.table(brought(page, "csv", ["csv", "tsv", "txt"]))
    names = list(columns)
    chosen = st.multiselect(
        page.label("input.columns", inputs=f"{width}"), names, names[:width], key="model-columns",
        max_selections=width, on_change=redraw,
    )  # fmt: skip
    if len(chosen) != width:
        raise RefusedError("input.choose", count=len(chosen), inputs=width)
    x = np.column_stack([columns[name] for name in chosen])
    return Reading(scaled(page, inputs.checked(x, width)), chosen)


def from_array(page: Page, found: Found, arrays: Mapping[str, np.ndarray]) -> Reading:
    """One of a file's arrays; of a batch one sequence."""
    name = next(iter(arrays))
    if len(arrays) > 1:
        name = st.selectbox(page.label("input.array"), list(arrays), key="model-array", on_change=redraw)
    array, item, batch_first = arrays[name], 0, False
    if array.ndim == 3:
        guess = "batch" if found.options.get("batch_first") in ("yes", "True", "true") else "time"
        first = st.segmented_control(
            page.label("input.first"), ("time", "batch"), default=guess, required=True, key="model-first",
            on_change=redraw, format_func=lambda axis: page.label(f"first.{axis}"),
        )  # fmt: skip
        batch_first = first == "batch"
        count = array.shape[0 if batch_first else 1]
        if count > 1:
            item = st.number_input(page.label("input.item"), 1, count, 1, key="model-item", on_change=redraw) - 1
    x = inputs.checked(inputs.sequence(array, item, batch_first), found.inputs)
    return named(scaled(page, x))


def tokens(page: Page, embeddings: list[Tensor]) -> Reading:
    """Numbers of words or letters, looked up in an embedding of the file."""
    by_name = {each.name: each for each in embeddings}
    name = next(iter(by_name))
    if len(by_name) > 1:
        name = st.selectbox(page.label("input.embedding"), list(by_name), key="model-embedding", on_change=redraw)
    rows = by_name[name].shape[0]
    text = st.text_area(
        page.label("input.ids", name=name.replace("`", "'"), most=f"{rows - 1}"), "1 2 3 4 5 6 7 8", key="model-ids",
        max_chars=20_000, on_change=redraw,
    )  # fmt: skip
    return named(inputs.ids(text, by_name[name].read()))


def from_runtime(page: Page, found: Found, around: Around, held: Held) -> Reading:
    """What the layer reads in its own model, of which the reader gives the inputs; noise until then."""
    sizes = {name: " × ".join(map(str, shape)) for name, (shape, _) in around.inputs.items()}
    wanted = ", ".join(f"{name} ({sizes[name]}, {dtype})" for name, (_, dtype) in around.inputs.items())
    page.text("input.model", inputs=wanted.replace("`", "'"))
    file = st.file_uploader(
        page.label("input.arrays"), ["npy", "npz"], key="model-runtime", max_upload_size=MOST, on_change=redraw
    )
    feeds = runtime.given(around, inputs.arrays(file.getvalue())) if file else runtime.made_up(around)
    key = "runtime", around.output, *((name, array.shape, array.tobytes()) for name, array in feeds.items())
    with st.spinner(page.label("proof.asking", program="ONNX Runtime"), show_time=True):
        x = held.answer(key, lambda: runtime.layer_input(around, feeds))
    item = 0
    if x.shape[1] > 1:
        item = st.number_input(page.label("input.item"), 1, x.shape[1], 1, key="model-item", on_change=redraw) - 1
    return named(inputs.checked(x[:, item], found.inputs))


def scaled(page: Page, x: np.ndarray) -> np.ndarray:
    """As the reader wants it: each column with mean 0 and spread 1, or as it is."""
    if st.toggle(page.label("input.scaled"), key="model-scaled", on_change=redraw):
        return inputs.scaled(x)
    return x
