"""No file of any content takes over two seconds or 200 MB, and none raises anything but the documented error."""

import json
import subprocess
import sys

from tests.lessons.series.table.hostile import SECONDS
from tests.support.server import ROOT

MEGABYTES = 200


def test_a_hostile_file_is_refused_or_read_in_its_time():
    run = subprocess.run(
        [sys.executable, "-m", "tests.lessons.series.table.hostile"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    assert len(found) >= 25
    assert {name: took for name, took in found.items() if took[0] > SECONDS or took[1] > MEGABYTES} == {}
    assert all("values" in told or told.startswith("upload.problem.") for _, _, told in found.values())
