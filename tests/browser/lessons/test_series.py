"""The lesson `series` in a real browser: a file that is wrong, one that is right, and a training on it."""

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from safetensors import safe_open

from app.i18n import labels
from tests.lessons.series.test_several import DAYS, FILE, FRAME
from tests.support.stage_page import ANSWERED, StagePage, wait_until_idle

pytestmark = pytest.mark.browser

ROWS = [f"{1990 + k // 12}-{k % 12 + 1:02d}-01,{math.sin(math.pi * k / 6):.3f}" for k in range(150)]


def upload(page, rows):
    upload_file(page, "\n".join(rows).encode())


def upload_file(page, content):
    page.locator("input[type=file]").set_input_files({"name": "own.csv", "mimeType": "text/csv", "buffer": content})


def test_a_link_reopens_the_forecast_of_its_day(tab):
    page = tab(path="series").page
    title = page.locator(".st-key-part-figure-forecast h3")
    expect(title).to_be_visible()
    usual = title.inner_text()
    page.get_by_role("slider", name=labels("en", "series")["forecast.from"]).press("ArrowRight")
    expect(title).not_to_have_text(usual)
    page.wait_for_function("() => location.search.includes('day=')")
    again = tab(page.url.split("?")[1], path="series").page
    expect(again.locator(".st-key-part-figure-forecast h3")).to_have_text(title.inner_text())
    assert "day=" in again.url


def test_what_a_link_asks_in_vain_stays_told(tab):
    page = tab("day=yesterday&run=none", path="series").page
    told = page.get_by_test_id("stAlert").filter(has_text="test part that has a forecast")
    expect(told).to_be_visible()
    expect(page.get_by_text("the largest difference is")).to_be_visible()  # torch has answered
    wait_until_idle(page)
    expect(page.get_by_text(labels("en")["opened.asking"])).to_have_count(0)
    expect(told).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="it may be one of LSTM")).to_be_visible()


def test_a_file_of_ones_own_is_learned(tab):
    words = labels("en") | labels("en", "series")
    page = tab("series=own&epochs=10&units=2&learn=level&horizon=2", path="series").page
    page.locator(".gw-picture").first.wait_for()
    wait_until_idle(page)
    upload(page, [*ROWS[:5], "1990-06-01,<img src=x onerror=alert(1)>"])
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Line 6")
    expect(page.locator(".st-key-part-own").get_by_test_id("stCode")).to_contain_text("<img")
    page.reload()
    page.locator(".gw-picture").first.wait_for()
    wait_until_idle(page)
    upload(page, ROWS)
    told = page.get_by_text(words["forecast.other"].split("“")[0]).first
    expect(told).to_be_visible()
    page.locator(".st-key-train button").click()
    expect(page.locator(".st-key-cancel")).to_be_visible()
    expect(page.locator(".st-key-part-trainer")).to_contain_text("your own model")
    expect(told).to_have_count(0)
    expect(page.locator(".st-key-part-figure-forecast h3")).to_contain_text(words["series.own"])


def test_a_phone_with_its_keyboard_up_offers_every_column_and_begins_with_what_is_forecast(tab):
    words = labels("vi") | labels("vi", "series")
    phone = {"viewport": {"width": 390, "height": 430}, "has_touch": True, "is_mobile": True}
    page = tab("series=own&lang=vi", path="series", **phone).page
    wait_until_idle(page)
    wide = FRAME[["Date", "Open"]].assign(High=FRAME["Close"] + 1, Low=FRAME["Close"] - 1, **FRAME[["Close", "Volume"]])
    upload_file(page, wide.to_csv(index=False).encode())
    page.locator(".gw-preview").wait_for()
    page.get_by_role("combobox", name=words["upload.inputs"]).tap()
    expect(page.get_by_role("option")).to_have_text(["Open", "High", "Low", "Volume"])
    expect(page.get_by_role("option", name="Volume")).to_be_in_viewport(ratio=0.9)
    page.get_by_role("option", name="Volume").tap()
    expect(page.locator(".gw-preview th .input")).to_have_count(1)
    page.keyboard.press("Escape")
    card = page.locator(".st-key-part-card-tomorrow")
    card.locator("summary").tap()
    card.locator(".gw-wide").scroll_into_view_if_needed()
    for name in card.locator("text.name").all():
        name.scroll_into_view_if_needed()
        expect(name).to_be_in_viewport(ratio=0.9)
    assert card.locator(".gw-wide").evaluate("e => e.scrollLeft + e.clientWidth - e.scrollWidth") >= -1


