"""Weights from pairwise comparisons (analytic hierarchy process), with their consistency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Mean consistency index of random reciprocal matrices of order 1 to 10,
# Saaty (1980), The Analytic Hierarchy Process, table 1.3 as reprinted in Saaty (1990),
# "How to make a decision", European Journal of Operational Research 48, p. 13.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)

# Saaty's rule: above one tenth the judgments should be looked at again.
CONSISTENCY_LIMIT = 0.10

SMALLEST_ORDER = 2  # one item needs no comparison
_RECIPROCITY_TOLERANCE = 0.01  # judgments such as 0.33 for 1/3


@dataclass(frozen=True, slots=True)
class PairwiseWeights:
    """Weights derived from one matrix of pairwise judgments.

    Parameters
    ----------
    weights
        Principal eigenvector, scaled to sum to one; order of the matrix.
    principal_eigenvalue
        λ_max, equal to the order of the matrix when judgments are consistent.
    consistency_index
        (λ_max − n) / (n − 1).
    consistency_ratio
        Consistency index over the mean index of random matrices of that order.
    """

    weights: tuple[float, ...]
    principal_eigenvalue: float
    consistency_index: float
    consistency_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the ratio is within Saaty's limit of 0.1."""
        return self.consistency_ratio <= CONSISTENCY_LIMIT


def pairwise_weights(matrix: Sequence[Sequence[float]]) -> PairwiseWeights:
    """Derive weights from a matrix of pairwise judgments.

    Parameters
    ----------
    matrix
        Shape (n, n), 2 ≤ n ≤ 10; entry (i, j) says how many times more item i matters
        than item j, so that entry (j, i) is its reciprocal.

    Returns
    -------
    PairwiseWeights

    Raises
    ------
    ValueError
        If the matrix is not square, positive and reciprocal, or too large.

    Notes
    -----
    Saaty (2008), "Decision making with the analytic hierarchy process", International
    Journal of Services Sciences 1, pp. 83–98.
    """
    judgments = np.asarray(matrix, dtype=float)
    _check(judgments)
    order = len(judgments)
    values, vectors = np.linalg.eig(judgments)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    eigenvalue = float(values[largest].real)
    index = max((eigenvalue - order) / (order - 1), 0.0)
    random = RANDOM_INDEX[order - 1]
    return PairwiseWeights(
        weights=tuple(float(w) for w in vector / vector.sum()),
        principal_eigenvalue=eigenvalue,
        consistency_index=index,
        consistency_ratio=index / random if random else 0.0,
    )


def _check(judgments: np.ndarray) -> None:
    order = len(judgments)
    if judgments.shape != (order, order) or not SMALLEST_ORDER <= order <= len(RANDOM_INDEX):
        raise ValueError(f"n × n, {SMALLEST_ORDER} ≤ n ≤ {len(RANDOM_INDEX)}")
    if not np.isfinite(judgments).all() or (judgments <= 0).any():
        raise ValueError("> 0")
    off = np.abs(judgments * judgments.T - 1) > _RECIPROCITY_TOLERANCE
    if off.any():
        row, column = (int(place) + 1 for place in np.argwhere(off)[0])
        raise ValueError(f"({row}, {column}) × ({column}, {row}) ≠ 1")
