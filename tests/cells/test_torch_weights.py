"""PyTorch modules against the stacks read from them: outputs, last states and all gradients, and the way back."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from cells import GRU, LSTM, RNN, Cell, CheatSheetLSTM, Stack, backprop, run
from cells.weight_formats import from_torch, to_torch

MODULES = {"RNN": torch.nn.RNN, "LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU}
KINDS = {"RNN": RNN, "LSTM": LSTM, "GRU": GRU}
LIMITS = {torch.float64: 1e-12, torch.float32: 1e-5}


def module_of(name, inputs, units, seed=0, dtype=torch.float64, **options):
    torch.manual_seed(seed)
    return MODULES[name](inputs, units, dtype=dtype, **options)


def close(ours, theirs, limit):
    """Equal to the limit times the largest number, of 1 where all are smaller: large sums round at their own size."""
    theirs = theirs.detach().numpy()
    np.testing.assert_allclose(ours, theirs, atol=limit * max(1.0, np.abs(theirs).max()), rtol=0)


@st.composite
def modules(draw):
    """A module with any of its options, and with data: batched or not, with lengths, with first states."""
    name = draw(st.sampled_from(list(MODULES)))
    inputs, units, layers = draw(st.integers(1, 4)), draw(st.integers(2, 5)), draw(st.integers(1, 3))
    options = {"num_layers": layers, "bidirectional": draw(st.booleans()), "bias": draw(st.booleans())}
    if name == "RNN":
        options["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
    if name == "LSTM":
        options["proj_size"] = draw(st.integers(0, units - 1))
    dtype = draw(st.sampled_from([torch.float64, torch.float64, torch.float32]))
    module = module_of(name, inputs, units, draw(st.integers(0, 2**31)), dtype, **options)
    steps, batch = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    lengths = draw(st.none() | st.lists(st.integers(1, steps), min_size=batch, max_size=batch))
    if lengths is not None:
        lengths[draw(st.integers(0, batch - 1))] = steps
    states = [options.get("proj_size") or units] + [units] * (name == "LSTM")
    first = [
        torch.randn(layers * (1 + module.bidirectional), batch, n, dtype=dtype, requires_grad=True) for n in states
    ]
    x = torch.randn(steps, batch, inputs, dtype=dtype, requires_grad=True)
    return module, x, first, lengths


@settings(max_examples=150)
@given(modules())
def test_any_module_forward_and_backward(drawn):
    module, x, first, lengths = drawn
    limit = LIMITS[x.dtype]
    made = from_torch(module)
    stack = Stack([made]) if isinstance(made, Cell) else made
    start = {
        where: {state: array[k].detach().numpy() for state, array in zip("hc", first, strict=False)}
        for k, where in enumerate(stack.cells)
    }
    trace = run(stack, x.detach().numpy(), start=start, lengths=lengths)

    packed = x if lengths is None else pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
    output, last = module(packed, first[0] if len(first) == 1 else tuple(first))
    output = output if lengths is None else pad_packed_sequence(output)[0]
    last = (last,) if len(first) == 1 else last
    close(trace.output, output, limit)
    for k, where in enumerate(stack.cells):
        for state, array in zip("hc", last, strict=False):
            close(trace.final[where][state], array[k], limit)

    d = torch.randn_like(output)
    (output * d).sum().backward()
    grads = backprop(trace, {"output": d.numpy()})
    close(grads.x, x.grad, limit)
    for k, where in enumerate(stack.cells):
        for state, array in zip("hc", first, strict=False):
            close(grads.start[where][state], array.grad[k], limit)
    expected = {name: p.grad for name, p in module.named_parameters()}
    for name, ours in parameter_gradients(stack, grads, made.cells if isinstance(made, Stack) else stack.cells).items():
        if name in expected:
            close(ours, expected[name], limit)


def parameter_gradients(stack, grads, cells):
    """The gradients in PyTorch's own layout: by writing them as the parameters of a like stack."""
    likes = [[like(cells[w], grads.gradients[w].params) for w in stack.layer(k)] for k in range(stack.depth)]
    state = to_torch(Stack([layer[0] if len(layer) == 1 else layer for layer in likes]))
    # A bias stands on both sides, so that either has the whole gradient; but for n of a GRU, whose sides stay apart.
    for name in [name for name in state if name.startswith("bias_hh")]:
        twin, cell = state[name.replace("hh", "ih")], next(iter(cells.values()))
        upto = 2 * cell.units if cell.kind is GRU else None
        state[name][:upto] = twin[:upto]
    return state


