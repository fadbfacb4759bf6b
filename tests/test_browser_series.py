"""The lesson `series` in a real browser: a file that is wrong, one that is right, and a training on it."""

import math

import pytest
from playwright.sync_api import expect

from app.text import labels

pytestmark = pytest.mark.browser

ROWS = [f"{1990 + k // 12}-{k % 12 + 1:02d}-01,{math.sin(math.pi * k / 6):.3f}" for k in range(150)]
LONG = 90_000  # ms: a training, on a busy machine


def upload(page, rows):
    data = {"name": "own.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.locator("input[type=file]").set_input_files(data)


def test_a_file_of_ones_own_is_learned(tab):
    words = labels("en") | labels("en", "series")
    page = tab("series=own&epochs=10&units=2&learn=level&horizon=2", path="series").page
    upload(page, [*ROWS[:5], "1990-06-01,<img src=x onerror=alert(1)>"])
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Line 6")
    expect(page.get_by_test_id("stCode")).to_contain_text("<img")
    page.reload()
    page.locator(".st-key-train").wait_for()
    upload(page, ROWS)
    told = page.get_by_text(words["forecast.other"].split("“")[0])
    expect(told).to_be_visible()
    page.locator(".st-key-train button").click()
    expect(page.locator(".st-key-cancel")).to_be_visible()
    expect(page.locator(".st-key-part-trainer")).to_contain_text("your own model", timeout=LONG)
    expect(told).to_have_count(0)
    expect(page.locator(".st-key-part-figure-forecast h3")).to_contain_text(words["series.own"])
