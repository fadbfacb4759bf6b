"""Page `model`: a file in, what it is called, and what is said where it cannot be read."""

from __future__ import annotations

import json
import shutil
from functools import partial
from html import escape
from typing import BinaryIO

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from app.lessons.model.given import asked_for
from app.lessons.model.held import Bench, Held, Problem, copied, opened, read
from app.lessons.model.loading.view import SOON, under_way
from app.lessons.model.networks import shipped_network, write_network
from app.lessons.model.offered import FILES, FOLDER, WHAT
from app.lessons.model.reading import inputs
from app.lessons.model.refused.view import refused
from app.lessons.model.work import CancelledError, Tell, Work
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw_page
from app.page.registry import address_of
from app.page.session import MINE, session

FORMATS = (".pt .pth", ".safetensors", ".keras .h5", ".onnx", ".npz")
MOST = 200  # MB
SAVED = ("torch", "keras", "onnx", "safetensors")
CODE = {
    "torch": 'import torch\ntorch.save(model.state_dict(), "model.pt")',
    "keras": 'model.save("model.keras")',
    "onnx": 'import torch\ntorch.onnx.export(model, (x,), "model.onnx")',
    "safetensors": 'from safetensors.torch import save_file\nsave_file(model.state_dict(), "model.safetensors")',
}
"""How a model is saved, by what it was made with."""
BUTTON = '.st-key-part-drop-zone [data-testid="stFileUploaderDropzone"] button p'
"""Streamlit has words of its own for it; model.css hides them."""


def bench() -> Bench:
    """What this reader has on the page."""
    if session().model is None:
        session().model = Bench()
    found: Bench = session().model
    return found


def held(page: Page) -> Held | None:
    """The model that is open: what the reader brought, or the sample that the address names."""
    mine, name = bench(), st.query_params.get("sample")
    if mine.held is None and not mine.problem:
        found = offered(name)
        mine.held = found if isinstance(found, Held) else None
        mine.problem = found if isinstance(found, Problem) else None
    if mine.held and mine.held.file is None:
        mine.held = None
        st.warning(page.label("own.forgotten"))
    return mine.held


def offered(name: str | None) -> Held | Problem | None:
    """What an address names: a sample, a lesson's network, the reader's own, or what this server was begun for."""
    if given := asked_for(name):  # which may change while it is open
        return opened(given.name, partial(shutil.copyfile, given.model))
    if name in FILES:
        return read(FOLDER / FILES[name], FILES[name])
    mine = session().network
    if name == MINE and mine:
        return opened(mine.name, lambda path: path.write_bytes(mine.data))
    if name and (found := shipped_network(name)):
        return opened(f"{name}.safetensors", partial(write_network, *found))
    return None


# ---- nothing is open -------------------------------------------------------------------------------------------------


def welcome(page: Page) -> None:
    """A place to drop a file, what is promised, samples, and how a model is saved."""
    mine = bench()
    if mine.problem:
        refused(page, mine.problem, again, sample)
    else:
        page.say("question")
    if mine.held and mine.held.file:
        label = page.label("drop.back", name=mine.held.file.name.replace("`", "'"))
        st.button(label, key="model-back", icon=":material/arrow_back:", on_click=back)
    with page.part("own-empty"):
        with page.part("own-drop"):
            drop(page)
            page.html(promises(page))
        with page.part("own-begin"):
            samples(page)
            how_to_save(page)
    page.say("story")


def drop(page: Page) -> None:
    """The box for a file; what is in it is read at once, and then no longer kept there."""
    with page.part("drop-zone"):
        page.html(
            f"<style>{BUTTON}::after {{ content: {json.dumps(page.label('drop.choose'), ensure_ascii=False)} }}</style>"
        )
        page.html(
            f'<div class="gw-drop"><b>{page.label("drop.title")}</b><p>'
            f"{' '.join(f'<code>{escape(each)}</code>' for each in FORMATS)}</p>"
            f"<small>{page.label('drop.most', most=f'{MOST}')}</small></div>"
        )
        file = st.file_uploader(
            page.label("drop.choose"),
            key=f"model-file-{bench().files}",
            max_upload_size=MOST,
            label_visibility="collapsed",
            on_change=redraw_page,
        )
    if file is not None:
        mine = bench()
        if mine.loading:
            mine.loading.cancel()
        read_it = partial(loaded, file.name, file)
        mine.loading = Work(file.file_id, ("names", "cells", "run"), read_it, file.name, size(file.size))
        mine.files += 1
        mine.loading.ended(SOON)
        st.rerun()


