"""Every diagram and every component of ours on one page, in both themes: ``make gallery``.

Stages are those of :mod:`tests.support.stage_site`; a component gets what its own Python face sends.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement

from app.components.bar import bar
from app.components.class_room import class_room, join
from app.components.companies import companies
from app.components.gradient_curves import reach
from app.components.idle import when_idle
from app.components.live_slider import live_slider
from app.components.live_slider.data import Places
from app.components.overview import overview
from app.components.picture import picture
from app.components.prediction import prediction
from app.components.progress import done, lessons, start
from app.components.refusal import refusal
from app.components.scan import scan as draw_rounds
from app.components.sentence import sentence
from app.components.stale_address import leave_out
from app.components.story import WORDS, steps
from app.components.take import take
from app.components.valve import valves
from app.components.worksheet import worksheet
from app.components.writing import packed, writing
from app.i18n import labels, table_of, words_of
from app.lessons.gradients.model import PRESETS
from app.lessons.model.model import look_at
from app.lessons.model.overview.view import sent as overview_of
from app.lessons.model.reading.inputs import made
from app.lessons.model.shown import Layer, Reading
from app.lessons.today.scan.model import numbers, one_unit, shown
from app.lessons.writing.model import untrained
from app.lessons.writing.view import place
from app.lessons.writing.view import scene as scene_of
from app.lessons.writing.view import words as words_to_send
from app.models import Found
from app.page.guide import following, script
from app.page.home import course, two_companies
from app.page.page import Page
from app.page.story import worded
from app.untrained.curves import curves
from app.untrained.initial import Settings
from cells import LSTM, Stack, run
from tests.support.server import ROOT
from tests.support.stage_site import COLOURS, VARIANTS, VECTORS, Handler, cell_of, vector_of

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>{name}</title>
<style>body {{ margin: 16px; background: {page}; color: {ink}; font-family: sans-serif;
  --st-background-color: {page}; --st-text-color: {ink} }}</style>
<body><div id="host"></div><p id="told"></p><script type="module">
import draw from "/components/{folder}/{name}.js"
const data = await (await fetch("/component/{name}.json")).json()
const parentElement = document.getElementById("host").attachShadow({{ mode: "open" }})
const tell = (name, value) => {{ document.getElementById("told").textContent = `${{name}}: ${{value}}` }}
const replace = history.replaceState.bind(history)
const keep = localStorage.setItem.bind(localStorage)
Storage.prototype.setItem = (...item) => {{ keep(...item); tell("stored", item.join(" ")) }}
history.replaceState = (...entry) => {{ replace(...entry); tell("address", location.href) }}
{before}
draw({{ data, parentElement, setStateValue: tell, setTriggerValue: tell }})
</script>"""

BEFORE = {
    "prediction": """const { followStage } = await import("/components/class_room/stage_link.js")
followStage({ moved: () => tell("class", "a prediction"), solved: () => {} })""",
}
"""What a component needs that draws nothing: somebody who hears what it says."""

HOME = Page("home", "en")

INDEX = """<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Gallery</title>
<style>
  body {{ margin: 24px; font-family: sans-serif }}
  section > div {{ display: grid; grid-template-columns: 1fr 1fr; gap: 12px }}
  iframe {{ width: 100%; height: 640px; border: 1px solid #8888 }}
  .component iframe {{ height: 360px }}
</style>
<h1>Gallery</h1><nav><ul>{entries}</ul></nav>{sections}"""

SECTION = """<section id="{name}" class="{kind}"><h2>{name}</h2><div>
<iframe loading="lazy" title="{name}, light" src="{light}"></iframe>
<iframe loading="lazy" title="{name}, dark" src="{dark}"></iframe></div></section>"""


def draw_bar() -> None:
    """Two lessons, and a term that can be found."""
    words = labels("en")
    lessons = ("rnn", "lstm")
    bar(
        {
            "here": 1,
            "home": "#home",
            "glossary": "#glossary",
            "worksheet": "#worksheet",
            "lessons": [
                {"key": key, "title": words[f"lesson.{key}"], "href": f"#{key}", "tasks": 2} for key in lessons
            ],
            "places": [{"name": "gate", "href": "#gate", "kind": "term", "also": [], "within": "glossary"}],
            "words": {
                "home": "home",
                "place": words["frame.progress"],
                "short": words["frame.short"],
                "lessons": words["frame.lessons"],
                "glossary": "glossary",
                "worksheet": "worksheets",
                "find": words["frame.find"],
                "find_what": words["frame.find_what"],
                "no_results": "no results",
                "close": words["frame.close"],
                "done": words["course.done"],
                "opened": words["course.opened"],
            },
        }
    )


def draw_class_room() -> None:
    """The button that opens a class: its screens need the server."""
    lessons = [{"key": "rnn", "title": labels("en")["lesson.rnn"], "href": "#rnn"}]
    qr = {"code": "K7M4QP", "link": "http://localhost/join", "rows": ["101", "010", "101"]}
    words = labels("en", "room")
    class_room({"lesson": "rnn", "teach": True, "lessons": lessons, "qr": qr, "words": words}, lambda: None)


