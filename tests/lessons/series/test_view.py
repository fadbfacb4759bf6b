"""The lesson `series`: its words follow the numbers, in both languages, whatever file or address comes."""

import json
from collections import defaultdict
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from app.formatting import scientific
from app.i18n import LANGUAGES, labels
from app.lessons.series.pictures import WIDTH, forecasts
from app.lessons.series.records import TASK
from app.lessons.series.sections import shown
from app.lessons.series.sources import series_of
from app.lessons.series.table import view as table_view
from app.lessons.series.table.records import Choices, TableError
from app.lessons.series.verdicts import verdict
from app.lessons.series.view import (
    EPOCHS,
    HORIZON,
    SEED,
    SHARE,
    STEPS,
    UNITS,
    beats,
    challenge_state,
    horizons_won,
    printed,
    values_of,
)
from app.lessons.series.windows import baselines, folds, origins
from app.trained.learning import WORSE
from app.training.saved import shipped
from tests.lessons.series.table.shapes import OHLC, SHAPES
from tests.page.test_every_page import expect_told, opened, text
from tests.support.sliders import move, sliders

FACTS = shipped(TASK).facts
LONG = ("date,value\n" + "".join(f"{1990 + k // 12}-{k % 12 + 1:02d}-01,{k % 12}\n" for k in range(120))).encode()
AHEAD = 4  # steps that a file is forecast
REFUSED = (
    "bad: nothing",
    "bad: markup",
    "bad: no such day",
    "bad: an open quote",
    "bad: a damaged workbook",
    "a time twice",
)


def words(language):
    return labels(language) | labels(language, "series")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("given", ["yes", "no"])
def test_the_question_is_answered_by_the_errors(given, language):
    test = opened("series", lang=language)
    test.button_group(key="series-beats").set_value(given).run()
    assert not test.exception
    answer = "yes" if beats(FACTS) else "no"
    assert words(language)[f"predict.{'right' if given == answer else 'wrong'}"] in text(test)
    best = words(language)[f"run.{FACTS.best}"]
    own, free = (printed(FACTS.errors[name][0]) for name in (FACTS.best, "naive"))
    assert words(language)[f"beats.reveal.{answer}"].format(best=best, own=own, naive=free) in text(test)


def guessed(**query):
    """The page after a guess, right or wrong."""
    test = opened("series", **query)
    test.button_group(key="series-beats").set_value("no").run()
    assert not test.exception
    return test


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_tells_the_answer_before_the_guess(language):
    """No error of the test part, no forecast of a network there, no verdict, and not how many horizons are won."""
    test, texts = opened("series", lang=language), words(language)
    before, after = text(test), guessed(lang=language)
    for name in (FACTS.best, "naive"):
        assert printed(FACTS.errors[name][0]) not in before
        assert printed(FACTS.errors[name][0]) in text(after)
    assert not [each for each in test.get("plotly_chart") if '"errors"' in each.proto.id]
    assert texts["goal.covered"] in [box.value for box in test.info]
    assert before.count(texts["predict.hidden"]) == 3  # the forecasts, the errors, those of the folds
    assert texts["predict.hidden"] not in text(after)
    cells = [f"curve {kind}" for kind in ("rnn", "lstm", "gru")]
    assert not any(cell in drawn(test) for cell in cells)
    assert all(cell in drawn(after) for cell in cells)
    assert all("curve naive" in drawn(each) for each in (test, after))


def errors(**changes):
    return replace(FACTS, errors={**FACTS.errors, **changes})


def test_a_network_wins_or_loses_by_its_numbers():
    naive, best = FACTS.errors["naive"], FACTS.best
    assert beats(errors(**{best: [0.99 * e for e in naive]}))
    assert not beats(errors(**{best: naive}))
    assert horizons_won(errors(**{best: naive}), 0.9) == 0
    assert horizons_won(errors(**{best: [0.0] * len(naive)}), 0.9) == len(naive)
    assert horizons_won(errors(**{best: [0.0, *naive[1:]]}), 0.9) == 1


