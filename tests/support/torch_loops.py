"""Every variant once more, as a plain torch loop: the other side of the comparisons that no library can be.

Written from the papers and from ONNX's and PyTorch's documentation, with nothing of ``cells`` but its names, so that
autograd's gradients of every value at every step stand beside ours.
"""

import numpy as np
import torch
from torch.nn import functional

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "linear": lambda a: a * 1,
    "relu": torch.relu,
    "hard_sigmoid": lambda a: (a / 6 + 0.5).clamp(0, 1),  # torch.nn's own slope is 1/6 in single precision
    "hard_sigmoid_fifth": lambda a: (0.2 * a + 0.5).clamp(0, 1),
    "softsign": functional.softsign,
    "softplus": lambda a: torch.logaddexp(a, torch.zeros_like(a)),
    "elu": functional.elu,
    "leaky_relu": functional.leaky_relu,
    "thresholded_relu": lambda a: functional.threshold(a, 1.0, 0.0),
    "affine": lambda a: a + 0.0,
    "scaled_tanh": torch.tanh,
    "linear_sigmoid": lambda a: torch.where(a >= 0, a + 0.5, torch.sigmoid(a)),  # as the paper's appendix has g
    "leaky_relu(0.3)": lambda a: functional.leaky_relu(a, 0.3),
    "elu(0.5)": lambda a: functional.elu(a, 0.5),
    "affine(0.5, 0.25)": lambda a: 0.5 * a + 0.25,
    "scaled_tanh(1.5, 0.6)": lambda a: 1.5 * torch.tanh(0.6 * a),
    "hard_sigmoid(0.4, 0.3)": lambda a: (0.4 * a + 0.3).clamp(0, 1),
    "thresholded_relu(0.2)": lambda a: functional.threshold(a, 0.2, 0.0),
}
"""Names of functions, and what torch computes for them."""


def clipped(a, bound):
    return a if bound is None else a.clamp(-bound, bound)


def rnn(p, x, h, *, activation="tanh", clip=None):
    uh, wx = h @ p["U_h"].T, x @ p["W_h"].T
    a = uh + wx + p["b_h"]
    return {"Uh": uh, "Wx": wx, "a": a, "h": TORCH[activation](clipped(a, clip))}


def lstm(p, x, h, c, *, gate="sigmoid", activation="tanh", output_activation="tanh",
         peephole=False, couple=None, clip=None, projection=None):  # fmt: skip
    values = {}

    def gate_of(k, memory):
        a = x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"]
        values[f"a_{k}"] = a + p[f"p_{k}"] * memory if peephole and k != "g" else a
        return clipped(values[f"a_{k}"], clip)

    if couple != "f=1-i":
        values["f"] = TORCH[gate](gate_of("f", c))
    values["i"] = 1 - values["f"] if couple == "i=1-f" else TORCH[gate](gate_of("i", c))
    if couple == "f=1-i":
        values["f"] = 1 - values["i"]
    values["g"] = TORCH[activation](gate_of("g", None))
    values["keep"], values["write"] = values["f"] * c, values["i"] * values["g"]
    values["c"] = values["keep"] + values["write"]
    values["o"] = TORCH[gate](gate_of("o", values["c"]))
    values["squash"] = TORCH[output_activation](values["c"])
    shown = values["o"] * values["squash"]
    return values | ({"shown": shown, "h": shown @ p["P_h"].T} if projection else {"h": shown})


def gru(p, x, h, *, reset="after", update="keep", gate="sigmoid", activation="tanh", clip=None):
    a = {k: x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "rz"}
    r, z = (TORCH[gate](clipped(a[k], clip)) for k in "rz")
    values = {"a_r": a["r"], "a_z": a["z"], "r": r, "z": z}
    if reset == "after":
        values["Uh"] = h @ p["U_n"].T + p["d_n"]
        values["recall"] = r * values["Uh"]
        past = values["recall"]
    else:
        values["recall"] = r * h
        past = values["recall"] @ p["U_n"].T
    values["a_n"] = x @ p["W_n"].T + p["b_n"] + past
    n = TORCH[activation](clipped(values["a_n"], clip))
    rest = 1 - z
    keep, write = (z * h, rest * n) if update == "keep" else (rest * h, z * n)
    return values | {"n": n, "one_minus_z": rest, "keep": keep, "write": write, "h": keep + write}