def draw_companies() -> None:
    companies(two_companies(HOME), HOME.labels("companies"), "#fourday")


def draw_curves() -> None:
    """What the lesson `gradients` opens with."""
    texts = words_of("en", "gradients")
    words = {key.removeprefix("curves.").removeprefix("preset."): text for key, text in texts.items()}
    presets = {name: curves(Settings(scale=scale)) for name, scale in PRESETS.items()}
    reach(curves(Settings(scale=0.5)), presets, words | {"alt": texts["picture"]}, "reach")


def draw_idle() -> None:
    """Nothing that can be seen: the page prints what Python would be told."""
    when_idle("the same for a while", lambda: None, "idle")


def draw_live_slider() -> None:
    places: Places = {"low": -5, "high": 5, "step": 0.25, "options": None}
    live_slider("bias", "forget bias", places, "2", None, labels("en", "stage"), "live_slider", lambda: None)


def draw_overview() -> None:
    """An LSTM of a file, which reads a pulse."""
    page = Page("model", "en")
    layer = Layer(
        0,
        Found("lstm", "lstm", 2, 12, 1, 1, lambda _: Stack([LSTM.random(inputs=2, units=12, seed=3)])),
        "0.forward",
        {},
        ["0.forward"],
    )
    reading = Reading(made("pulse", 60, 2, 0), ["x1", "x2"])
    look = look_at(run(layer.found.made({}), reading.x), layer.where, 0, 60)
    overview(overview_of(page, layer, reading, look, None), "overview", lambda: None)


def draw_picture() -> None:
    """A word in a box, by the classes of picture.css."""
    drawing = Element("svg", {"viewBox": "0 0 240 60", "class": "gw-unrolled", "aria-label": "A box", "role": "img"})
    SubElement(drawing, "rect", {"x": "8", "y": "8", "width": "224", "height": "44", "rx": "8", "class": "cell"})
    SubElement(drawing, "text", {"x": "120", "y": "35", "class": "number"}).text = "hidden state"
    picture(drawing, "picture")


def draw_prediction() -> None:
    """Nothing that can be seen: the page prints that a class would hear of it."""
    prediction("plain", "Which?", {"a": "A", "b": "B"}, ("b", "It is B."), False, "gates-plain", lambda: None)


def draw_progress() -> None:
    """Nothing that can be seen: a task is noted in the browser, which the page prints."""
    done("rnn", "goal")


def draw_refusal() -> None:
    refusal("This file holds a program, not only numbers.", "model.pt")


def draw_scan() -> None:
    """One unit of a minGRU over eight years of sunspots."""
    x = numbers(8)
    found, words = shown(one_unit("min_gru"), x), table_of("en", "today", "scan")
    draw_rounds(x[:, 0], found.rounds, found.loop, "h", words, "scan")


def draw_sentence() -> None:
    """One row with a single side and one with two, with a marked word and an unknown one."""
    words = ["I", "did", "not", "like", "qwertz"]
    rows = [
        {
            "name": "LSTM",
            "note": "h",
            "strengths": [0.1, 0.2, 1.0, 0.7, 0.0],
            "numbers": ["0.1", "0.2", "1", "0.7", "0"],
        },
        {
            "name": "GRU",
            "note": "h",
            "strengths": [0.1, -0.2, -1, 0.7, 0],
            "numbers": ["0.1", "−0.2", "−1", "0.7", "0"],
        },
    ]
    scale = {
        "title": "verdict",
        "low": "−1",
        "high": "1",
        "word": "word {n} of {total}",
        "sides": True,
        "unknown": "unknown",
    }
    sentence(words, rows, scale, "sentence", marked=2, unknown=[4])


def draw_stale_address() -> None:
    """Nothing that can be seen: the page prints its address, without the theme."""
    leave_out(["theme"])


def draw_worksheet() -> None:
    worksheet("<!doctype html><p>To be printed.</p>", "sheet.html", {"print": "Print", "save": "Save", "preview": "A"})


def draw_take() -> None:
    """The button alone: its panel is of a stage on the page."""
    words = labels("en", "export")
    take(
        {
            "token": "", "words": {"title": words["ui.title"]}, "cards": [], "language": "en", "languages": {},
            "title": "Four days", "stem": "gatewalk", "own": False, "panel": "", "film": "",
        }
    )  # fmt: skip


def draw_valve() -> None:
    valves({"sigmoid": "sigmoid", "tanh": "tanh"}, {"open": "{percent}% open", "drag": "drag the dot"}, "valve")


