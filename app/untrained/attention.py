"""One head of causal self-attention (Vaswani et al. 2017), weighted by hand."""

from collections.abc import Sequence

import numpy as np

ASKING = 2.0  # the weight of queries and keys, in the head that reads the days


def softmax(scores: np.ndarray) -> np.ndarray:
    """Each row's shares, which add up to 1."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def attended(queries: np.ndarray, keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Causal self-attention of one head.

    Parameters
    ----------
    queries, keys, values : numpy.ndarray
        (T, D), (T, D) and (T, E).

    Returns
    -------
    outputs : numpy.ndarray
        (T, E).
    shares : numpy.ndarray
        (T, T): how much each step takes of each step up to itself.
    """
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    shares = softmax(np.where(np.tri(len(scores), dtype=bool), scores, -np.inf))
    return shares @ values, shares


def over_days(days: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """What a head of one number outputs on each day, (T,), and what it takes of each day up to that one, (T, T)."""
    x = np.array(days, dtype=float)[:, None]
    outputs, shares = attended(ASKING * x, ASKING * x, x)
    return outputs[:, 0], shares
