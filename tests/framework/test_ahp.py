"""Pairwise weights against the examples Saaty published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.framework.ahp import pairwise_weights

DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]

HOUSE = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    [4, 7, 5, 8, 6, 6, 2, 1],
]


def test_saatys_drinks() -> None:
    """Saaty (2008), Int. J. Services Sciences 1, pp. 83–98: relative consumption of drinks.

    Coffee, wine, tea, beer, sodas, milk, water; printed priorities and C.R. = 0.022.
    """
    result = pairwise_weights(DRINKS)
    printed = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert [round(w, 3) for w in result.weights] == printed
    assert round(result.consistency_ratio, 3) == 0.022
    assert result.consistent


def test_saatys_house_is_above_the_limit() -> None:
    """Saaty (1990), EJOR 48, pp. 9–26: criteria for buying a house.

    Printed: λ_max = 9.669, C.I. = 0.238, C.R. = 0.169, priorities to three decimals.
    """
    result = pairwise_weights(HOUSE)
    printed = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert [round(w, 3) for w in result.weights] == printed
    assert round(result.principal_eigenvalue, 3) == 9.669
    assert round(result.consistency_index, 3) == 0.238
    assert round(result.consistency_ratio, 3) == 0.169
    assert not result.consistent


@given(st.lists(st.floats(min_value=0.2, max_value=5), min_size=2, max_size=10))
def test_judgments_made_from_weights_give_the_weights_back(raw: list[float]) -> None:
    """Saaty (1980): a consistent matrix a_ij = w_i / w_j has eigenvector w and λ_max = n."""
    weights = np.array(raw) / sum(raw)
    result = pairwise_weights(weights[:, None] / weights[None, :])
    assert result.weights == pytest.approx(weights, abs=1e-9)
    assert result.consistency_index == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    "matrix",
    [
        [[1, 2], [2, 1]],
        [[1, -2], [-0.5, 1]],
        [[1, 2, 3], [0.5, 1, 2]],
        [[1]],
        [[2, 1], [1, 2]],
        [[1, float("nan")], [1, 1]],
    ],
)
def test_a_matrix_that_is_no_set_of_judgments_is_refused(matrix: list[list[float]]) -> None:
    """Saaty (1980): judgments are positive and reciprocal, the diagonal is one."""
    with pytest.raises(ValueError, match=r".+"):
        pairwise_weights(matrix)
