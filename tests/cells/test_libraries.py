"""The later cells against libraries: outputs and gradients of what other people's packages compute.

Packages of ``requirements-dev.txt``, on PyTorch: mingru-pytorch, lru-pytorch and mambapy.  xlstm, of sLSTM's authors,
and transformers are heavier: what compares with them is skipped where they are not installed.
"""

import numpy as np
import pytest
import torch

from cells import LRU, RWKV, SLSTM, Mamba, MinGRU, MinLSTM, backprop, run
from tests.support.torch_loops import case, close

STEPS, INPUTS, UNITS = 6, 2, 3
POSITIVE = {"activation": "linear_sigmoid"}  # minGRU-pytorch computes in logarithms, so that states are positive


@pytest.fixture(autouse=True)
def double():
    """Modules in 64 bits; some make arrays of the default type themselves."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def tensors(arrays):
    return {name: torch.tensor(array) for name, array in arrays.items()}


def compare(cell, x, module, into, limit=1e-12, **start):
    """Outputs of a module that reads (B, T, D), and gradients of its input and parameters.

    ``into`` gives the gradient of each of our parameters from the module's own.
    """
    trace = run(cell, x, start=start)
    loss = np.random.default_rng(1).normal(size=trace.output.shape)
    grads = backprop(trace, {cell.graph.output: loss})
    read = torch.tensor(x.swapaxes(0, 1).copy(), requires_grad=True)
    output = module(read)
    (output * torch.tensor(loss.swapaxes(0, 1).copy())).sum().backward()
    close(trace.output, output.detach().numpy().swapaxes(0, 1), "output", limit)
    close(grads.x, read.grad.numpy().swapaxes(0, 1), "dL/dx", limit)
    for name, gradient in into().items():
        close(grads.params[name], gradient.numpy().reshape(grads.params[name].shape), f"dL/d{name}", limit)


# ---- minGRU-pytorch --------------------------------------------------------------------------------------------------


def minimal(kind, letters, seed=0):
    """A cell without biases, a module of the same weights, and the gradients of these."""
    name = "minGRU" if kind is MinGRU else "minLSTM"
    package = pytest.importorskip(f"minGRU_pytorch.{name}")
    cell, x, _, _ = case(kind, seed, STEPS, inputs=INPUTS, units=UNITS, **POSITIVE)
    cell = cell.replace(**{f"b_{letter}": np.zeros(UNITS) for letter in letters})
    module = getattr(package, name)(INPUTS, UNITS / INPUTS, proj_out=False)
    (weight,) = module.parameters()
    weight.data = torch.tensor(np.concatenate([cell.parameters[f"W_{letter}"] for letter in letters]))
    names = [f"W_{letter}" for letter in letters]
    return cell, x, module, lambda: dict(zip(names, weight.grad.chunk(len(letters)), strict=True))


@pytest.mark.parametrize(("kind", "letters"), [(MinGRU, "nz"), (MinLSTM, "nfi")], ids=["MinGRU", "MinLSTM"])
def test_minimal_networks_in_parallel(kind, letters):
    """All timesteps at once, in logarithms."""
    compare(*minimal(kind, letters))


@pytest.mark.parametrize(("kind", "letters"), [(MinGRU, "nz"), (MinLSTM, "nfi")], ids=["MinGRU", "MinLSTM"])
def test_minimal_networks_step_by_step(kind, letters):
    """From a state."""
    cell, x, module, into = minimal(kind, letters)
    h = np.random.default_rng(2).normal(size=(x.shape[1], UNITS))

    def stepped(read):
        state, outputs = torch.tensor(h[:, None]), []
        for step in read.split(1, dim=1):
            _, state = module(step, state, return_next_prev_hidden=True)
            outputs.append(state)
        return torch.cat(outputs, dim=1)

    compare(cell, x, stepped, into, h=h)


# ---- lru-pytorch -----------------------------------------------------------------------------------------------------


def test_lru():
    """In complex numbers."""
    LRUModule = pytest.importorskip("LRU_pytorch").LRU
    cell, x, _, _ = case(LRU, 3, STEPS, inputs=INPUTS, units=UNITS)
    module, p = LRUModule(INPUTS, UNITS, UNITS), tensors(cell.parameters)
    module.nu_log.data, module.theta_log.data, module.gamma_log.data = p["l_r"], p["l_s"], p["l_g"]
    module.B.data, module.C.data = torch.complex(p["W_a"], p["W_b"]), torch.complex(p["P_a"], -p["P_b"])
    module.D.data = p["W_h"]

    def gradients():
        B, C = module.B.grad, module.C.grad
        return {
            "l_r": module.nu_log.grad, "l_s": module.theta_log.grad, "l_g": module.gamma_log.grad,
            "W_a": B.real, "W_b": B.imag, "P_a": C.real, "P_b": -C.imag, "W_h": module.D.grad,
        }  # fmt: skip

    compare(cell, x, module, gradients)


# ---- mambapy ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parallel", [False, True], ids=["one step after another", "parallel scan"])
@pytest.mark.parametrize("channel", [0, 1])
def test_mamba(parallel, channel):
    """One channel of the selective state space of a block, which reads both channels."""
    mambapy = pytest.importorskip("mambapy.mamba")
    config = mambapy.MambaConfig(1, 1, dt_rank=1, d_state=UNITS, expand_factor=2, pscan=parallel)
    block, random = mambapy.MambaBlock(config).double(), np.random.default_rng(4)
    for parameter in block.parameters():
        parameter.data = torch.tensor(random.normal(size=parameter.shape))
    for parameter in (block.A_log, block.D):
        parameter.float = lambda parameter=parameter: parameter  # the block would take them in 32 bits
    d, B, C = (part.detach().numpy() for part in block.x_proj.weight.split([1, UNITS, UNITS]))
    cell = Mamba(
        W_d=block.dt_proj.weight.detach().numpy()[[channel]] @ d, b_d=block.dt_proj.bias.detach().numpy()[[channel]],
        W_u=np.eye(2)[[channel]], W_B=B, W_C=C,
        l_A=block.A_log.detach().numpy()[channel], d_u=block.D.detach().numpy()[[channel]],
    )  # fmt: skip

    def gradients():
        d, B, C = block.x_proj.weight.grad.split([1, UNITS, UNITS])
        return {
            "W_d": d / block.dt_proj.weight.detach()[channel], "W_B": B, "W_C": C,
            "l_A": block.A_log.grad[channel], "d_u": block.D.grad[[channel]], "b_d": block.dt_proj.bias.grad[[channel]],
        }  # fmt: skip

    x = random.normal(size=(STEPS, 2, 2))
    compare(cell, x, lambda read: block.ssm(read, None)[..., [channel]], gradients)


# ---- xlstm, of the authors -------------------------------------------------------------------------------------------


def test_slstm():
    vanilla = pytest.importorskip("xlstm.blocks.slstm.src.vanilla", reason="xlstm is not among the requirements")
    cell, x, _, _ = case(SLSTM, 5, STEPS, inputs=INPUTS, units=UNITS)
    p = {k: [torch.tensor(cell.parameters[f"{k}_{g}"], requires_grad=True) for g in "ifgo"] for k in "WUb"}

    def module(read):
        W, U, b = (torch.cat(p[kind]) for kind in "WUb")
        states = torch.zeros(4, len(read), UNITS)
        pointwise = vanilla.slstm_pointwise_function_registry["slstm"]
        return vanilla.slstm_forward(read.swapaxes(0, 1) @ W.T, states, U[None], b, pointwise)[0][0, 1:].swapaxes(0, 1)

    compare(cell, x, module, lambda: {f"{k}_{g}": w.grad for k in "WUb" for g, w in zip("ifgo", p[k], strict=True)})


# ---- transformers ----------------------------------------------------------------------------------------------------


def test_rwkv():
    """Time mixing without the shift and with the identity as output matrix; it takes keys in 32 bits."""
    rwkv = pytest.importorskip(
        "transformers.models.rwkv.modeling_rwkv", reason="transformers is not among the requirements"
    )
    cell, x, _, _ = case(RWKV, 6, STEPS, inputs=UNITS, units=UNITS)
    module = rwkv.RwkvSelfAttention(rwkv.RwkvConfig(hidden_size=UNITS, num_hidden_layers=1))
    p = tensors(cell.parameters)
    for mixed in (module.time_mix_key, module.time_mix_value, module.time_mix_receptance):
        mixed.data = torch.ones_like(mixed)
    module.output.weight.data = torch.eye(UNITS)
    module.time_decay.data, module.time_first.data = p["l_w"], p["b_u"]
    module.key.weight.data, module.value.weight.data, module.receptance.weight.data = p["W_k"], p["W_v"], p["W_r"]

    def gradients():
        parts = {"W_k": module.key, "W_v": module.value, "W_r": module.receptance}
        own = {"l_w": module.time_decay.grad, "b_u": module.time_first.grad}
        return own | {name: part.weight.grad for name, part in parts.items()}

    compare(cell, x, lambda read: module(read)[0], gradients, limit=1e-6)
