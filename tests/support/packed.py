"""Arrays as a scene has them."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np


def unpacked(array: Mapping[str, Any]) -> np.ndarray:
    """An array again, of its shape, float64."""
    return np.frombuffer(base64.b64decode(array["data"])).reshape(array["shape"])
