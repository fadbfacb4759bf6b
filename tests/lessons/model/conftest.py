"""Nothing is told while a test waits: reading and running end before the page is drawn."""

import pytest

from app.lessons.model import view
from app.lessons.model.overview import view as overview


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes longer than a reader is left without a word."""
    monkeypatch.setattr(view, "SOON", 60)
    monkeypatch.setattr(overview, "SOON", 60)