def loaded(name: str, file: BinaryIO, tell: Tell) -> Held | Problem:
    """In a thread: what is in a file, with the run that is shown first."""
    tell("names", 0, 0)
    found = opened(name, partial(copied, file))
    if isinstance(found, Problem) or found.file is None:
        return found
    first = found.file.layers[0]
    try:
        tell("cells", 0, 0)
        if all(question.sure for question in first.questions):
            answers = {question.name: question.options[0] for question in first.questions}
            found.stack(0, answers)
            found.run(0, answers, inputs.made("pulse", inputs.STEPS, first.inputs, 0), first.start, tell)
    except CancelledError:
        found.forget()
        raise
    except RefusedError:
        pass  # the page says so where the layer is chosen
    return found


def loading(page: Page) -> None:
    """The file that is being read; once it has been, it is the open one, or there is a problem."""
    mine, work = bench(), bench().loading
    if work is None:
        return
    if not work.ended():
        under_way(page, work, cancel, steps=f"{inputs.STEPS}")
        return
    forget_upload(str(work.key))
    mine.loading = None
    found = work.result()
    mine.problem = found if isinstance(found, Problem) else None
    if isinstance(found, Held):
        if mine.held:
            mine.held.forget()
        mine.held, mine.choosing = found, False
        st.query_params.pop("sample", None)


def cancel() -> None:
    """In a callback: read no further."""
    mine = bench()
    if mine.loading:
        mine.loading.cancel()
        forget_upload(str(mine.loading.key))
    mine.loading = None
    redraw_page()


def forget_upload(file_id: str) -> None:
    """Have Streamlit keep a file no longer: it would until its session ends."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def promises(page: Page) -> str:
    """That nothing is executed, and nothing kept."""
    told = "".join(
        f"<li><b>{page.label(f'promise.{name}.title')}</b> {page.label(f'promise.{name}.text')}</li>"
        for name in ("executed", "kept")
    )
    return f'<ul class="gw-promises">{told}</ul>'


def samples(page: Page) -> None:
    """Models that come with the lessons."""
    page.text("samples.title")
    with page.part("own-samples"):
        for name, what in WHAT.items():
            file = FOLDER / FILES[name]
            page.html(
                f'<a class="gw-sample" href="{escape(address_of("model", sample=name))}"><b>'
                f"{page.label(f'samples.{name}')}</b><span>{what} {page.label('samples.units')}</span>"
                f"<code>{file.name} · {size(file.stat().st_size)}</code></a>"
            )


def how_to_save(page: Page) -> None:
    """The lines that save a model, by framework, to be copied."""
    with page.part("own-save"):
        made = page.choose("save", SAVED)
        st.code(CODE[made], language="python", wrap_lines=True)
        page.text("save.then")


def forget() -> None:
    """In a callback: keep nothing of the reader's models."""
    mine = bench()
    for each in (mine.held, mine.beside):
        if isinstance(each, Held):
            each.forget()
    for work in (mine.loading, mine.running):
        if work:
            work.cancel()
    session().model = Bench(files=mine.files)
    st.query_params.pop("sample", None)
    redraw_page()


def another() -> None:
    """In a callback: ask for another file; the open model stays until there is one."""
    bench().choosing = True
    redraw_page()


def again() -> None:
    """In a callback: say no more of the file that was not opened."""
    bench().problem = None
    redraw_page()


def sample() -> None:
    """In a callback: open the first sample instead of a file."""
    file = next(iter(FILES.values()))
    found = read(FOLDER / file, file)
    mine = bench()
    if mine.held:
        mine.held.forget()
    mine.problem, mine.choosing = None, False
    mine.held = found if isinstance(found, Held) else None
    redraw_page()


def back() -> None:
    """In a callback: return to the open model."""
    bench().choosing, bench().problem = False, None
    redraw_page()


# ---- a model is open -------------------------------------------------------------------------------------------------


def strip(page: Page, held: Held) -> DeltaGenerator:
    """What the file is, and two ways to be rid of it; return the place for how far its numbers are proven."""
    file = held.file
    assert file is not None
    with page.part("own-strip"):
        page.html(
            f'<h1 class="gw-file"><b>{escape(file.name)}</b> {size(file.size)} · {page.label(f"format.{file.format}")}'
            "</h1>"
        )
        proof = st.container(key="part-own-proof", gap=None)
        with page.part("own-buttons"):
            st.button(page.label("strip.another"), key="model-another", on_click=another)
            st.button(page.label("strip.forget"), key="model-forget", on_click=forget)
    if file.notes:
        st.info("\n".join(f"- {page.message_text(note)}" for note in file.notes))
    return proof


def size(count: int) -> str:
    """Bytes, as they are read."""
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, round(count / 1024))} KB"
