"""Item statistics a thesis is asked for: alpha, item–total correlation, frequencies.

Every function takes a table of respondents × items and works on that one table; these
figures cannot be added up from parts. Importance–performance analysis and its kin live
in `importance` and are offered here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import fdtri, stdtrit

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.importance import (
    ImportancePerformance,
    SatisfactionIndex,
    gap,
    importance_performance,
    satisfaction_index,
)

__all__ = [
    "CronbachAlpha",
    "ImportancePerformance",
    "SatisfactionIndex",
    "constant_items",
    "cronbach_alpha",
    "frequencies",
    "gap",
    "importance_performance",
    "item_total",
    "r_table",
    "satisfaction_index",
]

CONFIDENCE = 0.95
SIGNIFICANCE = 0.05
FEWEST_ITEMS = 2
FEWEST_RESPONDENTS = 3
"""Two respondents always lie on a straight line: their correlations say nothing."""

ANSWER_LEVELS = (1, 2, 3, 4)
PERCENT = 100

ITEM_TOTAL_TYPES = {
    "n": "Int64",
    "mean": "Float64",
    "sd": "Float64",
    "r": "Float64",
    "r_corrected": "Float64",
    "r_table": "Float64",
    "valid": "boolean",
    "alpha_if_deleted": "Float64",
}


@dataclass(frozen=True, slots=True)
class CronbachAlpha:
    """Cronbach's alpha of a scale.

    Parameters
    ----------
    value
        Alpha, None with a `reason`.
    interval
        Feldt's interval, None where it is not defined.
    n
        Respondents: complete ones for listwise deletion, those with any answer for
        pairwise.
    items
        Items in the scale.
    constant
        Items left out because everyone answered the same, as SPSS does.
    missing
        ``pairwise`` or ``listwise``.
    confidence
        Nominal coverage of the interval.
    reason
        Why there is no alpha.
    """

    value: float | None
    interval: tuple[float, float] | None
    n: int
    items: tuple[str, ...]
    constant: tuple[str, ...]
    missing: str
    confidence: float = CONFIDENCE
    reason: Reason | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return one row: alpha, low, high, n, items, constant, missing."""
        low, high = self.interval or (None, None)
        row = {
            "alpha": self.value,
            "low": low,
            "high": high,
            "n": self.n,
            "items": len(self.items),
            "constant": ", ".join(self.constant),
            "missing": self.missing,
        }
        return pd.DataFrame([row]).astype(dict.fromkeys(("alpha", "low", "high"), "Float64"))


def cronbach_alpha(
    answers: pd.DataFrame,
    missing: Literal["pairwise", "listwise"] = "pairwise",
    confidence: float = CONFIDENCE,
    interval_rows: Literal["used", "all"] = "used",
) -> CronbachAlpha:
    """Return Cronbach's alpha, k/(k − 1) · (1 − Σ σ_i² / σ_total²), with Feldt's interval.

    Σ σ_i² is the trace and σ_total² the sum of the items' covariance matrix (Cronbach,
    Psychometrika 16, 1951, 297–334). The interval is 1 − (1 − α) · F with n − 1 and
    (n − 1)(k − 1) degrees of freedom (Feldt, Woodruff and Salih, Applied Psychological
    Measurement 11, 1987, 93–103).

    Parameters
    ----------
    answers
        Respondents × items, numbers or blanks.
    missing
        ``pairwise``: each covariance from the respondents who answered both items.
        ``listwise``: only respondents who answered every item.
    confidence
        Nominal coverage.
    interval_rows
        Respondents the interval rests on. ``used``: those alpha was computed from.
        ``all``: every row of the table, as R's psych and pingouin count even where
        listwise deletion dropped some, which makes the interval too narrow; only to
        reproduce their figures.

    Returns
    -------
    CronbachAlpha
        Value None with a reason for fewer than two items that vary, fewer than three
        respondents, or a total without variance.
    """
    table = _numbers(answers).dropna(how="any" if missing == "listwise" else "all")
    constant = constant_items(table)
    table = table.drop(columns=list(constant))
    items, n = tuple(map(str, table.columns)), len(table)

    def result(
        value: float | None = None,
        interval: tuple[float, float] | None = None,
        reason: Reason | None = None,
    ) -> CronbachAlpha:
        return CronbachAlpha(value, interval, n, items, constant, missing, confidence, reason)

    if len(items) < FEWEST_ITEMS or n < FEWEST_RESPONDENTS:
        return result(reason=because("too_few_for_alpha", items=len(items), n=n))
    covariance = table.cov().to_numpy()
    total = float(covariance.sum())
    if not np.isfinite(total) or total <= 0:
        return result(reason=because("no_total_variance"))
    k = len(items)
    alpha = k / (k - 1) * (1 - float(np.trace(covariance)) / total)
    rows = n if interval_rows == "used" else len(answers)
    return result(alpha, _feldt(alpha, rows, k, confidence))


def _feldt(alpha: float, n: int, k: int, confidence: float) -> tuple[float, float]:
    tails = np.array([(1 + confidence) / 2, (1 - confidence) / 2])
    low, high = 1 - (1 - alpha) * fdtri(n - 1, (n - 1) * (k - 1), tails)
    return float(low), float(high)


