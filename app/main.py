"""Entry: the server. Start it with `streamlit run app/main.py` or `uvicorn app.main:app`."""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # `streamlit run` puts only app/ on the path
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # our matrices are small, and readers many; NumPy looks as it is loaded

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402

from app import page  # noqa: E402, F401  (loaded once, before the first reader)
from app.charts import axes  # noqa: E402, F401  (with it plotly)
from app.room.routes import Rooms  # noqa: E402
from app.server.commits import route as commits  # noqa: E402
from app.server.frames import RefusedFrames  # noqa: E402
from app.server.limits import PacedSockets, PromptBodies, allow_many_files, keep_few_uploads, log_little  # noqa: E402
from app.server.logs import AS_JSON, log_as_json  # noqa: E402
from app.server.messages import drop_malformed  # noqa: E402
from app.server.middleware import Files, PageHeaders  # noqa: E402
from app.server.operations import end_softly, figures, ready  # noqa: E402
from app.server.outside import ask_nobody  # noqa: E402
from app.server.preload import Preloads  # noqa: E402
from app.server.short_links import ShortLinks  # noqa: E402
from app.server.taking import route as taking  # noqa: E402
from app.server.themes import keep_themes  # noqa: E402
from app.training.jobs import jobs  # noqa: E402


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """The life of the server: trainings end with it."""
    end_softly()
    async with rooms.running():
        yield
    jobs().close()


if AS_JSON:
    log_as_json()
allow_many_files()
ask_nobody()
drop_malformed()
keep_few_uploads()
log_little()
keep_themes()
rooms = Rooms()
app = st.App(
    HERE / "frame" / "frame.py",
    lifespan=lifespan,
    routes=[commits, taking, figures, *ready(rooms.ready), *rooms.routes()],
    middleware=[
        Middleware(each)
        for each in (PromptBodies, PacedSockets, PageHeaders, RefusedFrames, ShortLinks, Preloads, Files)
    ],
)

# What is loaded now lives as long as the process: the collector need not walk it again, nor the rest too often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
