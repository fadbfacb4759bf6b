from dataclasses import replace

import numpy as np
import pytest
import torch

from app.lessons.writing.corpus import OWN
from app.lessons.writing.model import bits, measured, writer
from app.lessons.writing.records import WritingSettings
from app.lessons.writing.train import STEPS, UPDATES, Streams, snapshot, train
from app.training.network import Network
from tests.support.ngrams import Ngrams

TEXT = "".join(f"{'abcde'[k % 5] * 3} {'vwxyz'[k % 3]}{k % 7}\n" for k in range(500))
OWN_TEXT = WritingSettings(sources=(OWN,), kinds=("gru",), text=TEXT, units=12, epochs=6, dropped=0.1)


def test_a_network_learns_a_text_of_ones_own():
    told = []
    made = train(OWN_TEXT, lambda run, losses, epochs, share, weights: told.append((run, losses, share, weights)))
    facts = measured(made)
    assert facts.lines == TEXT[: facts.learned].count("\n")
    assert facts.learned + facts.held == len(TEXT)
    assert facts.bits["gru"] < facts.ngrams[0] < np.log2(len(facts.letters))
    assert facts.ngrams[2] == Ngrams(TEXT[: facts.learned], 2, len(facts.letters)).bits(TEXT[facts.learned :])
    assert bits(writer(made, "gru"), TEXT[facts.learned :]) == facts.bits["gru"]
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
    streams = Streams.of(TEXT, letters)
    assert torch.equal(streams.letters[1:], streams.after[:-1])
    torch.manual_seed(0)
    network = Network("lstm", len(letters), 3, len(letters))
    whole, _ = streams.loss(network, None, slice(2 * STEPS), 0)
    first, state = streams.loss(network, None, slice(STEPS), 0)
    second, _ = streams.loss(network, state, slice(STEPS, 2 * STEPS), 0)
    assert len(streams.letters) >= 2 * STEPS
    assert whole.item() == pytest.approx((first.item() + second.item()) / 2, abs=1e-6)
    assert len(streams.letters) // STEPS < UPDATES  # so that a pass over this text is shorter than an epoch
