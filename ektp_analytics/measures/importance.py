"""Performance set beside importance: quadrants, customer satisfaction index, gap.

These need a question on importance (harapan) beside each question on performance; a
satisfaction survey without one cannot be analysed this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.measures.rounding import exact, round_half_up

Quadrant = Literal["A", "B", "C", "D"]

HIGHEST_ANSWER = 4
PERCENT = 100
PRINTED_DECIMALS = 2

SATISFACTION_BANDS = (("0.81", 5), ("0.66", 4), ("0.51", 3), ("0.35", 2), ("0", 1))
"""Lower edge of each level of the customer satisfaction index, best first, as theses use it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Exact means of one item over the respondents who rated both sides."""

    item: str
    n: int
    performance: Fraction
    importance: Fraction


@dataclass(frozen=True, slots=True)
class ImportancePerformance:
    """Items placed by performance and importance.

    Parameters
    ----------
    table
        Index the items; columns ``n`` (respondents who rated both), ``performance``,
        ``importance`` (means), ``tki`` (performance as percent of importance),
        ``quadrant`` (A to D).
    performance_cut, importance_cut
        Grand means that divide the quadrants, None without items.
    left_out
        Items without a respondent who rated both sides.
    reason
        Why there is no analysis.
    """

    table: pd.DataFrame
    performance_cut: float | None
    importance_cut: float | None
    left_out: tuple[str, ...] = ()
    reason: Reason | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    def meaning(self, item: str, lang: Language = "id") -> str:
        """Return in words what the quadrant of an item asks for."""
        quadrant = str(self.table["quadrant"][item])
        return because(f"quadrant_{quadrant}").text(lang)


def importance_performance(
    performance: pd.DataFrame, importance: pd.DataFrame | None
) -> ImportancePerformance:
    """Place each item by its mean performance (X) and mean importance (Y).

    Quadrants by the grand means: A important and weak (prioritas utama), B important and
    strong (pertahankan prestasi), C unimportant and weak (prioritas rendah), D unimportant
    and strong (berlebihan); a mean on the line counts as high. Tki = ΣX / ΣY · 100
    (Martilla and James, Journal of Marketing 41, 1977, 77–79; Supranto, Pengukuran
    Tingkat Kepuasan Pelanggan, 2006).

    Parameters
    ----------
    performance, importance
        Respondents × items, rows and columns matched by label; blanks allowed. A
        respondent counts for an item where both were rated.

    Returns
    -------
    ImportancePerformance
        Without rows and with a reason if importance was not asked.
    """
    pairs, left_out = _paired_means(performance, importance)
    if not pairs:
        return ImportancePerformance(_quadrant_table([]), None, None, left_out, _not_asked())
    cut_x = sum((pair.performance for pair in pairs), Fraction(0)) / len(pairs)
    cut_y = sum((pair.importance for pair in pairs), Fraction(0)) / len(pairs)
    rows = [
        {
            "item": pair.item,
            "n": pair.n,
            "performance": float(pair.performance),
            "importance": float(pair.importance),
            "tki": float(PERCENT * pair.performance / pair.importance),
            "quadrant": _quadrant(pair.performance >= cut_x, pair.importance >= cut_y),
        }
        for pair in pairs
    ]
    return ImportancePerformance(_quadrant_table(rows), float(cut_x), float(cut_y), left_out)


def _quadrant(strong: bool, important: bool) -> Quadrant:
    if important:
        return "B" if strong else "A"
    return "D" if strong else "C"


def _quadrant_table(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    means = dict.fromkeys(("performance", "importance", "tki"), "Float64")
    types = {"item": "str", "n": "Int64", **means, "quadrant": "str"}
    return pd.DataFrame(list(rows), columns=list(types)).astype(types).set_index("item")


@dataclass(frozen=True, slots=True)
class SatisfactionIndex:
    """Customer satisfaction index, weighted by importance.

    Parameters
    ----------
    value
        0 to 1, unrounded; None with a `reason`.
    level
        1 (tidak puas) to 5 (sangat puas), judged on two decimals.
    table
        Index the items; columns ``n``, ``performance`` (MSS), ``importance`` (MIS),
        ``weight`` (WF), ``score`` (WS).
    reason
        Why there is no index.
    """

    value: float | None
    level: int | None
    table: pd.DataFrame
    reason: Reason | None = None

    @property
    def percent(self) -> float | None:
        """The index in percent."""
        return None if self.value is None else PERCENT * self.value

    def label(self, lang: Language = "id") -> str | None:
        """Return the level in words."""
        return None if self.level is None else because(f"satisfaction_{self.level}").text(lang)

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table


def satisfaction_index(
    performance: pd.DataFrame,
    importance: pd.DataFrame | None,
    highest: int = HIGHEST_ANSWER,
) -> SatisfactionIndex:
    """Return the customer satisfaction index.

    WF_i = MIS_i / Σ MIS, WS_i = WF_i · MSS_i, CSI = Σ WS / highest answer, with MIS and MSS
    the mean importance and mean performance of an item (Aritonang, Kepuasan Pelanggan,
    2005).

    Parameters
    ----------
    performance, importance
        Respondents × items, matched by label; see `importance_performance`.
    highest
        Best answer on the performance scale.

    Returns
    -------
    SatisfactionIndex
    """
    pairs, _ = _paired_means(performance, importance)
    if not pairs:
        return SatisfactionIndex(None, None, _weight_table([]), _not_asked())
    total = sum((pair.importance for pair in pairs), Fraction(0))
    rows = [
        {
            "item": pair.item,
            "n": pair.n,
            "performance": float(pair.performance),
            "importance": float(pair.importance),
            "weight": float(pair.importance / total),
            "score": float(pair.importance / total * pair.performance),
        }
        for pair in pairs
    ]
    value = sum((p.importance * p.performance for p in pairs), Fraction(0)) / total / highest
    rounded = exact(round_half_up(value, PRINTED_DECIMALS))
    level = next(level for lower, level in SATISFACTION_BANDS if rounded >= exact(lower))
    return SatisfactionIndex(float(value), level, _weight_table(rows))


def _weight_table(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    figures = dict.fromkeys(("performance", "importance", "weight", "score"), "Float64")
    types = {"item": "str", "n": "Int64", **figures}
    return pd.DataFrame(list(rows), columns=list(types)).astype(types).set_index("item")


def gap(performance: pd.DataFrame, importance: pd.DataFrame | None) -> pd.DataFrame:
    """Return performance minus importance per item, rounded after the subtraction.

    Parameters
    ----------
    performance, importance
        Respondents × items, matched by label; see `importance_performance`.

    Returns
    -------
    DataFrame
        Index the items; columns ``n``, ``performance``, ``importance`` (means, unrounded),
        ``gap`` (two decimals, half away from zero), ``gap_unrounded``. Without rows if
        importance was not asked.
    """
    pairs, _ = _paired_means(performance, importance)
    rows = [
        {
            "item": pair.item,
            "n": pair.n,
            "performance": float(pair.performance),
            "importance": float(pair.importance),
            "gap": float(round_half_up(pair.performance - pair.importance, PRINTED_DECIMALS)),
            "gap_unrounded": float(pair.performance - pair.importance),
        }
        for pair in pairs
    ]
    figures = ("performance", "importance", "gap", "gap_unrounded")
    types = {"item": "str", "n": "Int64", **dict.fromkeys(figures, "Float64")}
    return pd.DataFrame(rows, columns=list(types)).astype(types).set_index("item")


def _not_asked() -> Reason:
    return because("importance_not_asked")


def _paired_means(
    performance: pd.DataFrame, importance: pd.DataFrame | None
) -> tuple[list[_Pair], tuple[str, ...]]:
    """Return exact means per item over respondents who rated both, and items without any."""
    if importance is None:
        return [], tuple(map(str, performance.columns))
    pairs, left_out = [], []
    for item in performance.columns:
        pair = _paired_mean(str(item), performance[item], importance.get(item))
        if pair is None:
            left_out.append(str(item))
        else:
            pairs.append(pair)
    return pairs, tuple(left_out)


def _paired_mean(
    item: str, performance: pd.Series[float], importance: pd.Series[float] | None
) -> _Pair | None:
    if importance is None:
        return None
    both = pd.DataFrame({"x": performance, "y": importance}).astype("Float64").dropna()
    n = len(both)
    if not n:
        return None
    total_x = sum((exact(float(x)) for x in both["x"]), Fraction(0))
    total_y = sum((exact(float(y)) for y in both["y"]), Fraction(0))
    return _Pair(item, n, total_x / n, total_y / n) if total_y else None
