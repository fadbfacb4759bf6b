"""A decoder's loop has one trace: that of a run over the inputs that it read."""

import numpy as np
import pytest

from cells import GRU, LSTM, RNN, CheatSheetLSTM, Stack, backprop, decode, run

CELLS = {
    "lstm": LSTM.random(inputs=3, units=4, seed=0, peephole=True),
    "lstm_projection": LSTM.random(inputs=3, units=4, seed=0, projection=3),
    "gru": GRU.random(inputs=3, units=4, seed=0),
    "gru_before": GRU.random(inputs=3, units=4, seed=0, reset="before"),
    "rnn": RNN.random(inputs=3, units=4, seed=0),
    "cheat_sheet": CheatSheetLSTM.random(inputs=3, units=4, seed=0),
    "stack": Stack([GRU.random(3, 4, seed=0), LSTM.random(4, 2, seed=1), LSTM.random(2, 5, seed=2)]),
}


def next_input(output):
    """Something of the output that is of the input's width."""
    return np.cos(3 * output[..., :1]) + np.arange(3.0)


@pytest.mark.parametrize("batch", [(), (2,)], ids=["one", "batch"])
@pytest.mark.parametrize("name", CELLS)
def test_every_value_and_gradient_is_that_of_a_run(name, batch):
    model, first = CELLS[name], np.random.default_rng(0).normal(size=(*batch, 3))
    encoder = run(model, np.random.default_rng(1).normal(size=(4, *batch, 3)))
    seen = []
    trace = decode(model, first, lambda y: seen.append(y) or next_input(y), 6, start=encoder.final)
    np.testing.assert_array_equal(trace.x[0], first)
    np.testing.assert_array_equal(trace.x[1:], next_input(trace.output)[:-1])
    np.testing.assert_array_equal(seen, trace.output[:-1])
    whole = run(model, trace.x, start=encoder.final)
    assert list(trace) == list(whole)
    for value in whole:
        np.testing.assert_allclose(trace[value], whole[value], atol=1e-14)
    loss = {"output": np.ones(trace.output.shape)}
    ours, theirs = backprop(trace, loss), backprop(whole, loss)
    for parameter, gradient in theirs.params.items():
        np.testing.assert_allclose(ours.params[parameter], gradient, atol=1e-12)
    np.testing.assert_allclose(ours.x, theirs.x, atol=1e-13)


def test_it_ends_where_there_is_no_next_input():
    cell = CELLS["lstm"]
    outputs = []

    def three(output):
        outputs.append(output)
        return next_input(output) if len(outputs) < 3 else None

    trace = decode(cell, np.ones(3), three, 100)
    assert trace.steps == 3
    np.testing.assert_allclose(trace.output, outputs, atol=1e-15)


def test_float32_stays_float32_and_the_output_may_be_changed():
    cell = CELLS["gru"].replace(**{n: p.astype(np.float32) for n, p in CELLS["gru"].parameters.items()})

    def spoiled(output):
        fed = next_input(output)
        output[:] = np.nan
        return fed

    trace = decode(cell, np.ones(3, np.float32), spoiled, 4)
    assert trace["h"].dtype == np.float32
    assert np.isfinite(trace.output).all()


@pytest.mark.parametrize("stack", [Stack([[CELLS["rnn"]] * 2]), Stack([CELLS["rnn"]], reverse=True)])
def test_what_reads_backward_cannot_decode(stack):
    with pytest.raises(ValueError, match="cell: expected layers that read forward"):
        decode(stack, np.ones(3), next_input, 3)
