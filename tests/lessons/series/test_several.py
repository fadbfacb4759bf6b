"""Several inputs and the time after a series: what pandas and cells of our own find in the file is what the page shows.

A file as Yahoo writes them, Close with Volume beside it; and what may be read of a column, by whether it is known.
"""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from safetensors import safe_open

from app.formatting import scientific
from app.i18n import labels
from app.lessons.series.future.model import conformal, tomorrow
from app.lessons.series.records import Input
from app.lessons.series.sources import settings_of
from app.lessons.series.table.reading import read
from app.lessons.series.table.records import Choices
from app.lessons.series.view import scaled
from app.training.download import packed
from cells import CELLS, run
from tests.lessons.series.test_view import control, text, uploaded
from tests.page.test_every_page import plain

pytest.importorskip("torch")
from app.lessons.series.train import train

pytest_plugins = "tests.support.cluster"
pytestmark = pytest.mark.training

STEPS, HORIZON, LEVEL = 5, 3, 0.8
DAYS = pd.bdate_range("2023-01-02", periods=130)
WAVE = np.sin(np.arange(140) / 3)
FRAME = pd.DataFrame(
    {
        "Date": DAYS.strftime("%Y-%m-%d"),
        "Open": (100 + 9 * WAVE[:130]).round(2),
        "Close": (100 + 9 * WAVE[1:131] + np.random.default_rng(0).normal(0, 0.6, 130)).round(2),
        "Volume": (5000 + 900 * WAVE[4:134]).round(0),
    }
)
FILE = FRAME.to_csv(index=False).encode()


def settings(learn="change", known=(), data=FILE):
    found = read(data, Choices(inputs=(1, 3), known=known)).series
    small = {"epochs": 2, "units": 3, "steps": STEPS, "horizon": HORIZON, "learn": learn}
    return replace(settings_of("own", found), **small)


@cache
def trained(learn="change", known=()):
    return train(settings(learn, known), lambda *_: None)


# ---- an independent path: pandas and loops ---------------------------------------------------------------------------


def parts(learn):
    """The table as it is read: values, signals by column; and where the last fold, and the test, begin."""
    table = FRAME[["Close", "Open", "Volume"]].astype(float)
    signals = table if learn == "level" else table.diff().iloc[1:]
    values = table["Close"].iloc[-len(signals) :].to_numpy()
    test = len(values) - len(values) // 5
    return values, signals.reset_index(drop=True), test - test // 6, test


def forecast_of(one, name, learn, known, origin):
    """What a network says follows one origin, timestep by timestep; `known` are headings."""
    values, signals, cut, _ = parts(learn)
    mean, deviation = signals.iloc[:cut].mean(), signals.iloc[:cut].std(ddof=0)
    ahead = HORIZON if "direct" in name else 1

    def at(column, place):
        last = len(signals) - 1
        if place > last:  # past the file: the value stays, so its change is 0
            return signals[column].iloc[last] if learn == "level" else 0.0
        return signals[column].iloc[place]

    def row(place, target):
        found = [target if target is not None else signals["Close"].iloc[place]]
        for column in ("Open", "Volume"):
            if column in known:
                found.append(at(column, place + ahead))
            elif place <= origin:
                found.append(at(column, place))
            else:  # its last value is held
                found.append(at(column, origin) if learn == "level" else 0.0)
        return (np.array(found) - mean.to_numpy()) / deviation.to_numpy()

    rows = [row(place, None) for place in range(origin - STEPS + 1, origin + 1)]
    cell, weights, found = one.cell(CELLS[name.split("-")[0]]), one.weights, []
    while len(found) < HORIZON:
        hidden = run(cell, np.array(rows[-STEPS:])[:, None])["h"][-1, 0]
        said = weights["readout.weight"] @ hidden + weights["readout.bias"]
        found += (said * deviation["Close"] + mean["Close"]).tolist()
        rows.append(row(origin + len(found), found[-1]))
    return np.array(found) if learn == "level" else values[origin] + np.cumsum(found)


CASES = [("change", ()), ("level", ("Volume",)), ("change", ("Open", "Volume"))]


@pytest.mark.parametrize(("learn", "known"), CASES)
def test_what_is_forecast_is_what_pandas_and_a_loop_find(learn, known):
    own = trained(learn, tuple({"Open": 1, "Volume": 3}[name] for name in known))
    values, _, _, test = parts(learn)
    at = np.arange(test - 1, len(values) - HORIZON)
    assert own.facts.origins == at.tolist()
    for name, one in own.runs.items():
        found = np.array([forecast_of(one, name, learn, known, origin) for origin in at])
        np.testing.assert_allclose(own.facts.forecasts[name], found, atol=1e-4)  # 32 bits there
        truth = np.array([values[origin + 1 : origin + 1 + HORIZON] for origin in at])
        np.testing.assert_allclose(own.facts.errors[name], np.abs(found - truth).mean(axis=0), atol=1e-4)


