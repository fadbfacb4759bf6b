"""Examples that several lessons use: the weights of small cells, what they read, and how untrained cells are drawn.

The LSTM is StatQuest's: "Long Short-Term Memory (LSTM), Clearly Explained", https://youtu.be/YCzL96nL7j0, with the
trained cell in chapter_08 of https://github.com/StatQuest/signa. The video shows the parameters to two decimals; the
full ones are, to six, those the notebook's training arrives at after 5000 epochs (tests/lessons/test_claims.py).
"""

from app.controls.one_unit import OneUnit, address, weights_of
from cells import LSTM

DAYS = (0.0, 0.5, 0.25, 1.0)

LSTM_PRESETS = {
    "two": weights_of(
        f=(2.7, 1.63, 1.62),
        i=(2.0, 1.65, 0.62),
        g=(1.41, 0.94, -0.32),
        o=(4.38, -0.19, 0.59),
    ),
    "full": weights_of(
        f=(2.704272985458374, 1.6307340860366821, 1.6233751773834229),
        i=(1.998272180557251, 1.652487874031067, 0.6204319596290588),
        g=(1.4122228622436523, 0.9393231272697449, -0.3217000365257263),
        o=(4.384811878204346, -0.19428038597106934, 0.5934787392616272),
    ),
}
COMPANIES = {"A": DAYS, "B": (1.0, 0.5, 0.25, 1.0)}
TARGETS = {"A": 0.0, "B": 1.0}
TWO_COMPANIES = OneUnit(LSTM, aims=tuple(TARGETS.items()))
TWO_COMPANIES_ADDRESS = address(LSTM_PRESETS["two"], COMPANIES, ("A",))

RNN_PRESETS = {
    "default": weights_of(h=(1.67, 1.6, -0.49)),
    "forgetful": weights_of(h=(0.3, 1.6, -0.49)),
    "deaf": weights_of(h=(1.67, 0.0, -0.49)),
}

GRU_WEIGHTS = weights_of(
    r=(0.85, 0.59, 0.67),
    z=(-0.7, -0.59, -1.07),
    n=(1.31, 0.94, -0.32, 0.4),
)

FAMILY_WEIGHTS = weights_of(
    f=(2.7, 1.63, 1.62, 0.0, -0.8),
    i=(2.0, 1.65, 0.62, 0.0, 0.5),
    g=(1.41, 0.94, -0.32),
    o=(4.38, -0.19, 0.59, 0.0, 0.9),
    r=(0.85, 0.59, 0.67),
    z=(-0.7, -0.59, -1.07),
    n=(1.31, 0.94, -0.32, 0.4),
)
"""One set for an LSTM, a GRU and their variants: where two of them share a weight, it has the same value in both."""

INPUTS, SEED, FORGET_BIAS = 8, 7, 2.0
"""Of untrained cells: numbers read at a timestep, the seed of the weights, the bias of the gate that keeps."""
