"""A small model trained for real, in the real browser: watched, stopped, opened on the stage, looked into."""

from __future__ import annotations

import os
import re
import signal
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from app.i18n import labels
from app.training.saved import Trained
from cells import CELLS, run
from tests.support.server import Server
from tests.support.small_task.settings import TinyFacts
from tests.support.stage_page import printed

pytest_plugins = "tests.support.small_task.model"
pytestmark = pytest.mark.browser
WORDS = labels("en")


@pytest.fixture(scope="module")
def site(models):
    with Server("tests/support/small_task/main.py", TINY_MODELS=str(models)) as running:
        yield running


@pytest.fixture
def page(new_page, site):
    opened = new_page()
    opened.goto(site.address)
    opened.locator(".gw-chip").wait_for()
    return opened


def plain(text: str) -> str:
    return text.replace("**", "")


def ask(page, name: str, value: str) -> None:
    box = page.get_by_role("spinbutton", name=name)
    box.fill(value)
    box.press("Enter")
    expect(page.get_by_text("trained with other settings")).to_be_visible()


def test_a_reader_trains_a_model_and_finds_it_on_the_stage(page):
    ask(page, "epochs", "60")
    ask(page, "pause", "0.05")
    page.get_by_role("button", name=WORDS["trainer.train"], exact=True).click()
    expect(page.get_by_text(re.compile(r"RNN: epoch \d+ of 60"))).to_be_visible()
    expect(page.locator(".st-key-part-trainer .scatterlayer .trace").first).to_be_attached()
    expect(
        page.locator(".st-key-part-figure-sample").get_by_text(re.compile(r"RNN after epoch \d+ of 60"))
    ).to_be_visible()
    expect(page.get_by_text(plain(WORDS["trainer.shown.own"]))).to_be_visible()
    page.locator(".st-key-part-trainer summary").first.click()
    expect(page.locator(".st-key-part-trainer .scatterlayer .trace")).to_have_count(9)  # with a star each
    expect(page.get_by_text("the same hidden states: the largest difference is")).to_be_visible()


def test_the_stage_shows_the_trained_cell_of_the_epoch_and_its_unit_is_followed(page, models):
    first = page.locator(".gw-chip").text_content()
    slider = page.get_by_role("slider", name=WORDS["opened.epoch"])
    slider.press("Home")
    expect(page.locator(".gw-chip")).not_to_have_text(first)
    cell = Trained.read(models / "tiny" / "model.safetensors", TinyFacts).runs["rnn"].cell(CELLS["rnn"], 0)
    trace = run(cell, np.random.default_rng(0).uniform(-1, 1, (20, 1))[:, None])
    expect(page.locator(".gw-chip")).to_have_text(printed(trace["a"][0, 0, 0], 4))
    page.locator(".st-key-part-within summary").click()
    expect(page.get_by_text("Unit 1 in the course of training.")).to_be_visible()
    page.locator(".gw[role=group]").press("ArrowDown")
    expect(page.get_by_text("Unit 2 in the course of training.")).to_be_visible()
    expect(page.get_by_role("figure", name="Heat maps of unit 2")).to_be_attached()


def test_a_training_survives_another_page_and_can_be_stopped(page):
    ask(page, "pause", "0.5")
    page.get_by_role("button", name=WORDS["trainer.train"], exact=True).click()
    expect(page.get_by_text(WORDS["trainer.starting"])).to_be_visible()
    page.get_by_role("link", name="Lesson").click()
    expect(page.locator(".gw-picture").first).to_be_visible()
    page.get_by_role("link", name="Tiny").click()
    expect(page.get_by_text(re.compile(r"RNN: epoch \d+ of 12"))).to_be_visible()
    page.get_by_role("button", name=WORDS["trainer.cancel"], exact=True).click()
    expect(page.get_by_text(WORDS["trainer.ended.stopped"])).to_be_visible()


def test_the_server_ends_at_once_while_something_trains(new_page, models):
    with Server("tests/support/small_task/main.py", TINY_MODELS=str(models)) as own:
        page = new_page()
        page.goto(own.address)
        page.locator(".gw-chip").wait_for()
        ask(page, "pause", "60")
        page.get_by_role("button", name=WORDS["trainer.train"], exact=True).click()
        expect(page.get_by_text(WORDS["trainer.starting"])).to_be_visible()
        page.wait_for_timeout(2000)
        page.close()
        begin = time.monotonic()
        os.kill(own.process.pid, signal.SIGTERM)
        own.process.wait(20)
        assert time.monotonic() - begin < 10
