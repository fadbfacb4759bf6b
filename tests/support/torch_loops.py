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


def min_lstm(p, x, h, *, activation="linear"):
    a = of_x(p, x, "fin")
    f, i, n = torch.sigmoid(a["a_f"]), torch.sigmoid(a["a_i"]), TORCH[activation](a["a_n"])
    both = f + i
    kept, let_in = f / both, i / both
    keep, write = kept * h, let_in * n
    named = {"f": f, "i": i, "n": n, "both": both, "kept": kept, "let_in": let_in}
    return a | named | {"keep": keep, "write": write, "h": keep + write}


def slstm(p, x, h, c, n, m=None, *, forget="sigmoid", stabilised=True):
    """As `slstm_forward_pointwise` of NX-AI's xlstm has it, which takes the smaller of a gate and 1."""
    a = {f"a_{k}": x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "ifgo"}
    values = dict(a)
    if stabilised:
        values["log_f"] = functional.logsigmoid(a["a_f"]) if forget == "sigmoid" else a["a_f"]
        values["before"] = values["log_f"] + m
        values["m"] = torch.maximum(a["a_i"], values["before"])
        i, f = torch.exp(a["a_i"] - values["m"]), torch.exp(values["log_f"] + m - values["m"])
        if forget == "exp":
            del values["log_f"]  # is a_f
    else:
        i, f = torch.exp(a["a_i"]), torch.sigmoid(a["a_f"]) if forget == "sigmoid" else torch.exp(a["a_f"])
    g, o = torch.tanh(a["a_g"]), torch.sigmoid(a["a_o"])
    keep, write, n = f * c, i * g, f * n + i
    c = keep + write
    average = c / n
    named = {"i": i, "f": f, "g": g, "o": o, "keep": keep, "write": write, "c": c, "n": n, "average": average}
    return values | named | {"h": o * average}


def lru(p, x, h, a, b):
    """In complex numbers, as the paper's appendix has it: x = λ x + γ B u, y = Re(C x) + D u."""
    rate = torch.exp(p["l_r"].expand(len(x), -1))
    r, s, g = torch.exp(-rate), *(torch.exp(p[name].expand(len(x), -1)) for name in ("l_s", "l_g"))
    Wa, Wb = x @ p["W_a"].T, x @ p["W_b"].T
    real, imaginary = torch.polar(r, s).real, torch.polar(r, s).imag
    state = torch.complex(real, imaginary) * torch.complex(a, b) + g * torch.complex(Wa, Wb)
    a, b = state.real, state.imag
    h = a @ p["P_a"].T + b @ p["P_b"].T + x @ p["W_h"].T
    parts = {"rate": rate, "r": r, "s": s, "g": g, "real": real, "imaginary": imaginary}
    return parts | {"Wa": Wa, "Wb": Wb, "a": a, "b": b, "h": h}


def rwkv(p, x, h, a, b, m=None, *, stabilised=True):
    """As `RWKV_RNN.time_mixing` of the authors' ChatRWKV has it; there aa, bb and pp."""
    k, v, a_r = (x @ p[f"W_{letter}"].T for letter in "kvr")
    r, w, ww = torch.sigmoid(a_r), torch.exp(p["l_w"].expand(len(x), -1)), p["b_u"] + k
    values = {"k": k, "v": v, "a_r": a_r, "r": r, "w": w, "now": ww}
    if stabilised:
        qq = torch.maximum(m, ww)
        e1, e2 = torch.exp(m - qq), torch.exp(p["b_u"] + k - qq)
        above, below = e1 * a + e2 * v, e1 * b + e2
        before, later = m, m - w
        m = torch.maximum(later, k)
        f, i = torch.exp(before - w - m), torch.exp(k - m)
        values |= {"top": qq, "past": e1, "later": later, "m": m}
    else:
        e2, f, i = torch.exp(ww), torch.exp(-w), torch.exp(k)
        above, below = a + e2 * v, b + e2
    keep, write = f * a, i * v
    values |= {"present": e2, "above": above, "below": below, "f": f, "i": i, "keep": keep, "write": write}
    average = above / below
    return values | {"average": average, "a": keep + write, "b": f * b + i, "h": r * average}


def mamba(p, x, y, h):
    """As `selective_scan_ref` of the authors' mamba has one channel of it."""
    a_d = x @ p["W_d"].T + p["b_d"]
    d, u, B, C = functional.softplus(a_d, threshold=1e3), x @ p["W_u"].T, x @ p["W_B"].T, x @ p["W_C"].T
    rate = torch.exp(p["l_A"].expand(len(x), -1))
    f = torch.exp(d * -rate)
    keep, write = f * h, d * B * u
    h = keep + write
    shown = C * h
    read = shown.sum(-1, keepdim=True)
    values = {"a_d": a_d, "d": d, "u": u, "B": B, "C": C, "rate": rate, "f": f, "keep": keep, "write": write, "h": h}
    return values | {"shown": shown, "read": read, "y": read + p["d_u"] * u}


STEPS = {
    "rnn": rnn, "lstm": lstm, "gru": gru, "cheat_sheet": cheat_sheet, "min_gru": min_gru, "min_lstm": min_lstm,
    "slstm": slstm, "lru": lru, "rwkv": rwkv, "mamba": mamba,
}  # fmt: skip


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
    start |= {name: np.abs(start[name]) + 0.5 for name in start.keys() & {"n", "b"}}  # what others are divided by
    return cell, random.normal(size=(steps, batch, inputs)) * size, start, random


def close(ours, theirs, what="", limit=1e-12):
    """Equal to 1e-12 of the largest number (of 1 where all are smaller): large sums round at their own size.

    None is autograd's gradient of what nothing reads.
    """
    theirs = np.zeros_like(ours) if theirs is None else theirs
    theirs = theirs.detach().numpy() if isinstance(theirs, torch.Tensor) else np.asarray(theirs)
    assert ours.shape == theirs.shape, (what, ours.shape, theirs.shape)
    scale = max(1.0, np.abs(theirs).max(initial=0))
    np.testing.assert_allclose(ours, theirs, atol=limit * scale, rtol=0, err_msg=what)