def expected_ahead(own, name, learn, known):
    """Forecasts after the last value, how far their intervals reach, and how often those held on the test part."""
    values, _, cut, test = parts(learn)
    reach, held = [], []
    for h in range(1, HORIZON + 1):
        missed = sorted(abs(forecast_of(own.runs[name], name, learn, known, k)[h - 1] - values[k + h])
                        for k in range(cut - 1, test - h))  # fmt: skip
        reach.append(missed[int(np.ceil(LEVEL * (len(missed) + 1))) - 1])
        said = np.array(own.facts.forecasts[name])[:, h - 1]
        held.append(sum(abs(said[j] - values[k + h]) <= reach[-1] for j, k in enumerate(own.facts.origins)))
    return forecast_of(own.runs[name], name, learn, known, len(values) - 1), np.array(reach), held


@pytest.mark.parametrize("name", ["gru", "lstm-direct"])
@pytest.mark.parametrize(("learn", "known"), CASES[:2])
def test_tomorrow_is_what_pandas_and_a_loop_find(learn, known, name):
    own = trained(learn, tuple({"Open": 1, "Volume": 3}[name] for name in known))
    found = tomorrow(own.facts, name, own.runs[name].weights)
    forecast, reach, held = expected_ahead(own, name, learn, known)
    np.testing.assert_allclose(found.forecast, forecast, atol=1e-9)
    np.testing.assert_allclose(found.reach, reach, atol=1e-9)
    assert found.covered.tolist() == held
    assert found.tested == len(own.facts.origins)


def test_a_downloaded_network_has_the_name_and_scale_of_every_column_it_reads(tmp_path):
    learn, known = "change", ("Volume",)
    made = trained(*CASES[0])
    made = replace(made, facts=replace(made.facts, settings=settings(learn, (3,))))
    file = tmp_path / "gru-direct.safetensors"
    file.write_bytes(
        packed("series", "gru-direct", made.runs["gru-direct"], made.facts, scaled(made.facts, "gru-direct"))
    )
    with safe_open(file, framework="np") as opened:
        columns = json.loads(opened.metadata()["inputs"])
        assert opened.get_tensor("cell.weight_ih_l0").shape[1] == len(columns)
    _, signals, cut, _ = parts(learn)
    assert [(column["name"], column["known"]) for column in columns] == [
        (name, name in known) for name in ("Close", "Open", "Volume")
    ]
    for column in columns:
        part = signals[column["name"]].iloc[:cut]
        assert (column["mean"], column["deviation"]) == pytest.approx((part.mean(), part.std(ddof=0)), rel=1e-12)


def test_nothing_that_is_held_back_of_an_input_moves_a_weight():
    """Known in advance, the values before a cut alone are read while a network learns; scales are theirs, too."""
    own = settings(known=(3,))
    cut = parts("change")[2] + 1  # of the values, of which the first has no change
    moved = [replace(one, values=(*one.values[:cut], *(7.0 * k for k in range(len(one.values) - cut))))
             for one in own.inputs]  # fmt: skip
    other = train(replace(own, inputs=tuple(moved)), lambda *_: None)
    for name, one in trained(known=(3,)).runs.items():
        for key, array in one.weights.items():
            np.testing.assert_array_equal(other.runs[name].weights[key], array)
    assert other.facts.forecasts["lstm"] != trained(known=(3,)).facts.forecasts["lstm"]


def test_the_interval_holds_as_often_as_it_says():
    """Of errors that are alike, a share of 80 % and a little more is within; of three, nothing can be said."""
    random, held = np.random.default_rng(0), 0
    for _ in range(4000):
        errors = np.abs(random.standard_cauchy(10))
        held += errors[0] <= conformal(errors[1:])
    assert LEVEL - 0.02 < held / 4000 < LEVEL + 0.02  # rank 8 of 9 + 1
    assert np.isnan(conformal(np.ones(3)))
    assert conformal(np.array([3.0, 1, 2, 4])) == 4


def test_any_input_and_whether_it_is_known_changes_the_identity():
    own = settings()
    again = settings()
    assert own.identity == again.identity
    one = own.inputs[0]
    for other in (Input("x", one.values), replace(one, known=True), replace(one, values=(0.0, *one.values[1:]))):
        assert replace(own, inputs=(other, *own.inputs[1:])).identity != own.identity


