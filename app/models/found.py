"""The recurrent layers among named tensors: measured by their shapes, and made cells of when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import prod
from typing import Any

import numpy as np

from app.messages import Message, RefusedError
from app.models.first_states import with_first_states
from app.models.numbers import FLOATS
from app.models.records import Answers, Found, Question, Tensor
from app.models.weights import Module, joined, modules_of
from app.models.words import listed, shape_text, word
from cells import GRU, Cell, Stack
from cells.weight_formats import from_torch

KINDS = {1: "rnn", 3: "gru", 4: "lstm"}
"""By the number of gates."""
MOST_MODULES, MOST_LAYERS = 400, 100
MOST_WEIGHTS = 2**26
"""Numbers in all recurrent layers together."""

ORDERS = {"lstm": ("ifgo", "iofg", "igfo", "figo"), "gru": ("rzn", "zrn"), "rnn": ("h",)}
"""In which order the gates' blocks may stand where nobody says so: PyTorch's and Keras's, ONNX's, TensorFlow 1's."""

KERAS = {"lstm": "ifgo", "gru": "zrn"}


@dataclass(frozen=True)
class Layers:
    """What is found among the tensors of a file."""

    found: tuple[Found, ...]
    others: tuple[Tensor, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Sizes:
    """What the shapes of a module's weights say."""

    kind: str
    inputs: int
    units: int
    layers: int
    directions: int
    projection: int
    biases: int
    """0, 1 or 2 for each layer."""
    transposed: bool


def layers_of(tensors: Mapping[str, Tensor], told: Mapping[str, Mapping[str, Any]] | None = None) -> Layers:
    """Return the recurrent layers among named tensors, and all else.

    Parameters
    ----------
    tensors : dict of str to Tensor
    told : dict of str to dict
        By a module's name, the attributes it has in the file: ``{"batch_first": True, "nonlinearity": "relu"}``.

    Raises
    ------
    RefusedError
        If there is none, or none that is whole, or there are too many.
    """
    whole, ways = joined(tensors)
    modules = modules_of(whole)
    if len(modules) > MOST_MODULES:
        raise RefusedError("file.many", count=len(modules), most=MOST_MODULES)
    notes = [Message(f"file.note.{way}") for way in ways]
    beside, found, used, problems, weights = names_inside(whole, modules), [], set(), [], 0
    for module in modules.values():
        try:
            sizes = sizes_of(module)
        except RefusedError as refused:
            problems.append(refused.message)
            continue
        weights += sum(prod(tensor.shape) for tensor in module.tensors)
        if weights > MOST_WEIGHTS:
            raise RefusedError("file.weights", count=f"{weights / 1e6:.0f}", most=f"{MOST_WEIGHTS / 1e6:.0f}")
        if module.name in beside:
            notes.append(Message("file.note.beside", layer=title(module), listed=listed(beside[module.name])))
        if bad := not_finite(module):
            notes.append(Message("file.note.not_finite", layer=title(module), count=bad))
        found.append(layer_of(module, sizes, (told or {}).get(module.name, {}), bad))
        used |= {tensor.name for tensor in module.tensors}
    if not found:
        raise RefusedError(problems[0].reason, **problems[0].values) if problems else nothing(whole)
    notes += [replace_reason(problem) for problem in problems]
    others = {name: tensor for name, tensor in whole.items() if name not in used}
    found, states, learned = with_first_states(found, others)
    others = {name: tensor for name, tensor in others.items() if name not in states}
    return Layers(tuple(found), tuple(others.values()), (*notes, *learned))


def names_inside(tensors: Mapping[str, Tensor], modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """Return what stands inside of a module without being a weight of it or of another."""
    taken = {tensor.name for module in modules.values() for tensor in module.tensors}
    inside: dict[str, list[str]] = {}
    for name in tensors.keys() - taken:
        parts = name.split(".", 20)
        for count in range(1, len(parts)):
            if (place := ".".join(parts[:count])) in modules:
                inside.setdefault(place, []).append(name)
    return {place: sorted(names) for place, names in inside.items()}


def nothing(tensors: Mapping[str, Tensor]) -> RefusedError:
    """Return the refusal of a file without a recurrent layer."""
    if packed := [name for name in tensors if "_all_weight_values" in name or "_packed_params" in name]:
        return RefusedError("file.quantised", tensor=word(packed[0]), dtype="qint8")
    if not tensors:
        return RefusedError("file.no_tensors")
    shapes = [f"{name} {shape_text(tensor.shape)}" for name, tensor in tensors.items()]
    return RefusedError("file.no_layer", count=len(tensors), listed=listed(shapes))


def replace_reason(message: Message) -> Message:
    """Return a problem of one layer as a note: the others are shown."""
    return Message(f"file.note.{message.reason.removeprefix('file.')}", **message.values)


def title(module: Module) -> str:
    return word(module.name or "—")


def problem(module: Module, tensor: str, came: object, expected: object) -> RefusedError:
    return RefusedError("file.shape", layer=title(module), tensor=word(tensor), came=came, expected=expected)


def sizes_of(module: Module) -> Sizes:
    """Return what a module's shapes say; refuse one that is not whole, or whose shapes do not fit each other."""
    places = module.places
    both = any(place.endswith("_reverse") for place in places)
    depth = len(places) // (1 + both)
    if depth > MOST_LAYERS:
        raise RefusedError("file.many", count=depth, most=MOST_LAYERS)
    ends = ("", "_reverse") if both else ("",)
    ordered = [""] if set(places) == {""} else [f"_l{k}{end}" for k in range(depth) for end in ends]
    if set(places) != set(ordered):
        raise RefusedError("file.incomplete", layer=title(module), listed=listed(t.name for t in module.tensors))
    first = one(module, ordered[0])
    width = (first.projection or first.units) * len(ends)
    for number, place in enumerate(ordered):
        sizes, expected = one(module, place), replace(first, inputs=first.inputs if number < len(ends) else width)
        if sizes != expected:
            came, wanted = (f"{each.kind.upper()} {each.inputs} → {each.units}" for each in (sizes, expected))
            raise problem(module, places[place]["weight_ih"].name, came, wanted)
    return replace(first, layers=depth, directions=len(ends))


def one(module: Module, place: str) -> Sizes:
    """Return what the shapes of one layer in one direction say."""
    arrays = module.places[place]
    if not {"weight_ih", "weight_hh"} <= arrays.keys():
        raise RefusedError("file.incomplete", layer=title(module), listed=listed(t.name for t in arrays.values()))
    for tensor in arrays.values():
        if tensor.dtype not in FLOATS:
            raise RefusedError("file.quantised", tensor=word(tensor.name), dtype=word(tensor.dtype))
    W, U = arrays["weight_ih"], arrays["weight_hh"]
    for tensor in (W, U):
        if len(tensor.shape) != 2 or 0 in tensor.shape:
            raise problem(module, tensor.name, shape_text(tensor.shape), "G·H × H")
    turned = not module.torch and lies(W.shape, U.shape)
    (rows, inputs), (height, width) = (shape[::-1] if turned else shape for shape in (W.shape, U.shape))
    projected = arrays.get("weight_hr")
    units = projected.shape[-1] if projected and projected.shape else width
    kind = KINDS.get(height // units if units and height % units == 0 else 0)
    if kind is None or (projected and kind != "lstm"):
        raise problem(module, U.name, shape_text(U.shape), "H × H, 3·H × H, 4·H × H")
    expected = {"weight_ih": (height, inputs), "bias_ih": (height,), "bias_hh": (height,), "weight_hr": (width, units)}
    for name, shape in expected.items():
        came = (rows, inputs) if name == "weight_ih" else arrays[name].shape if name in arrays else shape
        if came != shape:
            raise problem(module, arrays[name].name, shape_text(came), shape_text(shape))
    biases = sum(name in arrays for name in ("bias_ih", "bias_hh"))
    if biases == 1 and module.torch:
        raise RefusedError("file.incomplete", layer=title(module), listed=listed(t.name for t in arrays.values()))
    return Sizes(kind, inputs, units, 1, 1, width if projected else 0, biases, turned)


def lies(W: tuple[int, ...], U: tuple[int, ...]) -> bool:
    """Return whether matrices lie as in Keras, a column for each row of PyTorch's."""
    square = U[0] == U[1]
    return U[1] in (3 * U[0], 4 * U[0]) or (square and W[0] != U[0] and W[1] == U[0])


def not_finite(module: Module) -> int:
    """Return how many weights are NaN or infinite: all of them are read, one after the other."""
    return sum(int(np.count_nonzero(~np.isfinite(tensor.read()))) for tensor in module.tensors)


def layer_of(module: Module, sizes: Sizes, told: Mapping[str, Any], bad: int) -> Found:
    """Return what a reader sees of one module, with what makes cells of it."""
    options = {"bias": "no"} if not sizes.biases else {}
    if sizes.projection:
        options["projection"] = str(sizes.projection)
    if isinstance(first := told.get("batch_first"), bool):
        options["batch_first"] = "yes" if first else "no"
    if isinstance(dropout := told.get("dropout"), float) and 0 < dropout < 1:
        options["dropout"] = f"{dropout:g}"
    activation = activation_of(told)
    if sizes.kind == "rnn" and activation:
        options["activation"] = activation
    questions = questions_of(module, sizes, activation)

    def made(answers: Answers) -> Stack:
        if bad:
            raise RefusedError("file.not_finite", layer=title(module), count=bad)
        chosen = {question.name: answered(question, answers) for question in questions}
        return stack_of(module, sizes, {"activation": activation or "tanh"} | chosen)

    return Found(
        name=module.name, kind=sizes.kind, inputs=sizes.inputs, units=sizes.units, layers=sizes.layers,
        directions=sizes.directions, made=made, options=options, questions=questions,
        state=partial(state_of, module) if module.torch else None,
    )  # fmt: skip


def state_of(module: Module) -> dict[str, np.ndarray]:
    """Return a module's weights as PyTorch's own would load them."""
    arrays = [(f"{name}{place or '_l0'}", each) for place, own in module.places.items() for name, each in own.items()]
    return {name: tensor.read() for name, tensor in arrays}


def activation_of(told: Mapping[str, Any]) -> str | None:
    """Return what a module says of a vanilla network's function."""
    said = told.get("nonlinearity") or str(told.get("mode")).lower().removeprefix("rnn_")
    return said if said in ("tanh", "relu") else None


def questions_of(module: Module, sizes: Sizes, activation: str | None) -> tuple[Question, ...]:
    """Return what has to be asked of a module; PyTorch's own names leave open only a vanilla network's function."""
    questions = []
    if sizes.kind == "rnn" and activation is None:
        questions.append(Question("activation", ("tanh", "relu"), Message("file.why.activation"), sure=True))
    if not module.torch and sizes.kind != "rnn":
        orders = sorted(ORDERS[sizes.kind], key=lambda order: sizes.transposed and order != KERAS[sizes.kind])
        reason = Message("file.why.lying" if sizes.transposed else "file.why.gates")
        questions.append(Question("gates", tuple(orders), reason, sure=True))
    if not module.torch and sizes.kind == "gru":
        after = ("after", "before") if sizes.biases == 2 else ("before", "after")
        questions.append(Question("reset", after, Message(f"file.why.reset.{after[0]}"), sure=True))
    return tuple(questions)


def answered(question: Question, answers: Answers) -> str:
    """Return the answer to a question, or the guess."""
    answer = answers.get(question.name, question.options[0])
    if answer not in question.options:
        raise ValueError(f"{question.name}: expected one of {', '.join(question.options)}, got {answer!r:.80}")
    return answer


def stack_of(module: Module, sizes: Sizes, chosen: Mapping[str, str]) -> Stack:
    """Return the cells of a module."""
    kind = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}[sizes.kind]
    theirs = chosen.get("gates", "")
    state = {}
    for place, arrays in module.places.items():
        for name, tensor in arrays.items():
            numbers = tensor.read().T if sizes.transposed else tensor.read()
            state[f"{name}{place or '_l0'}"] = in_order(numbers, theirs) if name != "weight_hr" else numbers
        if sizes.biases == 1:
            rows = state[f"weight_hh{place or '_l0'}"]
            for name in {"bias_ih", "bias_hh"} - arrays.keys():
                state[f"{name}{place or '_l0'}"] = np.zeros(len(rows), rows.dtype)
    made = from_torch(state, nonlinearity=chosen["activation"] if kind == "RNN" else None)
    stack = Stack([made]) if isinstance(made, Cell) else made
    return reset_before(stack) if chosen.get("reset") == "before" else stack


def in_order(numbers: np.ndarray, theirs: str) -> np.ndarray:
    """Return blocks of gates that stand in an order of their own in the order of PyTorch."""
    ours = next((order[0] for order in ORDERS.values() if theirs in order), theirs)
    if theirs == ours:
        return numbers
    blocks = dict(zip(theirs, np.split(numbers, len(theirs)), strict=True))
    return np.concatenate([blocks[gate] for gate in ours])


def reset_before(stack: Stack) -> Stack:
    """Return a stack of GRUs whose reset gate comes before the matrix product: the second bias goes into the first."""

    def turned(cell: Cell) -> Cell:
        parameters = dict(cell.parameters)
        parameters["b_n"] = parameters["b_n"] + parameters.pop("d_n")
        return GRU(**parameters, reset="before")

    layers = [[turned(stack.cells[where]) for where in stack.layer(depth)] for depth in range(stack.depth)]
    return Stack([layer if len(layer) == 2 else layer[0] for layer in layers])