def cheat_sheet(p, x, h, c):
    a = {k: x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "firo"}
    f, i, r, o = (torch.sigmoid(a[k]) for k in "firo")
    recall = r * h
    a_g = recall @ p["U_g"].T + x @ p["W_g"].T + p["b_g"]
    g = torch.tanh(a_g)
    keep, write = f * c, i * g
    c = keep + write
    named = {f"a_{k}": v for k, v in a.items()} | {"f": f, "i": i, "r": r, "o": o, "recall": recall, "a_g": a_g}
    return named | {"g": g, "keep": keep, "write": write, "c": c, "h": o * c}


def of_x(p, x, gates):
    """The pre-activations of gates that see the input alone."""
    return {f"a_{k}": x @ p[f"W_{k}"].T + p[f"b_{k}"] for k in gates}


def min_gru(p, x, h, *, activation="linear"):
    a = of_x(p, x, "zn")
    z, n = torch.sigmoid(a["a_z"]), TORCH[activation](a["a_n"])
    rest = 1 - z
    keep, write = rest * h, z * n
    return a | {"z": z, "n": n, "one_minus_z": rest, "keep": keep, "write": write, "h": keep + write}


STEPS = {"rnn": rnn, "lstm": lstm, "gru": gru, "cheat_sheet": cheat_sheet, "min_gru": min_gru}


def leaves(arrays):
    """Arrays by name as torch tensors that collect gradients."""
    return {name: torch.tensor(np.array(array), requires_grad=True) for name, array in arrays.items()}


def loop(cell, x, start, parameters=None, lengths=None, reverse=False, mask=None):
    """Run a cell's twin over x (T, B, D): every named value of every step (T lists), and the states it ended with.

    A sequence's states stay as they were outside its length, and where the mask (T, B) is False; reading backward
    begins at its own last step.
    """
    p = leaves(cell.parameters) if parameters is None else parameters
    state, values = dict(start), [None] * len(x)
    for t in reversed(range(len(x))) if reverse else range(len(x)):
        values[t] = STEPS[cell.kind.key](p, x[t], **state, **cell.options)
        for value in values[t].values():
            if value.requires_grad:
                value.retain_grad()
        new = {name: values[t][name] for name in state}
        if lengths is not None or mask is not None:
            real = np.array(lengths) > t if lengths is not None else True
            real = torch.as_tensor(real & (mask[t] if mask is not None else True))[:, None]
            new = {name: torch.where(real, new[name], state[name]) for name in state}
        state = new
    return values, state


def case(kind, seed=0, steps=4, batch=2, inputs=2, units=3, size=1.0, **options):
    """A drawn cell (its peepholes and all), an input (T, B, D) and first states."""
    random = np.random.default_rng(seed)
    cell = kind.random(inputs=inputs, units=units, seed=seed, **options)
    cell = cell.replace(**{name: p + random.normal(size=p.shape) * 0.5 for name, p in cell.parameters.items()})
    start = {name: random.normal(size=(batch, cell.sizes[node.size])) for name, node in cell.graph.before.items()}
    return cell, random.normal(size=(steps, batch, inputs)) * size, start, random


def close(ours, theirs, what="", limit=1e-12):
    """Equal to 1e-12 of the largest number (of 1 where all are smaller): large sums round at their own size."""
    theirs = theirs.detach().numpy() if isinstance(theirs, torch.Tensor) else np.asarray(theirs)
    assert ours.shape == theirs.shape, (what, ours.shape, theirs.shape)
    scale = max(1.0, np.abs(theirs).max(initial=0))
    np.testing.assert_allclose(ours, theirs, atol=limit * scale, rtol=0, err_msg=what)
