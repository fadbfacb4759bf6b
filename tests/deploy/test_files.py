"""What a deployment reads is understood by those that read it, and agrees with the app."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from starlette.exceptions import HTTPException
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from app.server.middleware import STATIC
from app.server.operations import READY
from tests.support.server import ROOT

KUBERNETES = sorted((ROOT / "deploy/kubernetes").glob("*.yaml"))
BIN = Path(sys.executable).parent
CLOSED = ("/metrics", "/_stcore/metrics", "/_gatewalk/ready")


def documents() -> list[dict]:
    return [each for file in KUBERNETES for each in yaml.safe_load_all(file.read_text(encoding="utf-8"))]


def ran(*command: object) -> str:
    run = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_compose_understands_its_file():
    ran(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", ROOT / "compose.yaml")
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    apps = services["caddy"]["environment"]["GATEWALK_APPS"].split()
    assert len(apps) == services["app"]["deploy"]["replicas"]
    assert [name for name in services if "ports" in services[name]] == ["caddy"]


def test_kubernetes_understands_its_files():
    ran(BIN / "kubernetes-validate", "--strict", *KUBERNETES)
    kinds = [each["kind"] for each in documents()]
    assert {"Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"} <= set(kinds)
    names = {(each["kind"], each["metadata"]["name"]) for each in documents()}
    scaled = next(each for each in documents() if each["kind"] == "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (scaled["kind"], scaled["name"]) in names
    (ingress,) = (each for each in documents() if each["kind"] == "Ingress")
    to = {
        path["path"]: path["backend"]["service"]["name"]
        for rule in ingress["spec"]["rules"]
        for path in rule["http"]["paths"]
    }
    assert to == {"/": "gatewalk"} | dict.fromkeys(CLOSED, "gatewalk-closed")
    assert {("Service", name) for name in to.values()} <= names


def test_a_pod_has_time_to_drain():
    pod = next(each for each in documents() if each["metadata"]["name"] == "gatewalk")["spec"]["template"]["spec"]
    (app,) = pod["containers"]
    drain = float(next(each["value"] for each in app["env"] if each["name"] == "GATEWALK_DRAIN"))
    probe = app["readinessProbe"]
    assert {app[name]["httpGet"]["path"] for name in ("startupProbe", "readinessProbe")} == {READY[1]}
    assert drain > 2 * probe["periodSeconds"] * probe["failureThreshold"]
    assert pod["terminationGracePeriodSeconds"] > drain + 10


def test_a_pod_without_the_app_is_not_ready():
    """Streamlit by itself has no page at the path that Kubernetes asks, as it has at any other."""
    plain = create_streamlit_static_handler(str(STATIC), None)

    def asked(path: str) -> int:
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        with ThreadPoolExecutor() as pool:  # a browser test of the same process has left a loop in this thread
            return pool.submit(asyncio.run, plain.get_response(path[1:], scope)).result().status_code

    assert asked(READY[0]) == 200
    with pytest.raises(HTTPException, match="404"):
        asked(READY[1])


def test_what_is_set_is_read():
    files = [ROOT / "compose.yaml", ROOT / "deploy/Caddyfile", ROOT / "deploy/serve.py", *KUBERNETES]
    said = {name for file in files for name in re.findall(r"GATEWALK_\w+|REDIS_URL", file.read_text(encoding="utf-8"))}
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "app").rglob("*.py"))
    code += (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    assert {name for name in said if name not in code} == set()


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
def test_caddy_understands_its_file():
    file = ROOT / "deploy/Caddyfile"
    ran("caddy", "validate", "--config", file, "--adapter", "caddyfile")
    (server,) = json.loads(ran("caddy", "adapt", "--config", file))["apps"]["http"]["servers"].values()
    assert server["read_header_timeout"] == 10e9
    (site,) = server["routes"]
    handlers = [(route.get("match"), *route["handle"]) for route in site["handle"][0]["routes"]]
    (_, encode), (closed, refusal), (_, proxy) = handlers
    assert not any("event-stream" in kind or kind == "text/*" for kind in encode["match"]["headers"]["Content-Type"])
    assert set(closed[0]["path"]) >= set(CLOSED)
    assert refusal["status_code"] == 404
    assert proxy["load_balancing"]["selection_policy"]["policy"] == "cookie"
    assert proxy["health_checks"]["active"]["uri"] == "/_gatewalk/ready"