def draw_story() -> None:
    page, words = Page("series", "en"), labels("en", "stage")
    told = [worded(page, step, {}) for step in script("series")]
    steps(
        {
            "title": labels("en")["lesson.series"],
            "steps": told,
            "there": [True] * len(told),
            "at": 1,
            "handled": None,
            "tasks": [
                {"id": "series.own", "part": "part-predict", "title": words["script.predict"]},
                {"id": "series.goal", "part": "part-goal", "title": words["task.challenge"]},
            ],
            "todo": "predict",
            "next": following(page),
            "words": {word: words[word] for word in WORDS},
        },
        lambda: None,
    )


def draw_writing() -> None:
    page, network = Page("writing", "en"), untrained(("\n", " ", *"abcdefg"), 12)
    arrays = network.cell.parameters | {"W_y": network.weight, "b_y": network.bias}
    asked: Any = {"begin": "a bad\n", "kept": "", "count": 60, "draw": 1, "temperature": 0.5, "unit": 2, "letter": 20}
    writing(
        {
            "network": packed("untrained", list(network.letters), arrays),
            "scene": scene_of(page, network, place(page, network)),
            "sources": [{"key": "kieu", "title": "Kiều"}],
            "kinds": [{"key": "untrained", "title": "untrained"}],
            "source": "kieu",
            "kind": "untrained",
            "facts": "12 units",
            "watched": [{"name": "spaces", "unit": 2, "r": 0.4}],
            "every": [{"name": "spaces", "unit": (unit + 2) % 12, "r": 0.4 - unit / 32} for unit in range(12)],
            "begin": "a bad\n",
            "temperature": 0.5,
            "count": 0,
            "asked": asked,
            "words": words_to_send(page),
            "answers": "",
        },
        lambda: None,
    )


COMPONENTS: dict[str, Callable[[], None]] = {
    "bar": draw_bar,
    "class_room": draw_class_room,
    "companies": draw_companies,
    "course": lambda: lessons(course(HOME)),
    "gradient_curves": draw_curves,
    "idle": draw_idle,
    "join": lambda: join(labels("en", "room")),
    "live_slider": draw_live_slider,
    "overview": draw_overview,
    "picture": draw_picture,
    "prediction": draw_prediction,
    "progress": draw_progress,
    "refusal": draw_refusal,
    "scan": draw_scan,
    "sentence": draw_sentence,
    "stale_address": draw_stale_address,
    "start": lambda: start(course(HOME)),
    "story": draw_story,
    "take": draw_take,
    "valve": draw_valve,
    "worksheet": draw_worksheet,
    "writing": draw_writing,
}
"""By its name, a component and an example of its use."""

FOLDERS = {"course": "progress", "start": "progress", "join": "class_room"}
"""The folders of components that share one; others have their own."""


def folder_of(name: str) -> str:
    return FOLDERS.get(name, name)


def sent(name: str) -> Any:
    """What the Python face of a component sends to its module."""
    found: list[Any] = []
    with patch(
        f"app.components.{FOLDERS.get(name, name)}.component",
        lambda _: lambda **arguments: found.append(arguments["data"]),
    ):
        COMPONENTS[name]()
    return found[0]


def index() -> str:
    """The page with everything, each in both themes."""
    stages = {name: ("stage", f"/?cell={name}&at=3.1&theme=") for name in (*VARIANTS, *VECTORS)}
    parts = {name: ("component", f"/component/{name}?theme=") for name in COMPONENTS}
    sections = "".join(
        SECTION.format(name=name, kind=kind, light=f"{address}light", dark=f"{address}dark")
        for name, (kind, address) in (parts | stages).items()
    )
    entries = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in parts | stages)
    return INDEX.format(entries=entries, sections=sections)


def page_of(name: str, theme: str) -> str:
    """A component's page."""
    return PAGE.format(name=name, folder=folder_of(name), before=BEFORE.get(name, ""), **COLOURS[theme])


class GalleryHandler(Handler):
    """The stage's page and scenes, and beside them components and the index."""

    def do_GET(self) -> None:
        """Answer one request."""
        url = urlsplit(self.path)
        theme = parse_qs(url.query).get("theme", ["light"])[0]
        name = url.path.removeprefix("/component/").removesuffix(".json")
        if url.path == "/gallery":
            self.answer("text/html", index())
        elif url.path == f"/component/{name}.json" and name in COMPONENTS:
            self.answer("application/json", json.dumps(sent(name)))
        elif url.path == f"/component/{name}" and name in COMPONENTS:
            self.answer("text/html", page_of(name, theme))
        else:
            super().do_GET()


@contextmanager
def gallery(port: int = 0) -> Iterator[str]:
    """Serve the gallery while the block runs."""
    GalleryHandler.cells = {name: cell_of(*variant) for name, variant in VARIANTS.items()}
    GalleryHandler.cells |= {name: vector_of(*vector[:4]) for name, vector in VECTORS.items()}
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(GalleryHandler, directory=str(ROOT / "app")))
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with gallery(8600) as address:
        print(f"{address}/gallery (Ctrl+C ends it)", flush=True)
        threading.Event().wait()