def test_the_challenge_is_open_on_arrival_and_no_control_alone_solves_it():
    """It follows from what is trained: nothing that is only set does anything. test_train.py trains a solution."""
    steps = {setting.name: setting.text(setting.default + setting.step) for setting in (STEPS, HORIZON, UNITS, EPOCHS)}
    for query in ({}, steps | {"seed": f"{SEED.default + SEED.step}", "forecast": "direct"}, {"series": "made"}):
        test = guessed(**query)
        assert not test.success
        told = words("en")["goal.open"].format(
            best=words("en")[f"run.{FACTS.best}"], share="10", count=f"{horizons_won(FACTS, SHARE)}", horizon="8"
        )
        assert told in [box.value for box in test.info]


@pytest.mark.parametrize(("share", "horizon", "state"), [(0.95, 8, "open"), (0.85, 8, "solved"), (0.85, 1, "single")])
def test_the_challenge_wants_every_horizon_and_more_than_one(share, horizon, state):
    least = np.min([FACTS.errors[name] for name in ("naive", "drift", "seasonal")], axis=0)
    found = {name: each[:horizon] for name, each in FACTS.errors.items()}
    found[FACTS.best] = (share * least[:horizon]).tolist()
    facts = replace(FACTS, errors=found, settings=replace(FACTS.settings, horizon=horizon))
    assert challenge_state(facts, SHARE) == state


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_test_part_can_tell(language):
    """Thirteen windows one step ahead decide little; eight steps ahead they overlap, and nothing can be told."""
    shown, texts = text(guessed(lang=language)), words(language)
    values, at = values_of(FACTS.settings), np.array(FACTS.origins)
    best, states = texts[f"run.{FACTS.best}"], {}
    for h in (1, FACTS.settings.horizon):
        own, *others = (
            np.abs(np.array(FACTS.forecasts[name])[:, h - 1] - values[at + h])
            for name in (FACTS.best, "naive", "drift", "seasonal")
        )
        for name, other in zip(("naive", "drift", "seasonal"), others, strict=True):
            found = verdict(own, other, h)
            states[name, h] = found.state
            assert texts[f"verdict.{found.state}"].format(
                horizon=f"{h}", best=best, baseline=texts[f"verdict.name.{name}"],
                own=printed(own.mean()), free=printed(other.mean()), low=printed(found.low), high=printed(found.high),
                windows=f"{len(at)}", independent=f"{len(at) // h}",
            ) in shown  # fmt: skip
    assert {state for (_, h), state in states.items() if h > 1} == {"few"}
    assert states["naive", 1] == "open"
    assert states["seasonal", 1] == "won"


@pytest.mark.parametrize("language", LANGUAGES)
def test_overfitting_is_pointed_at(language):
    losses = shipped(TASK).runs[FACTS.best].losses
    least = min(losses, key=lambda epoch: epoch.valid)
    assert losses[-1].valid > WORSE * least.valid
    expected = words(language)["overfit.yes"].format(
        best=words(language)[f"run.{FACTS.best}"], epoch=f"{least.epoch}", last=f"{losses[-1].epoch}",
        least=printed(least.valid), end=printed(losses[-1].valid),
        before=printed(losses[0].train), after=printed(losses[-1].train),
    )  # fmt: skip
    assert expected in text(opened("series", lang=language))


def drawn(test) -> str:
    """What the picture of the forecasts is sent."""
    return next(
        json.dumps(json.loads(each.proto.json), ensure_ascii=False)
        for each in test.get("bidi_component")
        if "curve truth" in each.proto.json and "curve naive" in each.proto.json  # not the networks' sample
    )


