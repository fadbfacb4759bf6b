"""What operators see: logs without readers' words, figures, readiness, an end that is announced."""

import asyncio
import json
import logging
import subprocess
import sys

from app.server import operations
from app.server.logs import JsonFormatter
from app.server.operations import figures, life, ready
from app.training.jobs import Jobs
from tests.support.loops import finished
from tests.support.server import ROOT


def test_a_log_is_a_line_of_json_without_a_readers_words():
    try:
        int("a reader's words\n")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, __file__, 1, "page %s failed", ("lstm",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "a reader" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "app", "page lstm failed")
    assert told["exception"] == "ValueError"
    assert told["at"][0].endswith("test_a_log_is_a_line_of_json_without_a_readers_words")


async def there() -> bool:
    return True


async def gone() -> bool:
    return False


async def late() -> bool:
    await asyncio.sleep(60)
    return True


def test_a_process_is_ready_if_its_store_answers_and_it_does_not_end(monkeypatch):
    monkeypatch.setattr(operations, "PATIENCE", 0.1)
    for store, status in ((there, 200), (gone, 503), (late, 503)):
        assert finished(ready(store)[0].endpoint(None)).status_code == status
    monkeypatch.setattr(life, "ending", True)
    assert finished(ready(there)[0].endpoint(None)).status_code == 503


def test_figures_count_trainings(monkeypatch):
    own = Jobs()
    own.ended.update(["done", "done", "died"])
    monkeypatch.setattr(operations, "jobs", lambda: own)
    text = finished(figures.endpoint(None)).body.decode()
    assert 'gatewalk_trainings_ended_total{state="done"} 2.0' in text
    assert 'gatewalk_trainings{state="running"} 0.0' in text
    assert "gatewalk_sessions 0.0" in text
    assert "process_resident_memory_bytes" in text


ENDS = """
import asyncio, os, signal
from app.server import operations
operations.DRAIN, operations.GRACE = 0.3, 0.2
ends = []
signal.signal(signal.SIGTERM, lambda number, frame: ends.append(number))
async def server():
    operations.end_softly()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.1)
    print(operations.life.ending, len(ends))
    await asyncio.sleep(1)
asyncio.run(server())
print([each == number for each, number in zip(ends, (signal.SIGTERM, signal.SIGINT), strict=True)])
"""


def test_an_end_is_said_before_it_comes():
    """And what would go on without end is cut off, by a second signal."""
    run = subprocess.run([sys.executable, "-c", ENDS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == ["True 0", "[True, True]"], run.stderr
