"""What `compare` says of attention: a head as PyTorch computes it, and costs counted on the libraries' own layers."""

import numpy as np
import pytest

from app.formatting import number, percent
from app.i18n import LANGUAGES
from app.lessons.compare.layer_costs import ATTENTION, LAYERS, WIDTH, break_even, cost
from app.untrained.attention import ASKING, attended, over_days
from tests.page.test_every_page import opened, text

torch = pytest.importorskip("torch")


def test_a_head_is_torchs():
    draw = np.random.default_rng(1)
    queries, keys, values = (draw.normal(size=(6, 4)) for _ in range(3))
    outputs, shares = attended(queries, keys, values)
    theirs = torch.nn.functional.scaled_dot_product_attention(
        *(torch.tensor(each)[None] for each in (queries, keys, values)), is_causal=True
    )
    np.testing.assert_allclose(outputs, theirs[0].numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=0, atol=1e-12)
    assert not np.triu(shares, 1).any()


def test_the_parameters_are_the_libraries_own():
    block = torch.nn.TransformerEncoderLayer(WIDTH, 4, dim_feedforward=4 * WIDTH)
    assert cost(ATTENTION, 1).parameters == sum(p.numel() for p in block.parameters() if p.ndim == 2)
    for name, module in {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}.items():
        layer = module(WIDTH, WIDTH)
        assert cost(name, 1).parameters == sum(p.numel() for p in layer.parameters()) - layer.bias_hh_l0.numel()
        weights = layer.weight_ih_l0.numel() + layer.weight_hh_l0.numel()
        assert cost(name, 1).multiplications == weights + {"rnn": 0, "lstm": 3}[name] * WIDTH


def test_what_is_kept_grows_with_the_steps_for_attention_alone():
    for name in LAYERS:
        assert cost(name, 10).kept == cost(name, 10_000).kept == WIDTH * (2 if name == "lstm" else 1)
        assert cost(name, 10).multiplications == cost(name, 10_000).multiplications
    assert cost(ATTENTION, 10_000).kept == 1000 * cost(ATTENTION, 10).kept
    assert cost(ATTENTION, break_even()).kept > cost(ATTENTION, 1).parameters >= cost(ATTENTION, break_even() - 1).kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_shares_of_the_days_on_screen(language):
    days = [1.0, 0.5, -2.0]
    weights = np.exp([ASKING**2 * days[-1] * x for x in days])
    shares = weights / weights.sum()
    page = opened("compare", lang=language, x="1,0.5,-2")
    for n, (x, share) in enumerate(zip(days, shares, strict=True), 1):
        assert f"| {n} | {number(x, 2)} | {percent(share)} |" in text(page)
    assert f"**{number(float(shares @ days))}**" in text(page)
    assert f" {break_even()} " in text(page)
    assert np.allclose(over_days(days)[1][-1], shares)
