"""A reader's own model, from the drop of its file to its overview and to one unit, in the real browser."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser
from safetensors.numpy import save_file

from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.stage_page import wait_until_idle

SIZES = {(3, 256): 3.0, (1, 1024): 12.0}
"""Layers and units, over 200 steps, and the seconds from the drop to the overview at most."""
CHOICES, CHOICE = 7, 150  # units that are chosen, and the milliseconds that one may take
WATCH = """
() => {
  const hosts = document.querySelectorAll(".st-key-part-own-why *");
  const picture = [...hosts].map((host) => host.shadowRoot ?? host).find((root) => root.querySelector(".gw-still h4"));
  const title = () => picture.querySelector(".gw-still").textContent;
  const before = title();
  window.sum = new Promise((done) => {
    const chosen = () => {
      const begin = performance.now();
      const look = () => (title() === before ? requestAnimationFrame(look) : done(performance.now() - begin));
      look();
    };
    addEventListener("pointerdown", chosen, { once: true, capture: true });
  });
}
"""


def lstm(layers: int, units: int) -> dict[str, np.ndarray]:
    """An LSTM's weights as torch names them, of 8 inputs."""
    rng, weights, scale = np.random.default_rng(0), {}, 1 / units**0.5
    for layer in range(layers):
        for name, width in (("ih", units if layer else 8), ("hh", units)):
            drawn = rng.uniform(-scale, scale, (4 * units, width))
            weights[f"lstm.weight_{name}_l{layer}"] = drawn.astype(np.float32)
            weights[f"lstm.bias_{name}_l{layer}"] = np.zeros(4 * units, np.float32)
    return weights


def seen(browser: Browser, address: str, file: Path) -> tuple[float, list[float]]:
    """Return the seconds from the drop to the overview, and the milliseconds from a chosen unit to its sum."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}/model")
    box = page.locator(".st-key-part-drop-zone input[type=file]")
    box.wait_for(state="attached")
    wait_until_idle(page)
    begin = time.perf_counter()
    box.set_input_files(file)
    page.locator(".gw-map-sheet canvas").wait_for()
    seconds = time.perf_counter() - begin
    page.locator(".st-key-part-own-why h4").wait_for()
    chosen = []
    for k in range(CHOICES):
        wait_until_idle(page)
        page.evaluate(WATCH)
        place = page.locator(".gw-map-sheet").bounding_box()
        assert place
        page.mouse.click(place["x"] + place["width"] * (k + 1.5) / (CHOICES + 2), place["y"] + 6 + 20 * k)
        chosen.append(float(page.evaluate("() => window.sum")))
    page.context.close()
    return seconds, chosen


def main() -> None:
    """Print both beside their limits, for each size."""
    with Server() as server, chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for (layers, units), most in SIZES.items():
            file = Path(folder) / f"{layers}x{units}.safetensors"
            save_file(lstm(layers, units), file)
            seconds, chosen = seen(browser, server.address, file)
            print(f"model of {layers} × {units} units: overview {seconds:.2f} s after the drop (at most {most:g})")
            print(
                f"model of {layers} × {units} units: a unit's sum after {statistics.median(chosen):.0f} ms ({CHOICE})"
            )


if __name__ == "__main__":
    main()
