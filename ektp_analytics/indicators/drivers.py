"""What supports and what hinders, from every source that says something about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.control_series import ControlSeries, on_time_series
from ektp_analytics.indicators.evidence import VALENCES, evidence_factors, statements
from ektp_analytics.indicators.group_differences import (
    index_differences,
    on_time_differences,
)
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period

SUPPORTING, HINDERING = VALENCES
FULL_SCORE = 100
PERCENT = 100
NOTABLE_POINTS = 1.0
"""Points of a principle from which a gap is a hindrance; below it the indicator supports.
The same step the catalogue calls material for complete counts."""
_NO_COMPLAINT = "informasi"  # a request for information says nothing against the service
KINDS = ("gap", "group", "signal", "evidence", "complaint")
COLUMNS = (
    "kind", "direction", "principle", "code", "factor", "strength", "unit", "n", "source", "detail",
)  # fmt: skip

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Drivers:
    """Supporting and hindering factors.

    Parameters
    ----------
    table
        One row per factor: ``kind`` (``gap`` of an indicator, ``group`` difference,
        ``signal`` of a control chart, ``evidence`` theme, ``complaint``), ``direction``
        (``supporting``, ``hindering``), ``principle``, ``code`` (indicator, may be
        empty), ``factor`` (printed name), ``strength`` (Float64) in ``unit`` (``points``
        of the principle, ``percentage points``, ``index points``, ``statements``,
        ``complaints``), ``n`` (Int64), ``source``, ``detail``. By kind, the strongest
        first.
    """

    table: pd.DataFrame

    def of(self, direction: str) -> pd.DataFrame:
        """Return the factors of one direction."""
        return self.table[self.table["direction"].eq(direction)].reset_index(drop=True)

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table


def drivers(
    data: OfficeData,
    values: Sequence[IndicatorValue],
    catalogue: Catalogue,
    series: Mapping[str, ControlSeries] | None = None,
    weights: Mapping[str, float] | None = None,
    lang: Language = "id",
) -> Drivers:
    """Join everything that says what supports and what hinders.

    Parameters
    ----------
    data
        Tables of the period.
    values
        Indicator values with their scores.
    catalogue
        Weights and names.
    series
        Control-chart series by the code of their indicator; where None, the weekly share
        within the legal limit is charted from the service log.
    weights
        Share of the principle in percent each indicator carries in the score as it stands;
        where None, the share it has when everything is assessed.
    lang
        Language of the names.
    """
    given: dict[str, Callable[[], Rows]] = {
        "gap": lambda: _gaps(values, catalogue, weights, lang),
        "group": lambda: _groups(data, lang),
        "signal": lambda: _signals(_charts(data, series), data, catalogue, lang),
        "evidence": lambda: _evidence(data),
        "complaint": lambda: _complaints(data),
    }
    rows = [{"kind": kind, **row} for kind, found in given.items() for row in found()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    texts = ("kind", "direction", "principle", "code", "factor", "unit", "source", "detail")
    frame = frame.astype({**dict.fromkeys(texts, "str"), "strength": "Float64", "n": "Int64"})
    order = frame["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    ranked = frame.assign(_kind=order, _size=-frame["strength"].abs())
    ranked = ranked.sort_values(["_kind", "_size"], kind="stable")
    return Drivers(ranked.drop(columns=["_kind", "_size"]).reset_index(drop=True))


def _charts(
    data: OfficeData, series: Mapping[str, ControlSeries] | None
) -> Mapping[str, ControlSeries]:
    if series is not None:
        return series
    if not data.has("service_log", "complete_at", "printed_at"):
        return {}
    return {"legal_time_limit": on_time_series([data])}


def _gaps(
    values: Sequence[IndicatorValue],
    catalogue: Catalogue,
    weights: Mapping[str, float] | None,
    lang: Language,
) -> Rows:
    """Return what each scored indicator costs its principle, or holds for it."""
    rows: Rows = []
    for value in values:
        item = catalogue[value.code]
        full = PERCENT * float(catalogue.weight_in_principle(value.code))
        weight = (full if weights is None else weights.get(value.code, 0.0)) / PERCENT
        if value.score is None or not weight:
            continue
        lost = weight * (FULL_SCORE - value.score)
        hinders = lost >= NOTABLE_POINTS
        rows.append(
            {
                "direction": HINDERING if hinders else SUPPORTING,
                "principle": item.principle,
                "code": value.code,
                "factor": item.label(lang),
                "strength": lost if hinders else weight * value.score,
                "unit": "points",
                "n": value.n,
                "source": item.sources[0],
                "detail": "",
            }
        )
    return rows


def _groups(data: OfficeData, lang: Language) -> Rows:
    """Return the groups that stand apart from all others beyond noise."""
    found = []
    if data.has("service_log", "complete_at", "printed_at"):
        found.append((on_time_differences(data, lang), "legal_time_limit", "service_log"))
    if data.has("survey"):
        found.append((index_differences(data, lang), "", "survey"))
    rows: Rows = []
    for frame, code, source in found:
        moved = frame[frame["move"].isin(["up", "down"])]
        rows += [
            {
                "direction": SUPPORTING if group["move"] == "up" else HINDERING,
                "principle": "rule_of_law" if code else "accountability",
                "code": code,
                "factor": f"{group['attribute']}: {group['name']}",
                "strength": group["difference"],
                "unit": "percentage points" if code else "index points",
                "n": group["n"],
                "source": source,
                "detail": "",
            }
            for group in moved.to_dict("records")
        ]
    return rows


def _signals(
    series: Mapping[str, ControlSeries], data: OfficeData, catalogue: Catalogue, lang: Language
) -> Rows:
    """Return, for each chart and side, the point of the period that breaks a rule farthest out."""
    rows: Rows = []
    for code, chart in series.items():
        if chart.centre is None:
            continue
        item, points = catalogue[code], chart.points.reset_index(drop=True)
        inside = points["start"].map(lambda day: data.period.start <= day <= data.period.end)
        broken = points[points["signal"].astype(bool) & inside & points["value"].notna()]
        away = (broken["value"] - chart.centre).astype("float64")
        sides = (away[away > 0], away[away < 0])
        for place in (int(str(side.abs().idxmax())) for side in sides if len(side)):
            good = (away[place] > 0) == (item.direction == "higher")
            rows.append(
                {
                    "direction": SUPPORTING if good else HINDERING,
                    "principle": item.principle,
                    "code": code,
                    "factor": item.label(lang),
                    "strength": away[place],
                    "unit": "percentage points" if item.unit == "percent" else item.unit,
                    "n": broken["n"][place],
                    "source": item.sources[0],
                    "detail": broken["start"][place].isoformat(),
                }
            )
    return rows


def _evidence(data: OfficeData) -> Rows:
    log = data.table("evidence")
    if log is None or log.empty:
        return []
    told = data.once("statements", lambda: statements(log))
    return [
        {
            "direction": valence,
            "principle": row["principle"],
            "code": "",
            "factor": row["theme"],
            "strength": row["count"],
            "unit": "statements",
            "n": row["count"],
            "source": "evidence",
            "detail": row["detail"],
        }
        for valence in VALENCES
        for row in evidence_factors(told, valence).to_dict("records")
    ]


def _complaints(data: OfficeData) -> Rows:
    """Return the complaints of the period by category; upheld ones in the detail."""
    complaints = data.table("complaints")
    if complaints is None or "category" not in complaints:
        return []
    received = complaints[in_period(complaints, data.period, "received_at")]
    received = received[received["category"].ne(_NO_COMPLAINT)]
    outcome = received.get("outcome", pd.Series(pd.NA, index=received.index, dtype="str"))
    counted = received["category"].value_counts()
    upheld = received["category"][outcome.eq("upheld")].value_counts()
    return [
        {
            "direction": HINDERING,
            "principle": "rule_of_law" if category == "pungutan" else "accountability",
            "code": "free_of_charge" if category == "pungutan" else "complaints_in_time",
            "factor": category,
            "strength": count,
            "unit": "complaints",
            "n": count,
            "source": "complaints",
            "detail": str(int(upheld.get(category, 0))),
        }
        for category, count in counted.items()
    ]