# ---- the file's calendar, and rows past the last value ---------------------------------------------------------------


@pytest.mark.parametrize("rule", ["B", "D", "W-TUE", "MS", "ME", "QS", "YS", "h", "90min"])
def test_the_dates_after_a_file_are_those_of_its_calendar(rule):
    every = pd.date_range("2019-01-01", periods=72, freq=rule)
    frame = pd.DataFrame({"when": every[:60].strftime("%Y-%m-%d %H:%M"), "y": np.arange(60) % 7 + 0.5})
    series = read(frame.to_csv(index=False).encode()).series
    assert pd.DatetimeIndex(series.after).tolist() == every[60:].tolist()


def test_rows_past_the_last_value_tell_of_what_is_known_in_advance():
    more = pd.DataFrame({"Date": pd.bdate_range(DAYS[-1], periods=3)[1:].strftime("%Y-%m-%d"), "Volume": [6100, 6200]})
    data = pd.concat([FRAME, more]).to_csv(index=False).encode()
    plan = dict(zip(("Open", "Volume"), settings(known=(3,), data=data).inputs, strict=True))
    assert plan["Volume"].values == (*FRAME["Volume"], 6100.0, 6200.0)
    assert plan["Open"].values == tuple(FRAME["Open"])
    assert settings(data=data).values == tuple(FRAME["Close"])


# ---- the page --------------------------------------------------------------------------------------------------------


def until(test, expected, seconds=60.0):
    end = time.monotonic() + seconds
    while expected not in text(test):
        assert time.monotonic() < end, text(test)[-2000:]
        time.sleep(0.2)
        test.run()
        assert not test.exception


@pytest.fixture
def own_jobs(one, monkeypatch):
    for module in ("trained.panel", "training.torch_check"):
        monkeypatch.setattr(f"app.{module}.jobs", lambda: one)
    return one


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_reader_sees_and_downloads_tomorrow(own_jobs, language, monkeypatch):
    """Close of a file as Yahoo writes them, with a Volume whose heading is a formula, trained on the page."""
    written = {}
    monkeypatch.setattr(
        "app.page.views.st.download_button", lambda _, made, name, *a, **k: written.update({name: made})
    )
    words = labels(language) | labels(language, "series")
    data = FILE.replace(b"Volume", b"=Volume", 1)
    test = uploaded(data, language, steps=f"{STEPS}", horizon=f"{HORIZON}", units="3", epochs="10", learn="level")
    assert control(test, "target").value == 2
    assert words["tomorrow.none"] in text(test)
    control(test, "inputs").set_value([3]).run()
    control(test, "known").set_value([3]).run()
    assert words["upload.advance"] in plain(text(test))
    test.button(key="train").click().run()
    until(test, words["trainer.shown.own"])
    job = own_jobs.known[0]
    assert [(one.name, one.known) for one in job.settings.inputs] == [("=Volume", True)]
    own = own_jobs.trained(job.reader, job.task, job.settings)
    rows = list(csv.DictReader(io.StringIO(written["tomorrow.csv"]())))
    assert [row["date"] for row in rows] == pd.bdate_range(DAYS[-1], periods=4)[1:].strftime("%Y-%m-%d").tolist()
    assert {float(row["'=Volume"]) for row in rows} == {FRAME["Volume"].iloc[-1]}
    assert {float(row["naive"]) for row in rows} == {FRAME["Close"].iloc[-1]}
    picture = next(each.proto.json for each in test.get("bidi_component") if "band" in each.proto.json)
    for way, name in (("iterated", own.facts.best), ("direct", f"{own.facts.best}-direct")):
        found = tomorrow(own.facts, name, own.runs[name].weights)
        for k, row in enumerate(rows):
            assert float(row[way]) == found.forecast[k]  # in full
            assert (float(row[f"{way} low"]), float(row[f"{way} high"])) == (found.low[k], found.high[k])
            assert scientific(float(row[way]), 4) in json.loads(picture).__str__()
            assert words["tomorrow.of"].format(covered=row[f"{way} covered"], tested=row[f"{way} tested"]) in text(test)
        covered, tested = sum(found.covered), found.tested * HORIZON
        assert words["tomorrow.covered"].format(
            name=f"{words[f'run.{own.facts.best}']}, {words[f'forecast.way.{way}']}", covered=covered, tested=tested,
            share=f"{100 * covered / tested:.0f}", level="80", windows=found.tested,
        ) in text(test)  # fmt: skip
    stage = next(each.proto.json for each in test.get("bidi_component") if '"columns"' in each.proto.json)
    assert f'"{words["inputs.target"]}", "=Volume"' in json.dumps(json.loads(stage), ensure_ascii=False)
