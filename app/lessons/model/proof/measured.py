"""A layer's output beside its maker's: what the file keeps of it, and what PyTorch or ONNX Runtime computes here."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from app.lessons.model import torch_check
from app.models import Answers, Found, Starts, onnx_runtime
from app.training.torch_check import submitted
from cells import Stack, StackTrace, run

NEAR = 1e-4
"""Two right runs of a trained network in 32 bits agree to this, but for chaotic ones over many steps."""
READINGS = 64  # ways to answer that are tried
_runtime = ThreadPoolExecutor(1, "onnx-runtime")  # waits for its process


@dataclass(frozen=True)
class Measured:
    """The largest difference of two outputs, over some steps."""

    difference: float
    steps: int
    better: Answers | None = None
    """Other answers to what the file leaves open, by which the difference is small."""
    then: float = 0.0
    """The difference by these."""

    @property
    def near(self) -> bool:
        return self.difference <= NEAR


def beside(found: Found, stack: Stack, answers: Answers, kept: tuple[np.ndarray, np.ndarray]) -> Measured | None:
    """How far a layer is from what its file keeps; where that is far, which other answers would come near.

    None if the shapes do not fit.
    """
    x, output = kept
    ours = outputs(stack, found, x)
    if ours.shape != output.shape:
        return None
    found_here = difference(ours, output)
    if found_here <= NEAR:
        return Measured(found_here, len(x))
    tried = []
    for chosen in readings(found):
        other = outputs(found.made(chosen), found, x)
        if other.shape == output.shape:
            tried.append((difference(other, output), chosen))
    then, better = min(tried, key=lambda each: each[0], default=(np.inf, {}))
    return Measured(found_here, len(x), better, then) if then <= NEAR else Measured(found_here, len(x))


def outputs(stack: Stack, found: Found, x: np.ndarray) -> np.ndarray:
    return run(stack, x, start=dict(found.start) or None).output


def readings(found: Found) -> list[Answers]:
    """Every way to answer what a file leaves open."""
    questions = found.questions
    names = [question.name for question in questions]
    combined = product(*(question.options for question in questions))
    return [dict(zip(names, each, strict=True)) for each in islice(combined, READINGS)]


def difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.abs(ours - theirs).max())


# ---- their own programs, where they are installed --------------------------------------------------------------------


def program_of(found: Found) -> str | None:
    """The program that can be asked here what it makes of a layer; None where there is none."""
    if found.state:
        return "PyTorch"
    return "ONNX Runtime" if found.operator and onnx_runtime.installed() else None


def asked(found: Found, answers: Answers, x: np.ndarray, start: Starts) -> Future[np.ndarray]:
    """Ask a layer's own program for its output, (T, n): in another process."""
    if found.state:
        activation = answers.get("activation") or found.options.get("activation", "tanh")
        return submitted(torch_check.output, found.kind, found.state(), x, activation, start)
    assert found.operator
    return _runtime.submit(onnx_output, found.operator(start), x)


def onnx_output(model: bytes, x: np.ndarray) -> np.ndarray:
    """What ONNX Runtime makes of one sequence: the operator's Y is (T, directions, 1, H)."""
    (y,) = onnx_runtime.outputs_of(model, {"X": x[:, None].astype(np.float32)}, ["Y"])
    return y.reshape(len(x), -1)


def measured(trace: StackTrace, answer: np.ndarray) -> Measured | None:
    """How far a run is from what was answered; None if the shapes do not fit."""
    if trace.output.shape != answer.shape:
        return None
    return Measured(difference(trace.output, answer), len(answer))
