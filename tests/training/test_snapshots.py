"""What networks are watched on while they learn: it is what torch computes, it is little, and it changes nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import msgspec
import numpy as np
import pytest
import torch

from app.lessons.recall import snapshot as recall
from app.lessons.recall import train as recall_train
from app.lessons.recall.records import DEFAULTS
from app.lessons.series import snapshot as series
from app.lessons.series import train as series_train
from app.lessons.series.inputs import Signals
from app.lessons.series.windows import folds
from app.lessons.text import snapshot as texts
from app.lessons.text import train as text_train
from app.lessons.text.corpus import corpus
from app.training import worker
from app.training.network import Network
from app.training.saved import kind_of
from app.training.worker import Progress

pytestmark = pytest.mark.training

SERIES = replace(series_train.SHIPPED, epochs=2, units=3)
TEXT = replace(text_train.SHIPPED, sources=("own",), lines=corpus("en")[:60], epochs=2, units=3)
RECALL = replace(DEFAULTS, n=6, updates=50, units=4)
LESSONS = {"series": (series_train, SERIES), "text": (text_train, TEXT), "recall": (recall_train, RECALL)}
SIZE = 2000  # bytes of an entry


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_training_that_is_watched_gives_the_same_weights_to_the_bit(lesson, monkeypatch):
    monkeypatch.setattr(worker, "PACE", 0.0)
    monkeypatch.setattr(worker, "LOOKS", 0.0)
    train, settings = LESSONS[lesson]
    entries = []
    progress = Progress(entries.append, lambda: True, partial(train.snapshot, settings))
    watched, alone = train.train(settings, progress.report), train.train(settings, lambda *progress: None)
    for name, run in alone.runs.items():
        for weight, array in run.weights.items():
            np.testing.assert_array_equal(watched.runs[name].weights[weight], array)
    assert all(len(entry.snapshot) > 1 for entry in entries)  # after every epoch, as there is no limit here
    assert max(len(msgspec.json.encode(entry)) for entry in entries) < SIZE
    last = {entry.run: entry.snapshot for entry in entries}
    for name, run in watched.runs.items():
        np.testing.assert_allclose(last[name], train.snapshot(settings, name, run.weights), rtol=1e-4)


def test_at_most_four_snapshots_are_taken_a_second_and_one_after_the_last_epoch(monkeypatch):
    entries, now = [], [0.0]
    progress = Progress(entries.append, lambda: True, lambda *of: [1.0] * 60)
    monkeypatch.setattr(worker.time, "monotonic", lambda: progress.began + now[0])
    for epoch in range(1, 201):
        now[0] = epoch / 100
        progress.report("lstm", worker.Losses(epoch, 0.5, 0.5), 200, epoch / 200, {})
    looked = [entry for entry in entries if entry.snapshot]
    assert len(entries) > 2 * len(looked)
    assert 6 <= len(looked) <= 2 * 4 + 1
    assert looked[-1].losses.epoch == 200
    assert len(msgspec.json.encode(entries[-1])) < SIZE


@pytest.mark.parametrize("name", ["lstm", "gru-direct", "rnn-1"])
def test_a_series_is_forecast_as_torch_forecasts_it(name):
    torch.manual_seed(0)
    kind, ahead = kind_of(name), SERIES.horizon if "direct" in name else 1
    made = Network(kind, 1, 3, ahead)
    weights = {key: tensor.detach().numpy() for key, tensor in made.state_dict().items()}
    signals = Signals(SERIES)
    rolls, _ = folds(len(signals.values), SERIES.steps, SERIES.horizon)
    scalers = signals.scalers(rolls[0 if name.endswith("1") else -1].cut)
    learned = series_train.Learned(signals, scalers, made, ahead, None)
    theirs = learned.forecasts(np.array([series.origin(SERIES)]), SERIES.horizon)[0]
    np.testing.assert_allclose(series.snapshot(SERIES, name, weights), theirs, atol=1e-5)  # 32 bits there
    assert series.origin(SERIES) + 1 == rolls[-1].cut  # all it reads is of the training part


def test_a_review_is_judged_as_torch_judges_it():
    torch.manual_seed(0)
    words, indices = texts.sample("vi", ())
    made = Network("gru", 8, 3, 1, 400)
    weights = {key: tensor.detach().numpy() for key, tensor in made.state_dict().items()}
    theirs = torch.sigmoid(made(torch.tensor(indices)[:, None])[:, 0, 0]).detach().numpy()
    assert len(words) == len(theirs)
    settings = replace(TEXT, sources=("vi",))
    for name in ("gru", "vi-gru"):
        np.testing.assert_allclose(texts.snapshot(settings, name, weights), theirs, atol=1e-5)


@pytest.mark.parametrize("task", ["recall", "adding"])
def test_sequences_are_answered_as_torch_answers_them(task):
    torch.manual_seed(0)
    settings = replace(RECALL, task=task)
    x, answers = recall.sample(settings)
    made = recall_train.Trial(settings).network("lstm")
    weights = {key: tensor.detach().numpy() for key, tensor in made.state_dict().items()}
    read = made(torch.tensor(x, dtype=torch.float32))[-1].detach()
    theirs = read.softmax(1)[range(4), answers] if task == "recall" else read[:, 0]
    np.testing.assert_allclose(recall.snapshot(settings, f"{task}-lstm", weights), theirs, atol=1e-5)
    if task == "recall":
        assert (x[0].argmax(1) == answers).all()
        assert sorted(answers) == [0, 1, 2, 3]
