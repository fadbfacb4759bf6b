"""Page `model`: empty, with a sample, with a file of the reader's own, and with one that is refused."""

import base64
import io
import json
import re
import time
from threading import Event
from zipfile import ZipFile

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from app.i18n import LANGUAGES, labels, sections
from app.lessons.model import held, view
from app.lessons.model.offered import FOLDER, WHAT
from app.lessons.model.overview import view as overview
from app.lessons.model.reading import inputs
from app.lessons.model.work import CancelledError
from app.page.answers import answer
from cells import LSTM, Stack, run
from tests.models.hostile import Evil
from tests.page.test_every_page import opened, plain, text
from tests.support.server import ROOT


def sent(test, name):
    """What the components of this name are sent."""
    found = [one.proto for one in test.get("bidi_component") if one.proto.component_name == f"gatewalk_{name}"]
    return [json.loads(proto.json) for proto in found]


def shown_html(test):
    return "".join(one.proto.body for one in test.get("html"))


def lstm_file(units=4, width=2, layers=1, directions=1, seed=0) -> bytes:
    """The weights of an LSTM as PyTorch names them."""
    rng, weights = np.random.default_rng(seed), {}
    for layer in range(layers):
        for way in ("", "_reverse")[:directions]:
            reads = width if layer == 0 else units * directions
            for name, shape in {"weight_ih": (4 * units, reads), "weight_hh": (4 * units, units),
                                "bias_ih": (4 * units,), "bias_hh": (4 * units,)}.items():  # fmt: skip
                weights[f"encoder.{name}_l{layer}{way}"] = rng.normal(0, 0.5, shape).astype(np.float32)
    return save(weights | {"head.weight": np.ones((1, units), np.float32)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_page_says_what_to_do_and_what_is_promised(language):
    test, words = opened("model", lang=language), labels(language, "model")
    shown = "".join(one.proto.body for one in test.get("html"))
    for name in ("drop.title", "promise.executed.title", "promise.kept.title", *(f"samples.{n}" for n in WHAT)):
        assert words[name] in shown
    assert sections(language, "model")["question"] in plain(text(test))
    for made, code in view.CODE.items():
        test.button_group(key="model-save").set_value(made).run()
        assert test.code[0].value == code


@pytest.mark.parametrize("name", WHAT)
def test_a_sample_opens_by_its_link_and_is_what_it_says(name):
    test = opened("model", sample=name)
    (data,) = sent(test, "overview")
    kind, units = WHAT[name].split(" · ")
    assert (data["units"], data["steps"]) == (int(units), 200)
    assert {"LSTM": "figcoh", "GRU": "rznh"}[kind] == "".join(each["name"] for each in data["quantities"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_readers_file_is_shown_and_forgotten(language):
    test, words = opened("model", lang=language), labels(language, "model")
    test.file_uploader(key="model-file-0").set_value(("own <b>.safetensors", lstm_file(layers=2, directions=2), ""))
    test.run()
    assert not test.exception
    found = test.session_state["gatewalk"].model.held
    assert [each.name for each in found.file.layers] == ["encoder"]
    assert "own &lt;b&gt;.safetensors" in "".join(one.proto.body for one in test.get("html"))
    x = inputs.made("pulse", 200, 2, 0)
    trace = run(found.file.layers[0].made({}), x)
    for where in ("0.forward", "0.backward", "1.forward", "1.backward"):
        test.button_group(key="model-cell-0").set_value(where).run()
        assert not test.exception
        (data,) = sent(test, "overview")
        at = data["at"]
        value = trace[f"{where}.f"][at["step"], at["unit"]]
        why = next(drawing for drawing in sent(test, "picture") if drawing[1]["data-key"] == "why")
        assert f"{value:.3f}" in why[1]["data-title"]
        (scene,) = sent(test, "stage")
        assert scene["cells"]["lstm"]["sizes"] == {"D": 2 if where[0] == "0" else 8, "H": 4}
        assert data["backward"] == where.endswith("backward")
        place = {"unit": 2, "step": 7, "value": "f"}
        asked = answer(data["answers"], place)["why"][1]
        assert f"{trace[f'{where}.f'][7, 2]:.3f}" in asked["data-title"]
        wrongs = ({"unit": 9}, {"step": -1}, {"value": 1})
        assert all(answer(data["answers"], place | wrong) is None for wrong in wrongs)
    test.toggle(key="model-moves").set_value(True).run()
    test.button_group(key="model-moved").set_value("c").run()
    assert not test.exception
    assert words["moves.head"].split("|")[0] in text(test)
    test.button(key="model-forget").click().run()
    assert found.file is None
    assert test.session_state["gatewalk"].model.held is None
    assert words["drop.title"] in "".join(one.proto.body for one in test.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(language):
    test = opened("model", lang=language)
    test.file_uploader(key="model-file-0").set_value(("note.txt", b"hello, this is no model\n", ""))
    test.run()
    assert not test.exception
    said = labels(language, "model")["file.text"]
    title = said.split("**")[1]
    assert sent(test, "refusal") == [{"title": title, "name": "note.txt"}]
    assert said.split("**")[2].strip() in text(test)
    test.button(key="model-again").click().run()
    assert not sent(test, "refusal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_program_is_told_by_what_it_asked_for(language):
    words, file = labels(language, "model"), io.BytesIO()
    torch.save({"lstm.weight_hh_l0": torch.zeros(4, 1), "evil": Evil("echo <b>")}, file)
    test = opened("model", lang=language)
    test.file_uploader(key="model-file-0").set_value(("full.pt", file.getvalue(), "")).run()
    assert not test.exception
    rows = re.findall(r"<tr><td><code>(.*?)</code></td><td>(.*?)</td><td data-verdict='(.*?)'>", shown_html(test))
    known = {name: (kind, verdict) for name, kind, verdict in rows}
    assert next(iter(known)) == "posix.system"  # what was refused comes first
    assert known["posix.system"] == (words["asked.is.program"], "refused")
    assert known["torch._utils._rebuild_tensor_v2"] == (words["asked.is.torch"], "fine")
    with ZipFile(io.BytesIO(file.getvalue())) as archive:
        (entry,) = [name for name in archive.namelist() if name.endswith("data.pkl")]
        place = archive.read(entry).index(b"posix\nsystem\n") + len(b"posix\nsystem\n")
    told = words["asked.how"].format(name="posix.system", byte=place, entry="data.pkl")
    assert told in shown_html(test)
    test.button(key="model-sample").click().run()
    assert sent(test, "overview")[0]["units"] == 16


def test_typed_numbers_and_tokens_are_read():
    test = opened("model", sample="review")
    found = test.session_state["gatewalk"].model.held.file
    test.button_group(key="model-source").set_value("tokens").run()
    test.text_area(key="model-ids").set_value("5 6 7").run()
    (data,) = sent(test, "overview")
    (embedding,) = [each for each in found.others if each.name == "embedding.weight"]
    trace = run(found.layers[0].made({}), embedding.read()[[5, 6, 7]])
    assert data["steps"] == 3
    c = np.frombuffer(base64.b64decode(data["quantities"][3]["numbers"]), "<f2").reshape(3, 16)
    assert c == pytest.approx(trace["0.forward.c"], rel=2e-3, abs=1e-4)
    test.button_group(key="model-source").set_value("typed").run()
    test.text_area(key="model-typed").set_value("1 2 3").run()
    assert labels("en", "model")["input.columns_wrong"].format(line=1, count=3, inputs=8) in text(test)
    assert not sent(test, "overview")


def test_an_array_of_a_batch_asks_which_axis_comes_first():
    test = opened("model", sample="forecast")
    file = io.BytesIO()
    np.save(file, np.random.default_rng(0).normal(size=(6, 30, 1)))
    test.button_group(key="model-source").set_value("npy").run()
    test.file_uploader(key="model-npy").set_value(("x.npy", file.getvalue(), "")).run()
    assert not test.exception
    assert sent(test, "overview")[0]["steps"] == 6
    assert "x.npy · 6 steps" in shown_html(test)  # the drawer's line
    test.button_group(key="model-first").set_value("batch").run()
    assert sent(test, "overview")[0]["steps"] == 30


def values(data, name, of="numbers"):
    """What the overview is sent of one quantity, (steps, units)."""
    (found,) = [each for each in data["quantities"] if each["name"] == name]
    return np.frombuffer(base64.b64decode(found[of]), "<f2").reshape(data["steps"], data["units"])


def test_a_second_file_reads_the_same_and_stands_beside_the_first():
    test = opened("model")
    first, second = lstm_file(layers=2, seed=1), lstm_file(layers=2, seed=2)
    test.file_uploader(key="model-file-0").set_value(("a.safetensors", first, "")).run()
    test.button_group(key="model-cell-0").set_value("1.forward").run()
    test.selectbox(key="model-beside").set_value("file").run()
    test.file_uploader(key="model-beside-1").set_value(("b.safetensors", second, "")).run()
    assert not test.exception
    (data,), session = sent(test, "overview"), test.session_state["gatewalk"].model
    x = inputs.made("pulse", 200, 2, 0)
    a, b = (run(each.file.layers[0].made({}), x)["1.forward.c"] for each in (session.held, session.beside))
    assert values(data, "c") == pytest.approx(a, rel=2e-3, abs=1e-4)
    assert values(data, "c", "other") == pytest.approx(b, rel=2e-3, abs=1e-4)  # the same layer of the other file
    assert data["orders"][0]["units"] == np.argsort(-np.abs(a - b).mean(axis=0), kind="stable").tolist()
    at = data["at"]
    there = run(session.beside.file.layers[0].made({}), x)["1.forward.f"][at["step"], at["unit"]]
    why = next(drawing for drawing in sent(test, "picture") if drawing[1]["data-key"] == "why")
    assert f"In B, f = {there:.3f}:" in why[1]["data-caption"]
    other = session.beside
    test.selectbox(key="model-beside").set_value("own-0-0.forward").run()  # the first layer of the first file
    assert values(sent(test, "overview")[0], "c", "other") == pytest.approx(
        run(session.held.file.layers[0].made({}), x)["0.forward.c"], rel=2e-3, abs=1e-4
    )
    assert other.file is None
    test.selectbox(key="model-beside").set_value("none").run()
    assert sent(test, "overview")[0]["beside"] == []


def test_a_second_file_that_is_unlike_the_first_is_told_so():
    test = opened("model")
    test.file_uploader(key="model-file-0").set_value(("a.safetensors", lstm_file(units=4), "")).run()
    test.selectbox(key="model-beside").set_value("file").run()
    test.file_uploader(key="model-beside-1").set_value(("b.safetensors", lstm_file(units=5), "")).run()
    assert labels("en", "model")["beside.unlike"].format(kind="LSTM", units=4, inputs=2) in text(test)
    assert sent(test, "overview")[0]["beside"] == []


def test_a_run_begins_with_the_states_that_a_reader_gives():
    test = opened("model")
    test.file_uploader(key="model-file-0").set_value(("a.safetensors", lstm_file(layers=2), "")).run()
    stack, x = test.session_state["gatewalk"].model.held.file.layers[0].made({}), inputs.made("pulse", 200, 2, 0)
    test.selectbox(key="model-start-False").set_value("typed").run()
    test.text_area(key="model-start-h").set_value("0.5\n1 2 3 4").run()
    assert labels("en", "model")["start.ragged"].format(name="h") in text(test)
    test.text_area(key="model-start-h").set_value("0.5").run()
    test.text_area(key="model-start-c").set_value("1 2 3 4\n−1 −2 −3 −4").run()
    c = np.array([[1, 2, 3, 4], [-1, -2, -3, -4]], float)
    begun = {f"{k}.forward": {"h": np.full(4, 0.5), "c": c[k]} for k in range(2)}
    assert values(sent(test, "overview")[0], "c") == pytest.approx(
        run(stack, x, start=begun)["0.forward.c"], rel=2e-3, abs=1e-3
    )
    test.selectbox(key="model-start-False").set_value("npy").run()
    file = io.BytesIO()
    np.savez(file, h=np.full((2, 3, 4), 0.5), c=np.repeat(c[:, None], 3, axis=1))  # of a batch
    test.file_uploader(key="model-start").set_value(("start.npz", file.getvalue(), "")).run()
    assert values(sent(test, "overview")[0], "c") == pytest.approx(
        run(stack, x, start=begun)["0.forward.c"], rel=2e-3, abs=1e-3
    )
    file = io.BytesIO()
    np.savez(file, h=np.zeros((3, 4)))
    test.file_uploader(key="model-start").set_value(("start.npz", file.getvalue(), "")).run()
    assert labels("en", "model")["start.rows"].format(name="h", count=3, cells=2) in text(test)


def test_a_long_run_is_shown_by_windows_that_the_stage_begins_where_they_begin():
    test = opened("model", sample="forecast")
    test.number_input(key="model-steps").set_value(500).run()
    test.slider(key="model-window").set_value(251).run()
    (data,), (scene,) = sent(test, "overview"), sent(test, "stage")
    assert (data["first"], data["steps"]) == (250, 200)
    assert set(scene["series"][0]["start"]) == {"h", "c"}


def test_a_file_that_takes_long_is_told_and_cancelled_and_the_open_one_stays(monkeypatch):
    go_on, reading = Event(), held.models.opened
    monkeypatch.setattr(held.models, "opened", lambda path, name: (go_on.wait(60), reading(path, name))[1])
    monkeypatch.setattr(view, "SOON", 0)
    go_on.set()
    test, words = opened("model", sample="forecast"), labels("en", "model")
    go_on.clear()
    test.button(key="model-another").click().run()
    test.file_uploader(key="model-file-0").set_value(("slow.safetensors", lstm_file(), "")).run()
    told = shown_html(test)
    assert "slow.safetensors" in told
    assert f'<li data-state="now">{words["loading.names"]}</li>' in told
    work = test.session_state["gatewalk"].model.loading
    monkeypatch.setattr(work, "began", work.began - 60)
    assert words["loading.long"].partition("{doing}")[0] in shown_html(test.run())
    test.button(key="model-cancel-names").click().run()
    assert "slow.safetensors" not in shown_html(test)
    go_on.set()
    with pytest.raises(CancelledError):
        work.result()
    test.button(key="model-back").click().run()
    assert sent(test, "overview")[0]["units"] == 16
    test.button(key="model-another").click().run()
    monkeypatch.setattr(view, "SOON", 60)
    test.file_uploader(key="model-file-1").set_value(("note.txt", b"no model", "")).run()
    assert sent(test, "refusal")
    test.button(key="model-back").click().run()  # a refusal loses nothing either
    assert sent(test, "overview")[0]["units"] == 16


def test_a_run_that_is_cancelled_can_be_begun_again(monkeypatch):
    go_on, running = Event(), held.run
    monkeypatch.setattr(held, "run", lambda *given, **named: (go_on.wait(60), running(*given, **named))[1])
    monkeypatch.setattr(overview, "SOON", 0.05)
    test = opened("model", sample="forecast")
    assert not sent(test, "overview")
    test.button(key="model-cancel-run").click().run()
    assert labels("en", "model")["loading.cancelled"] in text(test)
    go_on.set()
    monkeypatch.setattr(overview, "SOON", 60)
    test.button(key="model-run-again").click().run()
    assert sent(test, "overview")[0]["steps"] == 200


def test_a_run_in_layers_is_the_run_of_the_stack():
    rng = np.random.default_rng(5)
    pair = [LSTM.random(inputs=3, units=4, seed=seed) for seed in (0, 1)]
    stack = Stack([pair, [LSTM.random(inputs=8, units=4, seed=seed) for seed in (2, 3)]])
    x, start = rng.normal(size=(9, 3)), {"1.backward": {"c": rng.normal(size=4)}}
    told = []
    made = held.in_layers(stack, x, start, lambda *now: told.append(now))
    whole = run(stack, x, start=start)
    assert told == [("run", 0, 2), ("run", 1, 2)]
    assert all(np.array_equal(made[name], whole[name]) for name in whole.names)
    assert np.array_equal(made.output, whole.output)


def test_a_process_holds_few_models_and_forgets_the_oldest():
    mine = [held.read(FOLDER / "forecast.pt", f"{n}") for n in range(held.MODELS + 2)]
    assert [one.file is None for one in mine] == [True] * 2 + [False] * held.MODELS
    for one in mine:
        one.forget()


def test_a_process_holds_no_more_bytes_than_there_may_be(monkeypatch):
    size = (FOLDER / "review.safetensors").stat().st_size
    monkeypatch.setattr(held, "BYTES", 2 * size)
    mine = [held.read(FOLDER / "review.safetensors", f"{n}") for n in range(3)]
    assert [one.file is None for one in mine] == [True, False, False]


def test_a_file_is_nowhere_on_the_disk_once_it_is_read():
    paths = []

    def write(path):
        paths.append(path)
        path.write_bytes(lstm_file())

    found = held.opened("own.safetensors", write)
    assert not paths[0].parent.exists()
    assert found.file.others[0].read().shape == (1, 4)  # what is read later is there all the same


def test_an_idle_model_is_forgotten(monkeypatch):
    monkeypatch.setattr(held, "IDLE", 0.2)
    found = held.read(FOLDER / "forecast.pt", "idle")
    deadline = time.monotonic() + 20
    while found.file and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found.file is None


def wide_file(kind: str, units: int = 300) -> bytes:
    """The weights of a layer that the stage has no room for."""
    gates, rng = {"lstm": 4, "gru": 3}[kind], np.random.default_rng(1)
    shapes = {"weight_ih_l0": (1,), "weight_hh_l0": (units,), "bias_ih_l0": (), "bias_hh_l0": ()}
    weights = {name: rng.normal(0, 0.05, (gates * units, *rest)) for name, rest in shapes.items()}
    return save({name: array.astype(np.float32) for name, array in weights.items()})


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_of_a_wide_layer_the_stage_has_the_chosen_unit(kind):
    test = opened("model")
    test.file_uploader(key="model-file-0").set_value(("wide.safetensors", wide_file(kind), "")).run()
    assert not test.exception
    (data,), (scene,) = sent(test, "overview"), sent(test, "stage")
    assert data["units"] == 300
    assert scene["unit_of"] == data["at"]["unit"]
    assert scene["cells"][kind]["sizes"]["H"] == {"lstm": 1, "gru": 2}[kind]
    test.number_input(key="model-steps").set_value(900).run()
    test.toggle(key="model-whole").set_value(True).run()
    assert sent(test, "overview")[0]["steps"] == 900
    assert sent(test, "stage")[0]["unit_of"] == sent(test, "overview")[0]["at"]["unit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_file_leaves_open_can_be_asked(language):
    sources = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "app/models").glob("*.py"))
    asked = set(re.findall(r'Question\(\s*"(\w+)"', sources))
    assert asked >= {"reset", "activation", "gates"}
    assert asked <= {key.removeprefix("ask.") for key in labels(language, "model") if key.startswith("ask.")}
