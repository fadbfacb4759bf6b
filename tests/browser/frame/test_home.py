"""Home: what a newcomer sees first, a guess that nothing gives away, and where a returning reader goes on."""

import re

import pytest
from playwright.sync_api import expect

from app.controls.address import Controls
from app.controls.examples import COMPANIES, TWO_COMPANIES, TWO_COMPANIES_ADDRESS
from app.page.registry import LESSONS

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1280, "height": 720}


def company_b():
    """What the core computes for the company that is asked."""
    days = TWO_COMPANIES_ADDRESS.defaults.days
    return TWO_COMPANIES.traces(Controls(TWO_COMPANIES_ADDRESS.defaults.weights, days, tuple(COMPANIES)))["B"]


def printed(value):
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_first_screen_has_the_question_the_beginning_and_every_lesson(tab, language):
    page = tab(path="", query=f"lang={language}", viewport=LAPTOP).page
    links = page.locator(".gw-groups a")
    expect(links).to_have_count(len(LESSONS))
    for place in [page.locator(".gw-begin"), page.locator(".gw-companies h2"), page.locator(".gw-guess"), *links.all()]:
        box = place.bounding_box()
        assert box["y"] >= 46
        assert box["y"] + box["height"] <= LAPTOP["height"], place.inner_text()


def test_the_answer_is_nowhere_before_the_guess_and_then_it_is_played(tab):
    page = tab(path="", viewport=LAPTOP).page
    memory, answer = company_b()["c"].ravel(), company_b()["h"].ravel()[-1].item()
    pills = page.locator(".gw-row").nth(1).locator("li .gw-pill")
    expect(pills.nth(2)).to_have_text(printed(memory[2]))
    expect(pills.nth(3)).to_have_text("?")
    picture = page.locator(".gw-companies")
    for hidden in (printed(answer), printed(memory[3])):
        expect(picture).not_to_contain_text(hidden)
    page.get_by_role("button", name="near 0", exact=True).click()
    expect(page.locator(".gw-end").nth(1)).to_have_text(printed(answer))
    expect(pills.nth(3)).to_have_text(printed(memory[3]))
    expect(page.locator(".gw-verdict")).to_contain_text("Not this time.")
    page.get_by_role("button", name="Play again").click()
    expect(page.locator(".gw-end").nth(1)).to_have_text("?")
    page.get_by_role("button", name="near 1", exact=True).click()
    expect(page.locator(".gw-verdict")).to_contain_text("You saw it coming.")
    page.get_by_role("link", name=re.compile("See how")).click()
    page.wait_for_url(re.compile("/fourday$"))


def test_a_reader_who_returns_goes_on_where_they_were(tab):
    page = tab(path="", viewport=LAPTOP, answered=False).page
    begin = page.locator(".gw-begin")
    expect(begin).to_contain_text("Begin: Why memory is short")
    begin.click()
    page.wait_for_url(re.compile("/memory$"))
    page.evaluate('localStorage.setItem(\'gatewalk.progress\', \'["memory.opened", "rnn.opened", "rnn.heard"]\')')
    page.get_by_role("link", name=re.compile("^Gatewalk")).click()
    expect(begin).to_contain_text("Continue: The vanilla RNN")
    expect(page.locator(".gw-groups li").nth(1)).to_contain_text("1 of 2 tasks")
    page.reload()
    expect(begin).to_contain_text("Continue: The vanilla RNN")
    page.get_by_role("button", name="Clear it").click()
    expect(begin).to_contain_text("Begin")


def test_the_last_lesson_ends_the_course(tab):
    page = tab(path=LESSONS[-1]).page
    ending = page.locator(".st-key-part-card-ending")
    expect(ending).to_contain_text("That was the course")
    expect(page.locator(".st-key-onward")).to_have_count(0)
    ending.get_by_role("link", name="See what is still open").click()
    expect(page.locator(".gw-groups a")).to_have_count(len(LESSONS))