def item_total(answers: pd.DataFrame, significance: float = SIGNIFICANCE) -> pd.DataFrame:
    """Return each item's correlation with the total, with and without the item in it.

    Only respondents who answered every item are used, since a total with blanks is none.

    Parameters
    ----------
    answers
        Respondents × items, numbers or blanks.
    significance
        Two-sided level of the r-table value.

    Returns
    -------
    DataFrame
        Index the items; columns ``n``, ``mean``, ``sd``, ``r`` (Pearson with the total of
        all items, the customary validity test), ``r_corrected`` (with the total of the
        other items, which does not correlate an item with itself), ``r_table``, ``valid``
        (r_corrected above r_table), ``alpha_if_deleted``, ``reason`` (why a figure is
        absent; a constant item has no correlation).
    """
    table = _numbers(answers).dropna()
    rows = [_item_row(table, str(item), significance) for item in table.columns]
    columns = [*ITEM_TOTAL_TYPES, "reason"]
    frame = pd.DataFrame(rows, index=pd.Index(table.columns, name="item"), columns=columns)
    return frame.astype(ITEM_TOTAL_TYPES)


def _item_row(table: pd.DataFrame, item: str, significance: float) -> dict[str, object]:
    scores, others = table[item], table.drop(columns=item)
    n, critical = len(table), r_table(len(table), significance)
    corrected = _correlation(scores, others.sum(axis=1))
    return {
        "n": n,
        "mean": float(scores.mean()) if n else None,
        "sd": float(scores.std()) if n > 1 else None,
        "r": _correlation(scores, table.sum(axis=1)),
        "r_corrected": corrected,
        "r_table": critical,
        "valid": None if corrected is None or critical is None else corrected > critical,
        "alpha_if_deleted": cronbach_alpha(others, "listwise").value,
        "reason": _why_no_correlation(scores, others) if corrected is None else None,
    }


def _correlation(first: pd.Series[float], second: pd.Series[float]) -> float | None:
    """Return Pearson's r, None where a side does not vary or two points define the line."""
    if len(first) < FEWEST_RESPONDENTS or not (_varies(first) and _varies(second)):
        return None
    return float(first.corr(second))


def _why_no_correlation(scores: pd.Series[float], others: pd.DataFrame) -> Reason:
    if len(scores) < FEWEST_RESPONDENTS:
        return because("too_few_complete_rows", n=len(scores), needed=FEWEST_RESPONDENTS)
    if not _varies(scores):
        return because("constant_item", answer=float(scores.iloc[0]))
    return because("others_constant" if len(others.columns) else "single_item")


def r_table(n: int, significance: float = SIGNIFICANCE) -> float | None:
    """Return the critical two-sided Pearson correlation for n respondents (r-tabel).

    r = t / √(n − 2 + t²) with t the two-sided quantile at n − 2 degrees of freedom: 0.361
    for 30 respondents, 0.197 for 100.

    Returns
    -------
    float or None
        None for fewer than three respondents.
    """
    degrees = n - 2
    if degrees < 1:
        return None
    t = float(stdtrit(degrees, 1 - significance / 2))
    return t / sqrt(degrees + t**2)


def constant_items(answers: pd.DataFrame) -> tuple[str, ...]:
    """Return the items that everyone answered the same, or nobody answered."""
    return tuple(str(item) for item in answers.columns if not _varies(answers[item]))


def _varies(scores: pd.Series[float]) -> bool:
    """Tell whether two answers differ; blanks do not count."""
    return bool(scores.min() < scores.max())


def frequencies(answers: pd.DataFrame, levels: Sequence[int] = ANSWER_LEVELS) -> pd.DataFrame:
    """Count each answer of each item, unused answers and blanks included.

    Parameters
    ----------
    answers
        Respondents × items.
    levels
        Answers the form offers, in order.

    Returns
    -------
    DataFrame
        One row per item and level, and one per item for blanks (level missing). Columns
        ``item``, ``level`` (Int64), ``count`` (Int64), ``percent`` (of all respondents),
        ``valid_percent`` and ``cumulative_percent`` (of those who answered); percents are
        0–100 and missing where there is nobody to divide by.

    Raises
    ------
    ValueError
        If an answer is none of the levels.
    """
    table = _numbers(answers)
    rows = [row for item in table.columns for row in _item_counts(table[item], levels)]
    shares = dict.fromkeys(("percent", "valid_percent", "cumulative_percent"), "Float64")
    columns = ["item", "level", "count", *shares]
    types = {"item": "str", "level": "Int64", "count": "Int64"}
    return pd.DataFrame(rows, columns=columns).astype({**types, **shares})


def _item_counts(scores: pd.Series[float], levels: Sequence[int]) -> list[dict[str, object]]:
    unknown = scores.dropna()[~scores.dropna().isin(list(levels))]
    if len(unknown):
        raise ValueError(f"item {scores.name!r} holds {unknown.iloc[0]:g}, which is no level")
    counts = [int((scores == level).sum()) for level in levels]
    valid, everyone, running = sum(counts), len(scores), 0
    rows: list[dict[str, object]] = []
    for level, count in zip(levels, counts, strict=True):
        running += count
        rows.append(
            {
                "item": str(scores.name),
                "level": level,
                "count": count,
                "percent": PERCENT * count / everyone if everyone else None,
                "valid_percent": PERCENT * count / valid if valid else None,
                "cumulative_percent": PERCENT * running / valid if valid else None,
            }
        )
    blank = everyone - valid
    percent = PERCENT * blank / everyone if everyone else None
    return [*rows, {"item": str(scores.name), "level": None, "count": blank, "percent": percent}]


def _numbers(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the table as float64 with NaN for blanks, items named as text."""
    table = answers.astype("Float64").astype("float64")
    return table.set_axis([str(column) for column in table.columns], axis=1)
