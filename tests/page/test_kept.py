"""What a reader brings outlasts the visit of a page, and is bounded."""

import gc
from weakref import WeakSet

import pytest

from app.i18n import LANGUAGES, labels
from app.page import session
from app.page.session import Kept, KeptFile
from tests.page.test_every_page import opened, text

FILE = ("date,a,b\n" + "".join(f"{1990 + k // 12}-{k % 12 + 1:02d}-01,{k % 7},{k % 5}\n" for k in range(120))).encode()
LINES = "\n".join(f"{label}, {label} {n}" for label in ("positive", "negative") for n in range(12))


def go(test, page, **query):
    """Follow a link to a page: the address says nothing but the language."""
    lang = test.query_params.get("lang", ["en"])
    test.query_params.clear()
    test.query_params.update({"lang": lang} | query)
    test.switch_page(f"../../pages/{page}.py").run()
    assert not test.exception


def shown(test):
    return [each.value for each in test.text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_and_what_was_chosen_for_it_outlast_other_pages(language):
    words = labels(language) | labels(language, "series")
    test = opened("series", lang=language)
    test.button_group(key="series-series").set_value("own").run()
    test.file_uploader[0].set_value(("own <b>.csv", FILE, "text/csv")).run()
    assert words["kept.file"].format(name="own <b>.csv") not in shown(test)  # the box has it itself
    target = next(each for each in test.selectbox if each.label == words["upload.target"])
    target.set_value(2).run()
    for page in ("text", "memory"):
        go(test, page)
    go(test, "series")
    assert test.button_group(key="series-series").value == "own"
    assert words["kept.file"].format(name="own <b>.csv") in shown(test)
    assert next(each for each in test.selectbox if each.label == words["upload.target"]).value == 2
    assert test.session_state["gatewalk"].kept.file.data == FILE
    assert words["upload.none"] not in text(test)
    test.number_input(key="seed").set_value(7).run()  # the next change writes it all
    assert {name: test.query_params[name] for name in ("series", "seed")} == {"series": "own", "seed": "7"}
    test.button(key="forget").click().run()
    assert words["upload.none"] in text(test)
    go(test, "memory")
    go(test, "series", series="own")
    assert words["upload.none"] in text(test)


def test_an_address_that_says_something_and_another_choice_stand():
    test = opened("series", series="own")
    test.file_uploader[0].set_value(("own.csv", FILE, "text/csv")).run()
    go(test, "memory")
    go(test, "series", series="made")
    assert test.button_group(key="series-series").value == "made"
    test.button_group(key="series-series").set_value("AAPL").run()
    go(test, "memory")
    go(test, "series")
    assert test.button_group(key="series-series").value == "AAPL"
    test.button_group(key="series-series").set_value("own").run()
    assert test.button(key="forget")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pasted_lines_outlast_other_pages(language):
    test = opened("text", lang=language, source="own")
    test.text_area(key="lines").set_value(LINES).run()
    go(test, "memory")
    go(test, "text")
    assert test.text_area(key="lines").value == LINES
    test.text_area(key="lines").set_value("").run()
    go(test, "memory")
    go(test, "text", source="own")
    assert test.text_area(key="lines").value == ""


def test_a_reader_who_brings_too_much_has_nothing_kept(monkeypatch):
    monkeypatch.setattr(session, "SESSION", 1000)
    kept = Kept()
    kept.set("lines", "ê" * 300)
    kept.keep(KeptFile("a", b"x" * 400))
    assert kept.size == 1000
    kept.set("lines", "ê" * 301)
    assert (kept.size, kept.file, kept.values) == (0, None, {})
    for n in range(200):
        kept.set(f"{n}", n)
    assert list(kept.values) == [f"{n}" for n in range(200 - session.CHOICES, 200)]


def test_of_all_readers_those_who_did_nothing_longest_lose_theirs(monkeypatch):
    monkeypatch.setattr(session, "_kept", WeakSet())
    monkeypatch.setattr(session, "SERVER", 1000)
    readers = [Kept() for _ in range(4)]
    clock = iter(range(1, 5))
    monkeypatch.setattr(session, "time", lambda: 1e12 + next(clock))
    for kept in readers:
        kept.keep(KeptFile("a", b"x" * 400))
    assert [kept.file is None for kept in readers] == [True, True, False, False]
    del readers, kept
    gc.collect()
    assert not session._kept
