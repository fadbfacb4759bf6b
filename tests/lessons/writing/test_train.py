from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from app.lessons.writing import train as module
from app.lessons.writing.corpus import OWN
from app.lessons.writing.model import bits, measured, writer
from app.lessons.writing.records import WritingSettings
from app.lessons.writing.train import Streams, snapshot, train
from app.lessons.writing.units import FEATURES
from app.training.network import Network
from cells import run
from tests.support.ngrams import Ngrams

TEXT = "".join(f"{'abcde'[k % 5] * 3} {'vwxyz'[k % 3]}{k % 7}\n" for k in range(500))
STEPS = 100
OWN_TEXT = WritingSettings(sources=(OWN,), kinds=("gru",), text=TEXT, units=12, epochs=6, dropped=0.1)


def test_a_network_learns_a_text_of_ones_own(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", np.inf)  # whatever else the machine does
    told = []
    made = train(OWN_TEXT, lambda run, losses, epochs, share, weights: told.append((run, losses, share, weights)))
    facts = measured(made)
    assert facts.lines == TEXT[: facts.learned].count("\n")
    assert facts.learned + facts.checked + facts.held == len(TEXT)
    assert abs(facts.checked - facts.held) <= 1
    held = TEXT[-facts.held :]
    assert facts.bits["gru"] < facts.ngrams[0] < np.log2(len(facts.letters))
    assert facts.ngrams[2] == pytest.approx(Ngrams(TEXT[: facts.learned], 2, len(facts.letters)).bits(held), rel=1e-12)
    assert bits(writer(made, "gru"), held) == facts.bits["gru"]
    assert [losses.epoch for _, losses, _, _ in told] == [k * OWN_TEXT.updates for k in range(1, 7)]
    assert [share for _, _, share, _ in told] == pytest.approx([k / 6 for k in range(1, 7)])
    sample = "".join(chr(int(code)) for code in snapshot(OWN_TEXT, told[-1][0], told[-1][3]))
    assert (len(sample), set(sample) <= set(facts.letters)) == (120, True)
    assert made.facts.settings == replace(OWN_TEXT, text="")  # a reader's text is not kept with what it gave


def test_the_same_seed_gives_the_same_network():
    short = replace(OWN_TEXT, kinds=("rnn",), epochs=1)
    runs = [train(replace(short, seed=seed), lambda *_: None).runs["own-rnn"].weights for seed in (1, 1, 2)]
    same = [np.array_equal(runs[0]["readout.weight"], run["readout.weight"]) for run in runs]
    assert same == [True, True, False]


def test_streams_pass_the_state_on_from_update_to_update():
    letters = tuple(sorted(set(TEXT)))
    streams = Streams.of(TEXT, letters, STEPS)
    assert torch.equal(streams.letters[1:], streams.after[:-1])
    torch.manual_seed(0)
    network = Network("lstm", len(letters), 3, len(letters))
    whole, _ = streams.loss(network, None, slice(2 * STEPS), 0)
    first, state = streams.loss(network, None, slice(STEPS), 0)
    second, _ = streams.loss(network, state, slice(STEPS, 2 * STEPS), 0)
    assert len(streams.letters) >= 2 * STEPS
    assert whole.item() == pytest.approx((first.item() + second.item()) / 2, abs=1e-6)
    assert len(streams.letters) // STEPS < OWN_TEXT.updates  # so that a pass over this text is shorter than an epoch


def test_the_units_to_watch_are_found_on_what_is_held_back():
    made = train(replace(OWN_TEXT, epochs=1), lambda *_: None)
    facts, network = measured(made), writer(made, "gru")
    text = TEXT[-facts.held :]
    values = run(network.cell, network.one_hot(network.indices(text)))["h"]
    for one in facts.watched["gru"]:
        assert one.r == pytest.approx(np.corrcoef(FEATURES[one.feature](text), values[:, one.unit])[0, 1])
    assert {"spaces", "word"} & {one.feature for one in facts.watched["gru"]}


def test_what_is_learned_by_heart_is_not_kept(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", np.inf)
    noise = np.random.default_rng(0)
    text = "".join(f"{''.join(noise.choice(list('abcdefgh'), 30))}\n" for _ in range(80))
    made = train(replace(OWN_TEXT, text=text, units=32, epochs=60, rate=0.02, dropped=0.0), lambda *_: None)
    run_ = made.runs["own-gru"]
    [kept] = run_.checkpoints
    by_update = {losses.epoch: losses for losses in run_.losses}
    assert kept < run_.losses[-1].epoch < 60 * OWN_TEXT.updates  # it ended before, for it got no better
    assert by_update[kept].valid < run_.losses[-1].valid
    assert run_.losses[-1].train < by_update[kept].train


def test_on_a_slow_machine_time_ends_every_epoch_and_the_rate_falls_to_its_end(monkeypatch):
    now = [0.0]

    def tick() -> float:
        now[0] += 0.5
        return now[0]

    monkeypatch.setattr(module.time, "monotonic", tick)
    told = []
    made = train(replace(OWN_TEXT, epochs=20), lambda run, losses, *rest: told.append((losses.epoch, rest[0], now[0])))
    updates = [epoch for epoch, _, _ in told]
    assert updates[-1] < 20 * OWN_TEXT.updates == told[0][1]
    assert now[0] < module.SECONDS + 2 * 20  # as many looks at the clock as there are epochs, at most
    assert all(a < b for a, b in pairwise(updates))  # an update at least
    assert len(updates) > 15
    assert [losses.epoch for losses in made.runs["own-gru"].losses] == updates


def test_a_text_that_the_course_has_is_learned_to_the_end(monkeypatch):
    monkeypatch.setattr(module, "corpus", lambda source: TEXT)
    monkeypatch.setattr(module, "SECONDS", 0.0)
    made = train(replace(OWN_TEXT, sources=("kieu",), text="", epochs=2), lambda *_: None)
    assert list(made.runs["kieu-gru"].checkpoints) == [2 * OWN_TEXT.updates]
    assert measured(made).checked == 0


def test_a_letter_that_stands_in_no_part_is_of_the_alphabet_all_the_same(monkeypatch):
    monkeypatch.setattr("app.lessons.writing.corpus.CHECKED", 20)
    at = len(TEXT) - 250  # held back, and neither measured on nor decided by
    text = TEXT[:at] + "#" + TEXT[at + 1 :]
    settings, told = replace(OWN_TEXT, text=text, epochs=1), []
    made = train(settings, lambda run, losses, epochs, share, weights: told.append(snapshot(settings, run, weights)))
    facts = measured(made)
    assert "#" in facts.letters
    assert "#" not in text[: facts.learned] + text[-facts.held :]
    assert len(told[0]) == 120