def like(cell, params):
    return cell.replace(**{name: params[name] for name in cell.parameters})


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("options", [{}, {"num_layers": 3}, {"bidirectional": True, "num_layers": 2}], ids=repr)
def test_round_trip(name, options):
    """Written and read again, nothing changes; torch loads what is written, and computes what it computed."""
    module = module_of(name, 3, 4, **options, **({"proj_size": 2} if name == "LSTM" else {}))
    read = from_torch(module)
    state = to_torch(read)
    assert list(state) == list(module.state_dict())
    again = from_torch(state)
    cells, same = ({"": c} if isinstance(c, Cell) else c.cells for c in (read, again))
    for where, cell in cells.items():
        assert cell.options == same[where].options
        for p, array in cell.parameters.items():
            np.testing.assert_array_equal(array, same[where].parameters[p])
    x = torch.randn(5, 2, 3, dtype=torch.float64)
    fresh, filled = (module_of(name, 3, 4, 1, **options, **({"proj_size": 2} if name == "LSTM" else {})) for _ in "ab")
    fresh.load_state_dict({k: torch.tensor(v) for k, v in state.items()})
    assert to_torch(read, filled) is filled
    for other in (fresh, filled):
        torch.testing.assert_close(other(x)[0], module(x)[0], atol=1e-12, rtol=0)


@pytest.mark.parametrize("name", MODULES)
def test_cells_of_one_step(name):
    torch.manual_seed(0)
    module = getattr(torch.nn, f"{name}Cell")(3, 4, dtype=torch.float64)
    cell = from_torch(module)
    x = torch.randn(6, 2, 3, dtype=torch.float64)
    state = None
    for step in x:
        state = module(step, state)
    trace = run(cell, x.numpy())
    close(trace["h"][-1], state[0] if name == "LSTM" else state, 1e-12)
    empty = getattr(torch.nn, f"{name}Cell")(3, 4, dtype=torch.float64)
    to_torch(cell, empty)
    torch.testing.assert_close(empty(x[0]), module(x[0]), atol=1e-12, rtol=0)
    assert from_torch(module.state_dict()).kind is KINDS[name]


def test_state_dict_tells_its_kind():
    for name, kind in KINDS.items():
        state = module_of(name, 3, 4).state_dict()
        assert from_torch(state).kind is from_torch(state, kind).kind is kind
    relu = module_of("RNN", 3, 4, nonlinearity="relu")
    assert from_torch(relu).options["activation"] == "relu"
    assert from_torch(relu.state_dict(), RNN, nonlinearity="relu").options["activation"] == "relu"


def test_batch_first_dropout_in_eval_mode_and_half_precision():
    module = module_of("LSTM", 3, 4, num_layers=2, dropout=0.5, batch_first=True)
    x = torch.randn(2, 5, 3, dtype=torch.float64)
    with pytest.raises(ValueError, match=r"dropout=0.5 draws at random while training; call module.eval\(\) first"):
        from_torch(module)
    close(run(from_torch(module.eval()), x.transpose(0, 1).numpy()).output, module(x)[0].transpose(0, 1), 1e-12)
    half = module_of("GRU", 3, 4, dtype=torch.bfloat16)
    cell = from_torch(half)
    assert cell.dtype == np.float32
    np.testing.assert_array_equal(cell.parameters["W_r"], half.weight_ih_l0[:4].detach().float().numpy())
    to_torch(cell, back := module_of("GRU", 3, 4, 1, dtype=torch.bfloat16))
    torch.testing.assert_close(back.weight_hh_l0, half.weight_hh_l0)


