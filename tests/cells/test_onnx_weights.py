"""ONNX operators against live ONNX Runtime: every option, alone and together; and what must be refused."""

import numpy as np
import onnx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import helper

from cells import GRU, LSTM, RNN, CheatSheetLSTM, Stack, run
from cells.weight_formats import from_onnx, run_onnx, to_onnx, trace_onnx
from tests.support.onnx_operators import GATES, onnx_runtime, problem

LIMIT = 1e-5
ROLES = {"RNN": 1, "GRU": 2, "LSTM": 3}
PARAMETERS = {
    **dict.fromkeys(("Relu", "Tanh", "Sigmoid", "Softsign", "Softplus"), 0),
    **dict.fromkeys(("LeakyRelu", "ThresholdedRelu", "Elu"), 1),
    **dict.fromkeys(("Affine", "ScaledTanh", "HardSigmoid"), 2),
}
OPERATORS = pytest.mark.parametrize("op_type", GATES)


def equal(op_type, attributes, inputs):
    """Ours is what ONNX Runtime's is: in the numbers as they are, and in double precision."""
    theirs = onnx_runtime(op_type, attributes, inputs)
    for dtype in (np.float32, np.float64):
        cast = {k: v if k == "sequence_lens" else np.asarray(v, dtype) for k, v in inputs.items()}
        ours = run_onnx(op_type, attributes, cast)
        assert list(ours) == list(theirs)
        for name, array in theirs.items():
            assert ours[name].dtype == dtype
            np.testing.assert_allclose(ours[name], array, atol=LIMIT * max(1, np.abs(array).max()), rtol=0)


def switches(op_type):
    return {"GRU": ["linear_before_reset"], "LSTM": ["input_forget"]}.get(op_type, [])


@st.composite
def problems(draw):
    """An operator with any of its attributes and any of its optional inputs."""
    op_type, direction = (
        draw(st.sampled_from(list(GATES))),
        draw(st.sampled_from(["forward", "reverse", "bidirectional"])),
    )
    directions = 2 if direction == "bidirectional" else 1
    sizes = dict(zip(("steps", "batch", "inputs", "units"), draw(st.tuples(*[st.integers(1, 6)] * 4)), strict=True))
    attributes, inputs = problem(op_type, draw(st.integers(0, 2**32 - 1)), directions=directions, **sizes)
    attributes["direction"] = direction
    for name in switches(op_type):
        attributes[name] = draw(st.integers(0, 1))
    if draw(st.booleans()):
        attributes["clip"] = draw(st.sampled_from([0.25, 0.7, 2.0, 50.0]))
    if draw(st.booleans()):
        names = draw(
            st.lists(
                st.sampled_from(list(PARAMETERS)),
                min_size=ROLES[op_type] * directions,
                max_size=ROLES[op_type] * directions,
            )
        )
        attributes["activations"] = names
        for name, many in (("activation_alpha", 1), ("activation_beta", 2)):
            take = sum(PARAMETERS[n] >= many for n in names)
            all_of_them = any(n in ("Affine", "ScaledTanh", "ThresholdedRelu") for n in names)
            least = take if all_of_them else 0
            values = draw(st.lists(st.sampled_from([0.1, 0.25, 0.5, 0.75]), min_size=least, max_size=take))
            if values:
                attributes[name] = values
        for name in ("W", "R", "B"):
            inputs[name] = inputs[name] / 4
    optional = [name for name in inputs if name not in ("X", "W", "R")]
    for name in draw(st.sets(st.sampled_from(optional))):
        del inputs[name]
    return op_type, attributes, inputs


@settings(max_examples=300)
@given(problems())
def test_any_operator(drawn):
    # Gates without bound may multiply without end.
    assume(all(np.abs(array).max() < 100 for array in onnx_runtime(*drawn).values()))
    equal(*drawn)


@OPERATORS
@pytest.mark.parametrize("layout", [0, 1])
def test_the_trace_of_an_operator(op_type, layout):
    """With its first states, and NaN in what is not read; the states of an empty sequence are the first ones there."""
    attributes, inputs = problem(op_type, directions=2)
    inputs["sequence_lens"] = np.array([5, 0, 2])
    expected = run_onnx(op_type, attributes, inputs)
    inputs["X"][np.arange(5)[:, None] >= inputs["sequence_lens"]] = np.nan
    if layout:
        inputs |= {n: a.swapaxes(0, 1) for n, a in inputs.items() if n in ("X", "initial_h", "initial_c")}
    trace = trace_onnx(op_type, attributes | {"layout": layout}, inputs)
    for k, each in enumerate(trace.traces.values()):
        np.testing.assert_array_equal(each.output, expected["Y"][:, k])
        np.testing.assert_array_equal(each.final["h"][[0, 2]], expected["Y_h"][k, [0, 2]])
        np.testing.assert_array_equal(each.final["h"][1], inputs["initial_h"][(1, k) if layout else (k, 1)])


