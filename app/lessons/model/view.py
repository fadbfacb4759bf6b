"""Page `model`: a file in, what it is called, and what is said where it cannot be read."""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.components.refusal import refusal
from app.lessons.model.held import Held, Problem, opened, read
from app.lessons.model.offered import FILES, FOLDER, WHAT
from app.page.page import Page
from app.page.redraw import redraw_page
from app.page.registry import address_of
from app.page.session import session

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
TITLE = re.compile(r"\*\*(.+?)\*\*\s*(.*)", re.DOTALL)


def held(page: Page) -> Held | None:
    """The model that is open: what the reader brought, or the sample that the address names."""
    name = st.query_params.get("sample")
    if session().model is None and name in FILES:
        session().model = read(FOLDER / FILES[name], FILES[name])
    found = session().model
    if isinstance(found, Held) and found.file is None:
        session().model = None
        st.warning(page.label("own.forgotten"))
    return session().model if isinstance(session().model, Held) else None


# ---- nothing is open -------------------------------------------------------------------------------------------------


def welcome(page: Page) -> None:
    """A place to drop a file, what is promised, samples, and how a model is saved."""
    problem = session().model
    if isinstance(problem, Problem):
        refused(page, problem)
    else:
        page.say("question")
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
            key=f"model-file-{session().files}",
            max_upload_size=MOST,
            label_visibility="collapsed",
            on_change=redraw_page,
        )
    if file is None:
        return
    session().model = brought(page, file)
    st.rerun()


def brought(page: Page, file: UploadedFile) -> Held | Problem:
    """What is in a file that a reader gave; the box that it was given in is then empty."""
    with st.spinner(page.label("drop.reading", name=file.name.replace("`", "'"))):

        def write(path: Path) -> None:
            with path.open("wb") as copy:
                shutil.copyfileobj(file, copy, 2**20)

        found = opened(file.name, write)
    forget_upload(file.file_id)
    session().files += 1
    return found


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


def refused(page: Page, problem: Problem) -> None:
    """Why a file was not opened, told once to a screen reader, and what to do."""
    title, text = parted(page.message_text(problem.message))
    with page.part("refused"):
        refusal(title, problem.name)
        st.markdown(text)
        st.caption(page.label("refused.kept"))
        st.button(page.label("refused.again"), key="model-again", type="primary", on_click=forget)


def parted(message: str) -> tuple[str, str]:
    """A refusal's first sentence, which stands between stars, and the rest, as Markdown."""
    found = TITLE.fullmatch(message)
    return (found[1].replace("`", ""), found[2]) if found else (message, "")


def forget() -> None:
    """In a callback: keep nothing of the reader's model."""
    if isinstance(session().model, Held):
        session().model.forget()
    session().model = None
    st.query_params.pop("sample", None)
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
            st.button(page.label("strip.another"), key="model-another", on_click=forget)
            st.button(page.label("strip.forget"), key="model-forget", on_click=forget)
    if file.notes:
        st.info("\n".join(f"- {page.message_text(note)}" for note in file.notes))
    return proof


def size(count: int) -> str:
    """Bytes, as they are read."""
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, round(count / 1024))} KB"
