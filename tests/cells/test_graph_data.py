"""The graph as data: plain JSON that says what the definition says."""

import json

import pytest

from cells import CELLS, GRU, LSTM, RNN
from cells.functions import Function, function
from cells.graph_data import VERSION, graph_data


def test_an_rnn_is_its_definition():
    """h = tanh(Uh + Wx + b_h), with Uh = U_h h and Wx = W_h x."""
    tanh = {"name": "tanh", "key": "tanh", "parameters": []}
    assert graph_data(RNN.graph()) == {
        "version": VERSION,
        "nodes": [
            {"type": "input", "name": "x", "size": "D", "inputs": []},
            {"type": "state", "name": "h", "size": "H", "inputs": []},
            {"type": "matrix", "name": "Uh", "size": "H", "inputs": [1], "parameter": "U_h"},
            {"type": "matrix", "name": "Wx", "size": "H", "inputs": [0], "parameter": "W_h"},
            {"type": "vector", "name": "", "size": "H", "inputs": [], "parameter": "b_h"},
            {"type": "sum", "name": "a", "size": "H", "inputs": [2, 3, 4]},
            {"type": "apply", "name": "h", "size": "H", "inputs": [5], "function": tanh},
        ],
        "states": {"h": {"before": 1, "after": 6}},
        "output": "h",
    }


@pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
def test_it_survives_json_and_each_node_comes_after_what_it_is_made_from(kind):
    graph = kind.graph()
    told = json.loads(json.dumps(graph_data(graph), allow_nan=False))
    assert told == graph_data(graph)
    assert all(place < k for k, node in enumerate(told["nodes"]) for place in node["inputs"])
    named = {node["name"] for node in told["nodes"] if node["type"] not in ("input", "state")} - {""}
    assert named == set(graph.values)
    assert {node["parameter"] for node in told["nodes"] if "parameter" in node} == set(graph.shapes)
    assert set(told["states"]) == set(kind.states)
    assert told["output"] == kind.output


def test_an_lstm_takes_three_kilobytes():
    assert len(json.dumps(graph_data(LSTM.graph()))) <= 3000


@pytest.mark.parametrize(
    ("name", "key", "parameters"),
    [
        ("elu", "elu", [1.0]),
        ("elu(0.5)", "elu", [0.5]),
        ("affine(0.5, 0.25)", "affine", [0.5, 0.25]),
        ("clip", "clip", ["Infinity"]),
        ("thresholded_relu(-inf)", "thresholded_relu", ["-Infinity"]),
    ],
)
def test_a_function_has_its_key_and_parameters(name, key, parameters):
    last = graph_data(RNN.graph(activation=name))["nodes"][-1]
    assert last["function"] == {"name": name, "key": key, "parameters": parameters}


def test_a_projected_state_has_its_own_size():
    nodes = graph_data(LSTM.graph(projection=2))["nodes"]
    assert [node["size"] for node in nodes if node["name"] in ("h", "c") and node["type"] == "state"] == ["P", "H"]


def test_a_function_of_ones_own_is_refused():
    tanh = function("tanh")
    own = Function("mine", "m", "m", tanh.apply, tanh.slope)
    with pytest.raises(ValueError, match="function: expected one of FUNCTIONS, which have a key, got 'mine'"):
        graph_data(GRU.graph(activation=own))