@OPERATORS
@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("given_values", [False, True], ids=["defaults", "alpha_and_beta"])
def test_each_function_in_each_role(op_type, name, given_values):
    """In every role, alone, with its own α and β and without; names in any case."""
    for role in range(ROLES[op_type]):
        attributes, inputs = problem(op_type, seed=role, scale=0.5)
        attributes["activations"] = (["Sigmoid", "Tanh", "Tanh"] if op_type != "RNN" else ["Tanh"])[: ROLES[op_type]]
        attributes["activations"][role] = name
        if given_values:
            values = {"activation_alpha": [0.3], "activation_beta": [0.6]}
            attributes |= dict(list(values.items())[: PARAMETERS[name]])
            equal(op_type, attributes, inputs)
            shouted = attributes | {"activations": [a.upper() for a in attributes["activations"]]}
            assert np.array_equal(run_onnx(op_type, shouted, inputs)["Y"], run_onnx(op_type, attributes, inputs)["Y"])
        elif name not in ("Affine", "ScaledTanh", "ThresholdedRelu"):
            equal(op_type, attributes, inputs)


@OPERATORS
def test_threshold_is_that_of_the_operator_where_onnx_runtime_has_none(op_type):
    """The specification: “default values are the same as of corresponding ONNX operators”, 1 for ThresholdedRelu."""
    attributes, inputs = problem(op_type)
    attributes["activations"] = [*["Sigmoid", "Tanh"][: ROLES[op_type] - 1], "ThresholdedRelu"]
    ours = run_onnx(op_type, attributes, inputs)["Y"]
    ones, zeros = (attributes | {"activation_alpha": [a]} for a in (1.0, 0.0))
    np.testing.assert_allclose(ours, onnx_runtime(op_type, ones, inputs)["Y"], atol=LIMIT)
    theirs = onnx_runtime(op_type, attributes, inputs)["Y"]
    np.testing.assert_array_equal(theirs, onnx_runtime(op_type, zeros, inputs)["Y"])
    assert np.abs(theirs - ours).max() > 0.01


def test_scales_go_to_the_functions_that_take_them_in_order():
    attributes, inputs = problem("LSTM", directions=2)
    attributes["activations"] = ["HardSigmoid", "Tanh", "LeakyRelu", "Sigmoid", "Elu", "HardSigmoid"]
    attributes |= {"activation_alpha": [0.3, 0.2, 0.7, 0.1], "activation_beta": [0.4, 0.6]}
    equal("LSTM", attributes, inputs)
    cells = from_onnx("LSTM", attributes, {k: inputs[k] for k in "WRBP"}).cells
    names = [[cell.options[k] for k in ("gate", "activation", "output_activation")] for cell in cells.values()]
    assert names == [
        ["hard_sigmoid_fifth(0.3, 0.4)", "tanh", "leaky_relu(0.2)"],
        ["sigmoid", "elu(0.7)", "hard_sigmoid_fifth(0.1, 0.6)"],
    ]


def test_clip_bounds_what_enters_the_gates_and_not_what_enters_the_last_function():
    """As ONNX Runtime has it: the specification’s “input of activations” does not reach h(C) there."""
    attributes, inputs = problem("LSTM", steps=12, scale=2.0)
    inputs.pop("sequence_lens")
    attributes |= {
        "clip": 0.5,
        "activations": ["Relu", "Affine", "Tanh"],
        "activation_alpha": [3.0],
        "activation_beta": [0.0],
    }
    equal("LSTM", attributes, inputs)
    trace = run(from_onnx("LSTM", attributes, {k: inputs[k] for k in "WRBP"}), inputs["X"])
    assert np.abs(trace["c"]).max() > 0.5
    np.testing.assert_allclose(trace["h"], trace["o"] * np.tanh(trace["c"]), rtol=1e-6)
    assert trace["f"].max() == 0.5


@OPERATORS
@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
@pytest.mark.parametrize("missing", [(), ("sequence_lens",), ("initial_h", "initial_c")], ids=["all", "full", "still"])
def test_batch_first(op_type, direction, missing):
    """ONNX Runtime has no layout=1: the operator with its data’s first axes exchanged says what it is."""
    attributes, inputs = problem(op_type, directions=1 + (direction == "bidirectional"))
    attributes["direction"] = direction
    inputs = {name: value for name, value in inputs.items() if name not in missing}
    turned = {
        name: value.swapaxes(0, 1) if name in ("X", "initial_h", "initial_c") else value
        for name, value in inputs.items()
    }
    ours, theirs = run_onnx(op_type, attributes | {"layout": 1}, turned), onnx_runtime(op_type, attributes, inputs)
    np.testing.assert_allclose(ours["Y"], theirs["Y"].transpose(2, 0, 1, 3), atol=LIMIT)
    for name in ("Y_h", "Y_c"):
        if name in theirs:
            np.testing.assert_allclose(ours[name], theirs[name].swapaxes(0, 1), atol=LIMIT)


