"""What ONNX Runtime computes, in a process of its own: it is C++, and its input other people's.

Run as a script by `onnx_runtime.py`. Input: a request as a line of JSON, the model's bytes, and the bytes of the arrays
that it reads. Output: a line of JSON, then the bytes of the outputs that were asked for. The process may take little
memory and time, and may open and write no file.
"""

import json
import math
import sys
from contextlib import suppress
from typing import Any

import numpy as np
import onnxruntime

MEMORY, OUTPUT = 2 << 30, 256 << 20


def confine(seconds: int) -> None:
    """Nothing but what is open already, and bounded."""
    with suppress(ImportError):
        import resource

        for name, limit in (("AS", MEMORY), ("CPU", seconds), ("CORE", 0), ("FSIZE", OUTPUT), ("NOFILE", 0)):
            with suppress(ValueError, OSError):  # not every system has each
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def feeds_of(arrays: dict[str, tuple[list[int], str]], data: memoryview) -> dict[str, np.ndarray]:
    """The arrays that the model reads."""
    feeds = {}
    for name, (shape, dtype) in arrays.items():
        feeds[name] = np.frombuffer(data, np.dtype(dtype), math.prod(shape)).reshape(shape)
        data = data[feeds[name].nbytes :]
    return feeds


def answer(request: dict[str, Any], data: memoryview) -> tuple[dict[str, Any], list[np.ndarray]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    model, data = bytes(data[: request["model"]]), data[request["model"] :]
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    made = session.run(request["outputs"], feeds_of(request["arrays"], data))
    if not all(isinstance(each, np.ndarray) and each.dtype.kind in "fiub" for each in made):
        raise ValueError("an output that is no array of numbers")
    arrays = [np.ascontiguousarray(each) for each in made]
    named = zip(request["outputs"], arrays, strict=True)
    return {"arrays": {name: [list(each.shape), each.dtype.str] for name, each in named}}, arrays


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    data = memoryview(sys.stdin.buffer.read())
    confine(request["seconds"])
    try:
        head, arrays = answer(request, data)
    except Exception as error:  # whatever the library makes of a model and of its input
        head, arrays = {"refused": f"{error}"[:300]}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for each in arrays:
        sys.stdout.buffer.write(each.data if each.size else b"")


if __name__ == "__main__":
    main()