def test_modules_without_biases_and_subclasses():
    class Mine(torch.nn.GRU):
        pass

    module = Mine(2, 3, bias=False, dtype=torch.float64)
    cell = from_torch(module)
    assert not cell.parameters["d_n"].any()
    to_torch(cell, copy := Mine(2, 3, bias=False, dtype=torch.float64))
    torch.testing.assert_close(copy.weight_hh_l0, module.weight_hh_l0)
    with pytest.raises(ValueError, match=r"module: expected bias_ih_l0 of shape \(9,\), got None"):
        to_torch(cell.replace(b_r=np.ones(3)), copy)


def test_reading_and_writing_share_no_memory():
    module = module_of("LSTM", 2, 3, proj_size=1)
    cell = from_torch(module)
    kept = {name: array.copy() for name, array in cell.parameters.items()}
    state = to_torch(cell)
    for name, p in module.state_dict().items():
        p.zero_()
        state[name][...] = 7
    assert all(np.array_equal(cell.parameters[name], array) for name, array in kept.items())


def lstm(**without):
    state = module_of("LSTM", 3, 4, num_layers=2, bidirectional=True).state_dict()
    return {k: v for k, v in state.items() if k not in without} | {k: v for k, v in without.items() if v is not None}


REFUSED = {
    "missing weight 'encoder.weight_hh_l0'": lambda: {"encoder.weight_ih_l0": np.ones((4, 3))},
    "unknown weight 'rnn.norm.weight': expected weight_ih_l0": lambda: {
        "rnn.weight_ih": np.ones((4, 3)), "rnn.weight_hh": np.ones((4, 4)), "rnn.norm.weight": np.ones(4), "fc": 1,
    },
    "unknown weight 'weight_hh_l0_orig': .* a parametrised weight is made plain first": lambda: (
        lstm(weight_hh_l0=None) | {"weight_hh_l0_orig": np.ones((16, 4)), "weight_hh_l0_u": np.ones(16)}
    ),
    "missing weight 'weight_hh_l0'": lambda: lstm(weight_hh_l0=None),
    "missing weight 'bias_hh_l1_reverse'": lambda: lstm(bias_hh_l1_reverse=None),
    r"expected weights of a recurrent layer \(weight_ih_l0, .*\), got none": dict,
    r"expected weights of a recurrent layer \(.*\), got 1, b": lambda: {1: 2, "b": 3},
    "weight_ih_l1: expected floating-point weights, got int8; quantised": lambda: lstm(
        weight_ih_l1=torch.ones((16, 8), dtype=torch.int8)
    ),
    "weight_hh_l0: expected floating-point weights, got uint8": lambda: lstm(weight_hh_l0=np.ones((16, 4), np.uint8)),
    "weight_hh_l0: expected floating-point weights, got bool": lambda: lstm(weight_hh_l0=np.ones((16, 4), bool)),
    "weight_hh_l0: expected floating-point weights, got int8": lambda: lstm(
        weight_hh_l0=torch.quantize_per_tensor(torch.ones(16, 4), 0.1, 0, torch.qint8)
    ),
    "expected weights of whole layers from _l0 on, got weight_ih_l1": lambda: {"weight_ih_l1": 1, "weight_hh_l1": 1},
    r"weight_hh_l0: expected \(H, H\), \(3·H, H\) or .* got \(8, 4\)": lambda: lstm(weight_hh_l0=np.ones((8, 4))),
    r"weight_ih_l0: expected shape \(16, any\), got \(12, 3\)": lambda: lstm(weight_ih_l0=np.ones((12, 3))),
    r"bias_ih_l0: expected shape \(16\), got \(4\,\)": lambda: lstm(bias_ih_l0=np.ones(4)),
    r"weight_hr_l0: expected shape \(4, 4\), got \(2, 4\)": lambda: lstm(weight_hr_l0=np.ones((2, 4))),
    r"weight_hh_l1: expected shape \(16, 4\), got \(16, 3\)": lambda: lstm(weight_hh_l1=np.ones((16, 3))),
    "weight_ih_l1: expected finite numbers, got nan": lambda: lstm(weight_ih_l1=np.full((16, 8), np.nan)),
    "source: expected a module of torch.nn or its state dict, got 3": lambda: 3,
    "source: expected an RNN, LSTM or GRU of torch.nn, a cell of one, or .* got Linear": lambda: torch.nn.Linear(2, 3),
    "source: expected an RNN, LSTM or GRU of torch.nn, a cell of one, or .* got Adam": lambda: torch.optim.Adam(
        [torch.zeros(1, requires_grad=True)]
    ),
    r"layers\[1\] forward: expected 8 inputs, got 7": lambda: lstm(weight_ih_l1=np.ones((16, 7))),
}  # fmt: skip