@pytest.mark.training
def test_close_is_forecast_past_the_file_with_volume_beside_it(new_page, server, tmp_path):
    """A file as Yahoo writes them: chosen by mouse and key, trained, drawn past its end, opened by name, downloaded.

    Then its connection is dropped and another page is opened: all is there, and the network opens as its file says.
    """
    words, sockets = labels("en") | labels("en", "series"), []
    page = new_page()
    page.add_init_script(ANSWERED)
    page.route_web_socket("**/_stcore/stream", lambda route: sockets.append((route, route.connect_to_server())))
    StagePage(page, server.address).open("series", "series=own&epochs=10&units=2&steps=5&horizon=3")
    wait_until_idle(page)
    upload_file(page, FILE)
    page.locator(".gw-preview").wait_for()
    expect(page.locator(".gw-preview th .target")).to_have_count(1)
    page.get_by_role("combobox", name=words["upload.inputs"]).click()
    page.get_by_role("option", name="Volume").click()
    expect(page.locator(".gw-preview th .input")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator(".st-key-train button").click()
    expect(page.locator(".st-key-part-trainer")).to_contain_text(words["trainer.again"])
    card = page.locator(".st-key-part-card-tomorrow")
    card.locator("summary").click()
    expect(card.locator(".band")).to_have_count(2)
    expect(card.locator("tbody tr")).to_have_count(3)
    expect(card).to_contain_text("“Volume” is not known in advance")
    with page.expect_download() as download:
        card.get_by_test_id("stDownloadButton").get_by_role("button").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text().splitlines()))
    assert [row["date"] for row in rows] == pd.bdate_range(DAYS[-1], periods=4)[1:].strftime("%Y-%m-%d").tolist()
    assert {float(row["Volume"]) for row in rows} == {FRAME["Volume"].iloc[-1]}
    last = card.locator(".value.direct title").last.text_content()
    assert f"{float(rows[-1]['direct']):.4g}" in last
    assert rows[-1]["date"] in last
    reads = page.locator(".gw-dot-table th").filter(has_text="Volume")
    expect(reads.first).to_have_text("Volume")
    expect_kept(page, words)
    count = len(sockets)
    for end in sockets[-1]:
        end.close()
    while len(sockets) == count:
        page.wait_for_timeout(100)
    wait_until_idle(page)
    expect_kept(page, words)
    page.locator(".st-key-onward a").click()
    expect(page.locator("h1").first).to_contain_text(words["lesson.text"])
    page.locator(".st-key-turn a").first.click()
    expect_kept(page, words)
    expect_opens(page, words, tmp_path)


def expect_kept(page, words):
    """The reader's file, what was chosen for it, and the network that was trained on it."""
    expect(page.locator(".st-key-part-own")).to_contain_text("own.csv")
    expect(page.locator(".gw-preview th .input")).to_have_count(1)
    expect(page.locator(".st-key-part-trainer")).to_contain_text(words["trainer.again"])


def expect_opens(page, words, folder):
    """The network's file has its columns, and the printed lines open it."""
    page.get_by_text(words["along.fold"]).click()
    with page.expect_download() as download:
        page.locator(".st-key-along button").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    with safe_open(file, framework="np") as found:
        assert [column["name"] for column in json.loads(found.metadata()["inputs"])] == ["Close", "Volume"]
    lines = page.locator(".st-key-part-trainer").get_by_test_id("stCode").inner_text()
    script = f"{lines}\nprint(net['cell'].input_size)"
    run = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert run.stdout == "2\n", run.stderr
