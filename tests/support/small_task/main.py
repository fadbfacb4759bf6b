"""The server of `frame`, as app/main.py is the lessons'."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent.parent))

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402

from app.main import lifespan  # noqa: E402
from app.server.middleware import Files  # noqa: E402
from app.training import saved  # noqa: E402

saved.LESSONS = Path(os.environ["TINY_MODELS"])
app = st.App(HERE / "frame.py", middleware=[Middleware(Files)], lifespan=lifespan)
