"""How many parts an ONNX file has, counted in its bytes: as objects they take a hundred times more."""

from __future__ import annotations

from app.messages import RefusedError

FIELDS, DEPTH = 400_000, 60

SCHEMA: dict[str, dict[int, str]] = {
    "model": {7: "graph", 8: "plain", 14: "plain", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph", 3: "plain", 4: "plain"},
    "graph": {1: "node", 5: "plain", 11: "value", 12: "value", 13: "value", 14: "plain", 15: "sparse", 16: "plain"},
    "function": {7: "node", 9: "plain", 11: "attribute", 12: "value", 14: "plain"},
    "node": {5: "attribute", 9: "plain", 10: "plain"},
    "attribute": {5: "plain", 6: "graph", 10: "plain", 11: "graph", 14: "type", 15: "type", 22: "sparse", 23: "sparse"},
    "sparse": {1: "plain", 2: "plain"},
    "value": {2: "type", 4: "plain"},
    "type": {1: "array", 4: "sequence", 5: "map", 8: "array", 9: "sequence"},
    "array": {2: "shape"},
    "shape": {1: "plain"},
    "sequence": {1: "type"},
    "map": {2: "type"},
    "plain": {},
}
"""By the number of a field of a message, what message it is: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto."""


def expect_bounded(content: memoryview) -> None:
    """Refuse a file with more parts than a model has, or nested deeper, or cut off."""
    fields = 0
    waiting = [("model", 0, len(content), 0)]
    while waiting:
        message, at, end, depth = waiting.pop()
        if depth > DEPTH:
            raise RefusedError("file.onnx.many", most=FIELDS, deep=DEPTH)
        inner = SCHEMA[message]
        while at < end:
            fields += 1
            if fields > FIELDS:
                raise RefusedError("file.onnx.many", most=FIELDS, deep=DEPTH)
            key, at = _varint(content, at, end)
            kind = key & 7
            if kind == 0:
                _, at = _varint(content, at, end)
            elif kind in (1, 5):
                at += 8 if kind == 1 else 4
            elif kind == 2:
                length, at = _varint(content, at, end)
                if (name := inner.get(key >> 3)) and at + length <= end:
                    waiting.append((name, at, at + length, depth + 1))
                at += length
            else:
                raise RefusedError("file.onnx.damaged")
        if at != end:
            raise RefusedError("file.onnx.damaged")


def _varint(content: memoryview, at: int, end: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while at < end and shift < 70:
        byte = content[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise RefusedError("file.onnx.damaged")
