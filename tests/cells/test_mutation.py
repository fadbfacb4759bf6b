"""Mistakes made on purpose in a copy of the core: the suite must notice each of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.mutation
ROOT = Path(__file__).parent.parent.parent
TESTS = ("test_published", "test_variants", "test_sequences", "test_chain", "test_masks", "test_stacks", "test_scan")
COPIED = (
    "__init__",
    *(f"support/{name}" for name in ("__init__", "torch_loops", "torch_modules")),
    *(f"cells/{name}" for name in ("__init__", *TESTS)),
)

PUBLISHED = "test_published.py"  # needs no torch: the quickest to notice
LOOP = "test_variants.py::test_values_and_all_gradients_equal_a_plain_loop_and_autograd"
PADDED = "test_sequences.py::test_a_padded_sequence_is_itself_alone"
CHAIN = "test_chain.py::test_the_terms_add_up_to_what_autograd_retains"
MASKED = "test_masks.py::test_any_cell_against_a_plain_loop"
BLOCKS = "test_stacks.py::test_influence_is_autograds"
SCANNED = "test_scan.py::test_a_scan_reads_what_a_run_reads[mamba]"
ENDED = "test_sequences.py::test_one_cell_against_a_plain_loop[lengths-False-LSTM]"

# What is done wrong: in which file of cells, the test that must notice, and the edits (source as it is, as it becomes).
MISTAKES = {
    "i and o swapped": ("lstm.py", PUBLISHED, ('else gate_of("i", c)', 'else gate_of("\0", c)'),
                        ('o = gate_of("o", c)', 'o = gate_of("i", c)'), ("\0", "o")),
    "i and f swapped": ("lstm.py", PUBLISHED, ("keep, write = f * c, i * g", "keep, write = i * c, f * g")),
    "z and r swapped": ("gru.py", f"{LOOP}[GRU]", ('affine("r"', 'affine("\0"'), ('affine("z"', 'affine("r"'),
                        ("\0", "z")),
    "reset flipped": ("gru.py", f"{LOOP}[GRU-reset=before]", ('if reset == "after"', 'if reset != "after"')),
    "update flipped": ("gru.py", f"{LOOP}[GRU]", ('if update == "keep"', 'if update != "keep"')),
    "tanh(c) dropped": ("lstm.py", PUBLISHED, ("h = o * squash", "h = o * c")),
    "peephole of o on the old c": ("lstm.py", f"{LOOP}[LSTM-peephole=True]", ('    o = gate_of("o", c)\n', ""),
                                   ("    keep, write =", '    o = gate_of("o", c)\n    keep, write =')),
    "peepholes dropped": ("lstm.py", f"{LOOP}[LSTM-peephole=True]", ("memory if peephole else None", "None")),
    "coupling f=1-i dropped": ("lstm.py", f"{LOOP}[LSTM-couple=f=1-i]", ("f = 1 - i\n", 'f = gate_of("f", c)\n')),
    "coupling i=1-f dropped": ("lstm.py", f"{LOOP}[LSTM-couple=i=1-f]", ("1 - f if couple else ", "")),
    "couplings confused": ("lstm.py", f"{LOOP}[LSTM-couple=i=1-f]", ('couple == "f=1-i"', 'couple == "i=1-f"')),
    "clip dropped": ("expression.py", f"{LOOP}[LSTM-clip=0.5]", ("if bound is not None:", "if False:")),
    "clip without its slope": ("functions.py", f"{LOOP}[LSTM-clip=0.5]",
                               ("np.copyto(s, np.abs(a) <= bound)", "np.copyto(s, 1)")),
    "lengths ignored": ("trace.py", PADDED, ("None if masking.whole else masking.running", "None")),
    "lengths ignored going backward": ("gradients.py", PADDED,
                                       ("None if trace.masking.whole else trace.masking.running", "None")),
    "lengths ignored by the output": ("inputs.py", ENDED, ("return array if self.whole", "return array if True")),
    "lengths ignored reading backward": ("inputs.py", PADDED, ("self.read[::-1] if self.reverse else self.read",
                                                                "self.read")),
    "a mask ignored beside lengths": ("inputs.py", MASKED, ("if self.mask is None else within & self.mask", "")),
    "what is not read kept": ("inputs.py", MASKED, ("np.where(masking.read[..., None], sequence, 0)",
                                                     "np.where(True, sequence, 0)")),
    "rows of influence lost between blocks": ("sensitivity.py", BLOCKS, ("adjoint[graph.values[name]][-1] += d",
                                                                         "adjoint[graph.values[name]][-1] += d / 2")),
    "tomorrow's share taken today": ("chain.py", CHAIN, ("moved[..., :-1] = numbers[..., 1:]", "moved[...] = numbers")),
    "the loss left out of the chain": ("chain.py", CHAIN, ("if given is not None and given.any():", "if False:")),
    "the wrong factor of a product": ("chain.py", CHAIN, ("b if read is a else a", "a if read is a else b")),
    "a chain without its matrix": ("chain.py", CHAIN, ("np.matmul(product, self.trace.parameters[reader.parameter])",
                                                       "product")),
    "minGRU keeps and writes swapped": ("min_rnn.py", f"{LOOP}[MinGRU]", ("one_minus_z * h, z * n",
                                                                          "z * h, one_minus_z * n")),
    "minLSTM's shares swapped": ("min_rnn.py", f"{LOOP}[MinLSTM]", ("f / both, i / both", "i / both, f / both")),
    "sLSTM's stabiliser without m": ("slstm.py", f"{LOOP}[SLSTM]", ("maximum(before, a_i)", "maximum(log_f, a_i)")),
    "sLSTM's normaliser not kept": ("slstm.py", f"{LOOP}[SLSTM]", ("n = f * n + i", "n = n + i")),
    "LRU's scale dropped": ("lru.py", f"{LOOP}[LRU]", ("+ g * Wa", "+ Wa")),
    "LRU turned in one part alone": ("lru.py", f"{LOOP}[LRU]", ("a - imaginary * b", "a + imaginary * b")),
    "RWKV's bonus forgotten": ("rwkv.py", f"{LOOP}[RWKV]", ("exp(m - top), exp(now - top)",
                                                            "exp(m - top), exp(k - top)")),
    "RWKV's bonus kept": ("rwkv.py", f"{LOOP}[RWKV-stabilised=False]", ("exp(-w), exp(k), exp(now)",
                                                                        "exp(-w), exp(now), exp(now)")),
    "Mamba's step size missing where it writes": ("mamba.py", f"{LOOP}[Mamba]", ("(d * u) * B", "u * B")),
    "Mamba reads the state before": ("mamba.py", f"{LOOP}[Mamba]", ("    shown = C * h\n", ""),
                                     ("    keep, write =", "    shown = C * h\n    keep, write =")),
    "a maximum's gradient to the smaller": ("gradients.py", f"{LOOP}[SLSTM]", ("np.heaviside(mine - others[0]",
                                                                               "np.heaviside(others[0] - mine")),
    "a shared number's gradient of one entry": ("gradients.py", f"{LOOP}[Mamba]", (
        "(d[t] * local[t]).sum(axis=-1, keepdims=True)", "(d[t] * local[t])[..., :1]")),
    "a quotient's slope with the wrong sign": ("functions.py", f"{LOOP}[RWKV]", (
        "np.negative(np.multiply(y, y, s), s)", "np.multiply(y, y, s)")),
    "a shared number's chain of one entry": ("chain.py", CHAIN, ("product.sum(axis=-1, keepdims=True)",
                                                                 "product[..., :1]")),
    "the earlier factor": ("scan.py", SCANNED, ("(late * b[None, :, :-apart])", "(early * b[None, :, :-apart])")),
    "what is not read scanned": ("scan.py", SCANNED, ("if not masking.whole:", "if False:")),
}  # fmt: skip


def copy_of_the_core(folder):
    shutil.copytree(ROOT / "cells", folder / "cells", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("support", "cells"):
        (folder / "tests" / room).mkdir(parents=True)
    for name in COPIED:
        shutil.copy(ROOT / "tests" / f"{name}.py", folder / "tests" / f"{name}.py")


def suite(folder, *tests):
    """Run tests of the copy, in a process of its own that finds the copy's ``cells``."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
    for name in [name for name in environment if name.startswith("PYTEST")]:
        del environment[name]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}"]
    return subprocess.run(
        [*command, *(f"tests/cells/{test}" for test in tests)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_an_untouched_copy_passes(tmp_path):
    """Else the failures below would prove nothing."""
    copy_of_the_core(tmp_path)
    done = suite(tmp_path, *sorted({noticed_by for _, noticed_by, *_ in MISTAKES.values()}))
    assert done.returncode == 0, done.stdout
    used = subprocess.run(
        [sys.executable, "-c", "import cells; print(cells.__file__)"], cwd=tmp_path, capture_output=True, text=True
    )
    assert used.stdout.startswith(str(tmp_path))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(mistake, tmp_path):
    file, noticed_by, *edits = MISTAKES[mistake]
    copy_of_the_core(tmp_path)
    path = tmp_path / "cells" / file
    right = wrong = path.read_text()
    for old, new in edits:
        assert wrong.count(old) == 1, f"{file} no longer has {old!r} once"
        wrong = wrong.replace(old, new)
    assert wrong != right
    path.write_text(wrong)
    done = suite(tmp_path, noticed_by)
    assert done.returncode == 1, done.stdout + done.stderr  # 1: tests were run, and one failed
    assert "FAILED" in done.stdout