@pytest.mark.parametrize("name", ["AAPL", "made"])
def test_a_chosen_series_and_its_baselines_are_shown_at_once(name):
    series, horizon, steps = series_of(name), HORIZON.default, STEPS.default
    values = np.array(series.values[1:])
    test = folds(len(values), steps, horizon)[1]
    at = origins(test.cut, test.end, steps, horizon)
    shown = drawn(opened("series", series=name))
    assert "curve lstm" not in shown
    origin = at[len(at) // 2]
    for free, found in baselines(values, at, horizon, series.season, test.cut).items():
        date = str(series.dates[1:][origin + horizon])
        assert f"{words('en')[f'forecast.{free}']} · {date}: {scientific(found[len(at) // 2][-1], 4)}" in shown


def test_the_table_has_the_first_and_the_last_horizon():
    assert [shown(h) for h in (1, 2, 3, 8, 12)] == [[1], [1, 2], [1, 2, 3], [1, 3, 6, 8], [1, 5, 8, 12]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_what_the_networks_have_learned(language):
    other, sizes = words(language)["forecast.other"], words(language)["forecast.sizes"]

    def told(**query):
        shown = {box.value for box in opened("series", lang=language, **query).info}
        return shown - {box.value for box in opened("series", lang=language).info}  # the challenge's state

    for query, name in (({"series": "made"}, "made"), ({"learn": "level"}, "GOOG"), ({"steps": "8"}, "GOOG")):
        assert other.format(series=words(language)[f"series.{name}"]) in told(**query)
    assert told(seed="3") == {sizes}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["hold", "linear", "mean"])
def test_resampling_is_reported_in_numbers(way, language):
    test = opened("series", lang=language, resample=way, share="0")
    assert not test.exception
    began = words(language)[f"sampling.notice.{way}"].format_map(defaultdict(str, seen="105", total="105"))
    assert began[:20] in text(test)
    values = series_of("GOOG").values
    periods = [np.mean(values[max(0, k - 3) : k + 1]) for k in range(0, len(values), 4)]
    error = np.abs(periods - values[::4]).mean() if way == "mean" else 0.0
    assert printed(float(error)) in line_of(test, began[:20])


def line_of(test, began):
    return next(line for line in text(test).split("\n") if line.startswith(began))


def uploaded(data, language="en", **query):
    test = opened("series", lang=language, series="own", **query)
    test.file_uploader(key="file").set_value(("own.csv", data, "text/csv")).run()
    assert not test.exception
    return test


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", [each for each in SHAPES if each.name in REFUSED], ids=lambda shape: shape.name)
def test_what_is_wrong_with_a_file_stands_on_the_page(shape, language):
    test, (reason, line, cell) = uploaded(shape.data, language), shape.error
    assert len(test.error) == 1
    assert words(language)[f"upload.problem.{reason}"].split("{")[0] in test.error[0].value
    assert not line or f"{line}" in test.error[0].value
    assert cell not in text(test) or not cell.startswith("<")
    shown = [code.value for code in test.code if "torch.nn" not in code.value]  # not the program of a download
    assert shown == ([cell] if cell else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_file_is_taken_and_a_short_one_reported(language):
    test = uploaded(LONG, language)
    assert not test.error
    assert not test.warning
    assert "120" in text(test)  # of so many values some are missing: the section follows the file
    short = uploaded(LONG[:400], language)
    assert words(language)["short"].split("{")[0] in short.warning[0].value


def control(test, name):
    """The control of one choice for the file that is shown."""
    return next(each for each in (*test.selectbox, *test.multiselect) if each.key.endswith(f"-{name}"))


def columns(frame, place):
    return frame[frame.columns[place]].to_numpy(float)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_chooses_columns_and_every_page_number_follows(language):
    """What the page shows of an upload is what pandas finds in it: baselines of the chosen column."""
    frame = pd.read_csv(StringIO(OHLC), sep=",", decimal=".", header=0, parse_dates=["Date"])
    test = uploaded(OHLC.encode(), language, learn="level", steps="4", horizon=f"{AHEAD}")
    expect_baselines(test, frame, 4, language)
    target = control(test, "target")
    assert target.value == 4
    assert control(test, "time").value == [0]
    target.set_value(6).run()
    assert not test.exception
    expect_baselines(test, frame, 6, language)
    control(test, "inputs").set_value([4]).run()
    expect_baselines(test, frame, 6, language)
    assert control(test, "inputs").value == [4]
    test.button_group(key="series-series").set_value("MSFT").run()
    test.button_group(key="series-series").set_value("own").run()
    test.file_uploader(key="file").set_value(("own.csv", OHLC.encode(), "text/csv")).run()
    assert control(test, "target").value == 6  # what was chosen for a file is kept with it


def expect_baselines(test, frame, place, language):
    """The naive, the drifting and the seasonal forecast from the middle of the test part, by pandas alone."""
    series = pd.Series(columns(frame, place), index=pd.DatetimeIndex(frame["Date"]))
    horizon, count = AHEAD, len(frame)
    begin = count - count // 5 - 1
    places = range(begin, count - horizon)
    origin = places[len(places) // 2]
    known = series.iloc[: origin + 1]
    ahead = series.index[origin + horizon]
    season = 5  # working days
    expected = {
        "naive": known.iloc[-1],
        "drift": known.iloc[-1] + horizon * known.diff().mean(),
        "seasonal": known.iloc[-1 - (-horizon) % season],
    }
    shown = drawn(test)
    for name, value in expected.items():
        label = words(language)[f"forecast.{name}"]
        assert f"{label} · {ahead:%Y-%m-%d}: {scientific(float(value), 4)}" in shown


def test_a_doubtful_reading_is_a_choice():
    shape = next(each for each in SHAPES if each.name == "times: either way, English")
    test = uploaded(shape.data, steps="4")
    order = control(test, "order-0")
    assert order.value == "month"
    frequency = words("en")["upload.frequency.month"].format(season="12")
    assert frequency in text(test)
    order.set_value("day").run()
    assert not test.exception
    assert frequency not in text(test)
    assert control(test, "order-0").value == "day"


def test_counted_rows_are_shown_without_dates():
    test = uploaded(("t,Load\n" + "".join(f"{k + 7},{k % 5}\n" for k in range(80))).encode())
    assert not test.error
    assert words("en")["upload.frequency.count"] in text(test)
    assert "· 86: " in drawn(test)


ASKED = (
    *(setting.name for setting in (STEPS, HORIZON, UNITS, EPOCHS)),
    "seed",
    "share",
    "series",
    "learn",
    "forecast",
    "day",
    "after",
    "resample",
    "run",
    "sample",
    "epoch",
)


@pytest.mark.parametrize("name", [*ASKED, "at", "unit", "way"])
def test_a_bad_address_is_reported(name):
    for value in ("x", "-1", "999", "<b>", ""):
        expect_told("series", name, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_day_is_answered_with_the_good_ones(language):
    test = opened("series", lang=language, day="2019-13-01")
    days = sliders(test)["day"]["places"]["options"]
    expected = words(language)["forecast.unknown"].format(key="day", first=days[0], last=days[-1])
    assert [box.value for box in test.warning] == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_reopens_the_forecast(language):
    test = guessed(lang=language)
    day = sliders(test)["day"]["places"]["options"][3]
    move(test, "day", day)
    test.button_group(key="series-forecast").set_value("direct").run()
    title = words(language)["forecast.title"].format(series=words(language)["series.GOOG"], date=day)
    assert title in text(test)
    again = guessed(lang=language, day=day, forecast="direct")
    assert title in text(again)
    assert not again.warning
    assert drawn(test) == drawn(again)
    assert drawn(test) != drawn(guessed(lang=language, forecast="direct"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_file_says_that_it_must_be_chosen_again(language):
    expected = words(language)["upload.none"]
    assert expected in [box.value for box in opened("series", lang=language, series="own").info]
    assert expected not in [box.value for box in opened("series", lang=language).info]
    assert expected not in [box.value for box in uploaded(LONG, language).info]


def test_a_picture_begins_on_a_phone_where_the_window_does_and_at_its_end_where_the_forecast_is_the_end():
    words = dict.fromkeys(["alt", "unit", "window", "truth", "naive"], "-")
    dates, values = [f"2024-01-{day:02d}" for day in range(1, 31)], [float(day % 7) for day in range(30)]
    middle = forecasts(dates, values, 14, 5, {"naive": [1.0, 1.0]}, words)
    start = float(middle.find("rect").get("x"))
    assert float(middle.get("data-start")) == pytest.approx(start / WIDTH, abs=1e-3)
    end = forecasts(dates, values[:28], 27, 5, {"naive": [1.0, 1.0]}, words)
    assert end.get("data-start") == "1"


def test_a_refused_file_is_not_read_again(monkeypatch):
    """It was parsed anew at each rerun of the page, for 3.7 s."""
    asked = []

    def refuse(data, choices):
        asked.append(data)
        raise TableError("empty")

    monkeypatch.setattr(table_view, "read", refuse)
    table_view.understood.clear()
    told = [table_view.understood(b"no table", Choices())[2].reason for _ in range(3)]
    table_view.understood.clear()
    assert told == ["upload.problem.empty"] * 3
    assert len(asked) == 1
