"""Sobol shares against functions whose shares are known, and what is not used."""

from collections.abc import Callable

import numpy as np
import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings
from ektp_analytics.scoring.sobol import FACTORS, shares_frame, sobol_shares, table_shares

Values = Callable[..., list[IndicatorValue]]
ROWS = 4096


def test_the_ishigami_function_through_tables() -> None:
    """Ishigami and Homma (1990), a = 7, b = 0.1; shares as in Saltelli et al. (2008), p. 196.

    First order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437. Each input is a table of
    midpoints of [−π, π]; tolerance two hundredths for 8,192 design points.
    """
    table = -np.pi + 2 * np.pi * (np.arange(ROWS) + 0.5) / ROWS

    def ishigami(rows: list[np.ndarray]) -> np.ndarray:
        x1, x2, x3 = (table[row] for row in rows)
        return (np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))[None]

    first, total = table_shares(ishigami, [ROWS] * 3, points=8192, seed=1)
    assert first[0] == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert total[0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_sum_of_two_independent_tables_splits_by_variance() -> None:
    """Var(X + 2Y) with equal tables is 1 + 4: shares 1/5 and 4/5, no interaction.

    The tables are random and unsorted, as resamples of data are; two outputs at once.
    """
    rng = np.random.default_rng(2)
    x, y = rng.permutation(np.linspace(-1, 1, 512)), rng.permutation(np.linspace(-1, 1, 512))

    def both(rows: list[np.ndarray]) -> np.ndarray:
        return np.stack([x[rows[0]] + 2 * y[rows[1]], x[rows[0]]])

    first, total = table_shares(both, [512, 512], points=4096, seed=3)
    assert first[0] == pytest.approx([0.2, 0.8], abs=0.05)
    assert total[0] == pytest.approx([0.2, 0.8], abs=0.05)
    assert total[1] == pytest.approx([1, 0], abs=0.05)


def test_five_factors_and_those_that_cannot_act(
    catalogue: Catalogue, office_values: Values
) -> None:
    """No judged floor and no interval among what is assessed: the factor is not used."""
    values = office_values(only=("publications", "service_log"))
    values = [v for v in values if v.code != "equal_treatment"]
    shares = sobol_shares(score(values, catalogue, settings=ScoreSettings(draws=200)), points=256)
    law = shares["rule_of_law"]
    assert law.total["goalposts"] is None
    assert law.total["mapping"] == 0
    assert law.total["data"] is not None
    assert law.total["data"] > 0.1
    table = shares_frame(shares)
    assert len(table) == 5 * len(FACTORS)
    unused = table[(table["key"] == "rule_of_law") & (table["factor"] == "goalposts")]
    assert unused["note"].tolist() == ["tidak dipakai"]


def test_a_principle_without_data_has_a_reason_instead(
    catalogue: Catalogue, office_values: Values
) -> None:
    """Nothing assessed, absent under the paper's mapping, and no overall score."""
    card = score(office_values(only=("survey",)), catalogue, settings=ScoreSettings(draws=50))
    shares = sobol_shares(card, points=64)
    codes = {key: s.reason.code if s.reason else None for key, s in shares.items()}
    assert codes["rule_of_law"] == "nothing_assessed"
    assert codes["transparency"] == "absent_under_a_mapping"
    assert codes["overall"] == "overall_needs_all"
    assert codes["accountability"] is None


def test_a_score_that_nothing_moves(catalogue: Catalogue) -> None:
    """One indicator without noise: no weight, mean, mapping or floor can change it."""
    one = IndicatorValue(code="promise_kept", period="2025-Q1", value=60.0, n=100)
    shares = sobol_shares(score([one], catalogue, settings=ScoreSettings(draws=50)), points=64)
    reason = shares["accountability"].reason
    assert reason is not None
    assert reason.code == "score_does_not_vary"
