"""A class on two processes in which a teacher drags in a real browser: three follow in browsers, the others as streams.

What is compared are the numbers in the pictures, and when each page showed them. All share this machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import time

import numpy as np
from playwright.async_api import Page, async_playwright

from tests.support.chromium import launch_options
from tests.support.redis import RedisServer
from tests.support.rooms import Stream, Student, until
from tests.support.server import Server

BROWSERS, STREAMS, SECONDS = 3, 97, 4
WATCH = """() => {
  const numbers = () => [...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot
    ? [...one.shadowRoot.querySelectorAll(".gw-picture .layer-values .number")] : [])
    .map((number) => number.textContent).join()
  window.shown = []
  const look = () => {
    const now = numbers()
    if (now !== shown.at(-1)?.[0]) shown.push([now, Date.now()])
    requestAnimationFrame(look)
  }
  look()
  window.told = []
  const post = window.fetch
  window.fetch = (url, options) => {
    const sent = options?.body && JSON.parse(options.body)
    if (sent?.kind === "state") told.push([JSON.stringify(sent.state), Date.now()])
    return post(url, options)
  }
}"""
"""Notes when a page shows other numbers, and when it tells the class of another state."""


async def drag(page: Page) -> None:
    """Move a weight left and right, the hand on it to the end."""
    box = await page.get_by_role("slider", name="input, bias").bounding_box()
    assert box
    x, y, end = box["x"], box["y"] + box["height"] / 2, time.monotonic() + SECONDS
    await page.mouse.move(x + box["width"] / 2, y)
    await page.mouse.down()
    while time.monotonic() < end:
        share = 0.5 + 0.3 * np.sin(3 * (end - time.monotonic()))
        await page.mouse.move(x + box["width"] * float(share), y)
        await asyncio.sleep(1 / 30)


def waits(first: list[tuple[str, float]], then: list[tuple[str, float]]) -> list[float]:
    """How much later, in ms, each thing came that came in both."""
    began = dict(reversed(first))
    return [when - began[what] for what, when in dict(reversed(then)).items() if what in began]


def told(name: str, late: list[float], total: int) -> None:
    p50, p95 = np.percentile(late, [50, 95])
    print(f"… {name}: p95 {p95:.0f} ms (at most 250), median {p50:.0f}, of {len(late)} that came of {total}")


async def in_browsers(servers: list[Server]) -> None:
    """Have a class follow a drag."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options())
        pages = [await (await browser.new_context()).new_page() for _ in range(1 + BROWSERS)]
        teacher, students = pages[0], pages[1:]
        await teacher.goto(f"{servers[0].address}/fourday?teach=true&lang=en&at=3.2&show=B")
        await teacher.get_by_role("button", name="Open a class").click()
        code = (await teacher.get_by_role("dialog").locator(".gw-code").inner_text()).replace(" ", "")
        await teacher.get_by_role("button", name="Close").click()
        for place, student in enumerate(students):
            await student.goto(f"{servers[place % 2].address}/join?code={code}")
            await student.locator(".gw-picture .layer-values .number").first.wait_for()
        hosts = [server.address.removeprefix("http://") for server in servers]
        streams: list[Stream] = [Student(hosts[place % 2], code).stream() for place in range(STREAMS)]
        for stream in streams:
            await stream.open()
        await until(lambda: all(stream.chunks for stream in streams))
        await teacher.get_by_role("button", name="Weights").click()
        for page in pages:
            await page.evaluate(WATCH)
        await drag(teacher)
        await asyncio.sleep(2)
        shown = [await page.evaluate("shown") for page in pages]
        sent = await teacher.evaluate("told")
        await browser.close()
    print(f"{BROWSERS} browsers and {STREAMS} streams on two processes follow a drag of {len(sent)} states:")
    told(
        "numbers in browsers",
        [late for one in shown[1:] for late in waits(shown[0], one)],
        BROWSERS * len(dict(shown[0])),
    )
    ahead = 1e3 * (time.time() - time.monotonic())
    came = [
        [(json.dumps(data["state"], separators=(",", ":"), ensure_ascii=False), 1e3 * when + ahead)
         for when, kind, _, data in stream.timed if kind == "state"] for stream in streams
    ]  # fmt: skip
    told("states in streams", [late for one in came for late in waits(sent, one)], STREAMS * len(dict(sent)))
    same = sum(one[-1][0] == shown[0][-1][0] for one in shown[1:])
    print(f"… and {same} browsers show the teacher's numbers in the end (must be {BROWSERS})")
    for stream in streams:
        stream.close()


def main() -> None:
    """Print how a class in browsers fares."""
    with RedisServer() as redis, Server(REDIS_URL=redis.address) as one, Server(REDIS_URL=redis.address) as two:
        asyncio.run(in_browsers([one, two]))


if __name__ == "__main__":
    main()
