"""The recurrent module in a model of PyTorch, and whether it computes what its class says; torch is not imported."""

from __future__ import annotations

from typing import Any

from cells.cell import Kind
from cells.weight_formats.gates import layer_of
from cells.weight_formats.state_dict import chosen

HOME = "torch.nn.modules.rnn"
HARMLESS = ("torch.nn.utils.weight_norm", "torch.nn.utils.prune")
"""Whose hooks make a weight of its parts before each run, as :mod:`cells.weight_formats.state_dict` does."""


def recurrent_module(source: Any, prefix: str | None = None) -> Any:
    """Return a recurrent module: the source, the one in it, or the one that ``prefix`` names."""
    if prefix is None and _name(source):
        found = {"": source}
    else:
        inside = dict(source.named_modules()) if hasattr(source, "named_modules") else {}
        found = {name: module for name, module in inside.items() if _name(module)}
    if not found:
        quantised = any("quantized" in type(module).__module__ for module in inside.values())
        hint = "; take it before it was quantised" if quantised else ""
        raise ValueError(
            f"source: expected an RNN, LSTM or GRU of torch.nn, a cell of one, or a model that holds one, "
            f"got {source!r:.80}{hint}"
        )
    module = found[chosen({name: _described(module) for name, module in found.items()}, prefix)]
    _expect_its_class(module)
    return module


def class_of(module: Any, argument: str = "source") -> tuple[Kind, bool]:
    """Return the kind of cell of a module, and whether it is one of torch's cells, of one step."""
    name = _name(module)
    if not name:
        raise ValueError(f"{argument}: expected an RNN, LSTM or GRU of torch.nn, or a cell of one, got {module!r:.80}")
    return layer_of("torch", name.removesuffix("Cell"))[0], name.endswith("Cell")


def state_of(module: Any) -> dict[str, Any]:
    """Return a module's weights as it computes with them: a parametrised one is asked for."""
    state = dict(module.state_dict())
    for name in getattr(module, "parametrizations", {}):
        state = {k: v for k, v in state.items() if not k.startswith(f"parametrizations.{name}.")}
        state[name] = getattr(module, name)
    return state


def _name(module: Any) -> str:
    """Return the name of the class of torch's that a module is, or a script of; ``""`` if it is none."""
    if hasattr(module, "original_name"):  # a ScriptModule, which has no class of its own
        path = module._c._type().qualified_name().split(".")  # the second of one name has "___torch_mangle_0" in it
        *home, name = (part for part in path if not part.startswith("___torch_mangle_"))
        return name if ".".join(home).endswith(HOME) and _known(name) else ""
    found = (c.__name__ for c in type(module).__mro__ if c.__module__ == HOME and _known(c.__name__))
    return next(found, "")


def _known(name: str) -> bool:
    return name.removesuffix("Cell") in ("RNN", "LSTM", "GRU")


def _described(module: Any) -> str:
    layers, both = getattr(module, "num_layers", 1), getattr(module, "bidirectional", False)
    sizes = f"{_name(module)} {module.input_size} → {module.hidden_size}"
    return f"{sizes}{f', {layers} layers' if layers > 1 else ''}{', both ways' if both else ''}"


def _expect_its_class(module: Any) -> None:
    """Refuse a module that computes something else than its class of torch's, or draws at random."""
    if getattr(module, "dropout", 0) and module.training and module.num_layers > 1:
        raise ValueError(f"source: dropout={module.dropout} draws at random while training; call module.eval() first")
    theirs = next((c for c in type(module).__mro__ if c.__module__ == HOME), None)  # None of a ScriptModule
    names = ("forward", "__call__")
    if theirs and ("forward" in vars(module) or any(getattr(type(module), n) is not getattr(theirs, n) for n in names)):
        raise ValueError(
            f"source: {type(module).__name__} has a forward of its own, which may compute anything; "
            "give its state_dict() if it is the same"
        )
    for which in ("_forward_pre_hooks", "_forward_hooks"):
        for hook in getattr(module, which, {}).values():
            if type(hook).__module__ not in HARMLESS:
                raise ValueError(
                    f"source: {type(module).__name__} has a hook, {hook!r:.60}, which may change what it computes; "
                    "remove it, or give its state_dict()"
                )