@pytest.mark.parametrize("message", REFUSED)
def test_refusals(message):
    with pytest.raises(ValueError, match=message):
        from_torch(REFUSED[message]())


def test_refusals_of_kind_and_nonlinearity():
    module = module_of("GRU", 3, 4)
    with pytest.raises(ValueError, match="expected a module for LSTM, got one for GRU"):
        from_torch(module, LSTM)
    with pytest.raises(ValueError, match="expected the weights of LSTM, got those of GRU"):
        from_torch(module.state_dict(), LSTM)
    with pytest.raises(ValueError, match="torch has no GRU with nonlinearity='relu'"):
        from_torch(module.state_dict(), GRU, nonlinearity="relu")
    with pytest.raises(ValueError, match="nonlinearity: expected 'tanh' or 'relu', got 'elu'"):
        from_torch(module_of("RNN", 3, 4).state_dict(), RNN, nonlinearity="elu")
    with pytest.raises(ValueError, match="nonlinearity: expected that of the module, 'tanh', got 'relu'"):
        from_torch(module_of("RNN", 3, 4), RNN, nonlinearity="relu")


RANDOM = {"inputs": 2, "units": 3, "seed": 0}
UNWRITABLE = {
    "peephole: torch has no LSTM with peephole=True": LSTM.random(**RANDOM, peephole=True),
    "couple: torch has no LSTM with couple='i=1-f'": LSTM.random(**RANDOM, couple="i=1-f"),
    "output_activation: torch has no LSTM with": LSTM.random(**RANDOM, output_activation="linear"),
    "gate: torch has no GRU with gate='hard_sigmoid'": GRU.random(**RANDOM, gate="hard_sigmoid"),
    "reset: torch has no GRU with reset='before'": GRU.random(**RANDOM, reset="before"),
    "update: torch has no GRU with update='write'": GRU.random(**RANDOM, update="write"),
    "clip: torch has no RNN with clip=1.0": RNN.random(**RANDOM, clip=1.0),
    "activation: torch has no RNN with activation='elu'": RNN.random(**RANDOM, activation="elu"),
    "kind: torch has no layer for CheatSheetLSTM": CheatSheetLSTM.random(**RANDOM),
    "reverse: torch has no layer that reads backward only": Stack([GRU.random(**RANDOM)], reverse=True),
    "merge: torch has 'concat' only, got 'sum'": Stack([(GRU.random(**RANDOM), GRU.random(**RANDOM))], merge="sum"),
    "stack: torch has one kind, options": Stack([GRU.random(**RANDOM), LSTM.random(3, 3, 0)]),
    "stack: torch reads all layers both ways": Stack([(RNN.random(**RANDOM), RNN.random(**RANDOM)), RNN.random(6, 3)]),
    "cell: expected a cell or a stack of them, got 3": 3,
}  # fmt: skip


@pytest.mark.parametrize("message", UNWRITABLE)
def test_cells_that_torch_has_not(message):
    with pytest.raises(ValueError, match=message):
        to_torch(UNWRITABLE[message])


def test_modules_that_are_not_of_the_cell():
    cell = GRU.random(**RANDOM)
    for module, message in {
        torch.nn.Linear(2, 3): "module: expected an RNN, LSTM or GRU of torch.nn",
        torch.nn.LSTM(2, 3): "module: expected one for GRU, got one for LSTM",
        torch.nn.GRU(2, 4): r"module: expected weight_ih_l0 of shape \(9, 2\), got \(12, 2\)",
        torch.nn.GRU(2, 3, num_layers=2): r"module: expected weight_ih_l1 of shape None, got \(9, 3\)",
    }.items():
        with pytest.raises(ValueError, match=message):
            to_torch(cell, module)
    with pytest.raises(ValueError, match="module: expected nonlinearity='tanh', got 'relu'"):
        to_torch(RNN.random(**RANDOM), torch.nn.RNN(2, 3, nonlinearity="relu"))