@OPERATORS
@pytest.mark.parametrize("lengths", [[0, 3, 5], [0, 0, 0], [5, 5, 5], [1, 0, 2]])
@pytest.mark.parametrize("directions", [1, 2])
def test_lengths_down_to_none(op_type, lengths, directions):
    """A sequence of length 0 ends with zeros, not with the states it was given."""
    attributes, inputs = problem(op_type, directions=directions)
    inputs["sequence_lens"] = np.array(lengths)
    equal(op_type, attributes, inputs)
    empty = np.array(lengths) == 0
    assert not run_onnx(op_type, attributes, inputs)["Y_h"][:, empty].any()


def test_the_mistakes_that_a_reader_would_make_are_noticed():
    """Every attribute and every optional input changes the numbers of these problems: none can be dropped unseen."""
    for op_type in GATES:
        attributes, inputs = problem(op_type, scale=1.5)
        attributes |= {"clip": 0.6, "activations": ["Relu", "Softsign", "Elu"][: ROLES[op_type]]}
        attributes |= dict.fromkeys(switches(op_type), 1)
        if op_type == "RNN":
            attributes |= {"activations": ["Elu"], "activation_alpha": [0.5]}
        whole = run_onnx(op_type, attributes, inputs)
        for name in set(attributes) - {"hidden_size", "direction", "activation_alpha"}:
            less = {k: v for k, v in attributes.items() if k not in (name, "activation_alpha")}
            assert np.abs(run_onnx(op_type, less, inputs)["Y"] - whole["Y"]).max() > 0.01, name
        for name in set(inputs) - {"X", "W", "R"}:
            less = {k: v for k, v in inputs.items() if k != name}
            assert np.abs(run_onnx(op_type, attributes, less)["Y"] - whole["Y"]).max() > 0.01, name


CELLS_TO_WRITE = [
    RNN.random(2, 3, 0),
    RNN.random(2, 3, 0, activation="scaled_tanh(1.5, 0.5)", clip=0.4),
    GRU.random(2, 3, 0),
    GRU.random(2, 3, 0, reset="before", activation="linear"),
    LSTM.random(2, 3, 0),
    LSTM.random(2, 3, 0, peephole=True, couple="f=1-i", gate="hard_sigmoid", activation="leaky_relu(0.2)"),
    Stack([LSTM.random(2, 3, 0)], reverse=True),
    Stack([(GRU.random(2, 3, 0, activation="elu"), GRU.random(2, 3, 1, gate="hard_sigmoid_fifth"))]),
    Stack([LSTM.random(2, 3, 0)]),
]


@pytest.mark.parametrize("cell", CELLS_TO_WRITE, ids=range(len(CELLS_TO_WRITE)))
def test_written_runs_in_onnx_runtime_and_reads_back(cell):
    op_type, attributes, inputs = to_onnx(cell)
    X = np.random.default_rng(1).normal(size=(4, 2, 2))
    output = run(cell, X).output
    Y = onnx_runtime(op_type, attributes, inputs | {"X": X})["Y"]
    np.testing.assert_allclose(np.concatenate(list(Y.swapaxes(0, 1)), axis=-1), output, atol=LIMIT)
    back = from_onnx(op_type, attributes, inputs)
    np.testing.assert_allclose(run(back, X).output, output, atol=1e-15)
    again = to_onnx(back)
    assert again[1] == attributes
    assert all(np.array_equal(again[2][name], array) for name, array in inputs.items())


def test_attributes_as_a_model_holds_them():
    """Text comes as bytes out of a node."""
    attributes, inputs = problem("GRU", directions=2)
    attributes |= {"activations": ["HardSigmoid", "Tanh"] * 2, "clip": 3.0, "linear_before_reset": 1}
    node = helper.make_node("GRU", ["X", "W", "R"], ["Y"], **attributes)
    held = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    assert held["direction"] == b"bidirectional"
    assert np.array_equal(run_onnx("GRU", held, inputs)["Y"], run_onnx("GRU", attributes, inputs)["Y"])
    defaults = helper.get_attribute_value(onnx.defs.get_schema("RNN").attributes["activations"].default_value)
    _, inputs = problem("RNN")
    np.testing.assert_array_equal(
        run_onnx("RNN", {"activations": defaults}, inputs)["Y"], run_onnx("RNN", {}, inputs)["Y"]
    )


def test_a_kind_without_an_operator_is_not_written():
    with pytest.raises(ValueError, match="onnx has no layer for CheatSheetLSTM"):
        to_onnx(CheatSheetLSTM.random(2, 3, 0))
