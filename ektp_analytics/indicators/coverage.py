"""Coverage of e-KTP recording and possession, per kecamatan and for the office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because

PERCENT = 100
TOTAL = "Jumlah"
_LISTED = 5
_COUNTS = ("obligated", "recorded", "holders")
_RATES = {"recording_coverage": "recorded", "card_possession": "holders"}


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Counts and rates of one kecamatan, or of the office.

    Rates are percent, unrounded and may be above 100: recording starts at 16 and the
    base may be older than the count.
    """

    kecamatan: str
    code: str | None
    obligated: int | None
    recorded: int | None
    holders: int | None
    recording_coverage: float | None
    card_possession: float | None
    reasons: dict[str, Reason] = field(default_factory=dict)

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the fields of the JSON contract."""
        names = ("kecamatan", "code", *_COUNTS, *_RATES)
        record = {name: getattr(self, name) for name in names}
        return {**record, "reasons": {k: r.text(lang) for k, r in self.reasons.items()}}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage on one day.

    Parameters
    ----------
    as_of
        Latest day, not after the one asked for, that every kecamatan has; None with a
        reason.
    rows
        One per kecamatan, in the order of the file.
    total
        Sum of the rows; rates are null as soon as one row cannot be used.
    """

    as_of: date | None
    rows: tuple[CoverageRow, ...]
    total: CoverageRow
    reasons: dict[str, Reason] = field(default_factory=dict)

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the fields of the JSON contract."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "rows": [row.to_record(lang) for row in self.rows],
            "total": self.total.to_record(lang),
            "reasons": {k: r.text(lang) for k, r in self.reasons.items()},
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row per kecamatan: code, kecamatan, counts ``Int64``, rates ``Float64``."""
        names = ("code", "kecamatan", *_COUNTS, *_RATES)
        rows = [{n: getattr(row, n) for n in names} for row in self.rows]
        types = dict.fromkeys(_COUNTS, "Int64") | dict.fromkeys(_RATES, "Float64")
        return pd.DataFrame(rows, columns=list(names)).astype(types)


def coverage(table: pd.DataFrame, as_of: date | None = None) -> Coverage:
    """Compute recording coverage and card possession.

    Parameters
    ----------
    table
        One row per kecamatan and date: ``obligated``, ``recorded``, ``holders`` as
        ``Int64``, optional ``code``, ``kecamatan``, ``as_of``, ``contradiction``.
    as_of
        Last day that may be used; the latest there is where None.

    Returns
    -------
    Coverage

    Notes
    -----
    recording coverage = recorded ÷ obligated × 100; card possession = holders ÷ obligated
    × 100. Obligated are those aged 17 or ever married (UU 24/2013, art. 63).
    """
    if not {"code", "kecamatan"} & set(table.columns):
        table = table.assign(kecamatan=[str(number) for number in range(1, len(table) + 1)])
    day, reason = common_day(table, as_of)
    chosen = _latest_each(table, as_of) if day is None else _on(table, day)
    absent = tuple(name for name in _COUNTS if name not in table)
    rows = tuple(_row(record, absent) for record in chosen.to_dict("records"))
    mixed = reason if reason and reason.code == "coverage_no_common_date" else None
    total = _no_total(mixed) if mixed else _total(rows, absent)
    return Coverage(day, rows, total, {"as_of": reason} if reason else {})


def _on(table: pd.DataFrame, day: date) -> pd.DataFrame:
    return table[table["as_of"].eq(pd.Timestamp(day))]


def _latest_each(table: pd.DataFrame, limit: date | None) -> pd.DataFrame:
    """Return each kecamatan's own latest row; a stock of several days is never added up."""
    if "as_of" not in table or table["as_of"].isna().all():
        return table
    dated = _until(table, limit).sort_values("as_of", kind="stable")
    return dated.drop_duplicates(_key(table), keep="last").sort_index()


def _until(table: pd.DataFrame, limit: date | None) -> pd.DataFrame:
    """Return the dated rows that are not after a day."""
    dated = table[table["as_of"].notna()]
    return dated if limit is None else dated[dated["as_of"].le(pd.Timestamp(limit))]


def _key(table: pd.DataFrame) -> str:
    """Return the column that identifies a kecamatan: its code wherever all rows have one."""
    return "code" if "code" in table and table["code"].notna().all() else "kecamatan"


def common_day(table: pd.DataFrame, limit: date | None) -> tuple[date | None, Reason | None]:
    """Return the latest day not after `limit` that every kecamatan has, or why there is none."""
    if "as_of" not in table or table["as_of"].isna().all():
        return None, because("coverage_no_date")
    key, dated = _key(table), _until(table, limit)
    # A kecamatan known only from later rows is not yet there; one without a date is.
    known = pd.concat([dated[key], table.loc[table["as_of"].isna(), key]])
    present = dated.groupby("as_of")[key].nunique()
    complete = present[present.eq(known.nunique())]
    if complete.empty:
        return None, because("coverage_no_common_date")
    return pd.Timestamp(complete.index.max()).date(), None


def _row(record: dict[Any, Any], absent: tuple[str, ...]) -> CoverageRow:
    counts = {name: _count(record.get(name)) for name in _COUNTS}
    code, name = record.get("code"), record.get("kecamatan")
    contradiction = record.get("contradiction") or ""
    rates, reasons = {}, {}
    for rate, part in _RATES.items():
        rates[rate], reason = _rate(counts[part], counts["obligated"], contradiction)
        if reason:
            reasons[rate] = reason
    reasons |= {c: because("count_missing") for c, v in counts.items() if v is None}
    reasons |= _absent_reasons(absent)
    shown = str(name) if isinstance(name, str) else str(code or "")
    return CoverageRow(
        shown,
        code if isinstance(code, str) else None,
        obligated=counts["obligated"],
        recorded=counts["recorded"],
        holders=counts["holders"],
        recording_coverage=rates["recording_coverage"],
        card_possession=rates["card_possession"],
        reasons=reasons,
    )


def _rate(
    part: int | None, base: int | None, contradiction: str
) -> tuple[float | None, Reason | None]:
    if contradiction:
        return None, because(contradiction)
    if part is None or base is None:
        return None, because("count_missing")
    if base == 0:
        return None, because("base_zero")
    return PERCENT * part / base, None


def _absent_reasons(absent: tuple[str, ...]) -> dict[str, Reason]:
    """Say of counts and their rates that the file has no such column."""
    rates = [rate for rate, part in _RATES.items() if part in absent or "obligated" in absent]
    return {name: because("column_absent") for name in (*absent, *rates)}


def _no_total(reason: Reason) -> CoverageRow:
    """Return the total of rows that are not of one day."""
    names = (*_COUNTS, *_RATES)
    return CoverageRow(
        TOTAL, None, None, None, None, None, None, reasons=dict.fromkeys(names, reason)
    )


def _total(rows: tuple[CoverageRow, ...], absent: tuple[str, ...]) -> CoverageRow:
    """Add the rows up; a row that cannot be used makes the total null and is named."""
    counts: dict[str, int | None] = {}
    reasons: dict[str, Reason] = {}
    for name in _COUNTS:
        missing = [row.kecamatan for row in rows if getattr(row, name) is None]
        counts[name] = None if missing else sum(getattr(row, name) for row in rows)
        if missing:
            reasons[name] = because("total_count_missing", kecamatan=_listed(missing))
    rates: dict[str, float | None] = {}
    for rate, part in _RATES.items():
        unusable = [row.kecamatan for row in rows if getattr(row, rate) is None]
        if unusable:
            rates[rate] = None
            reasons[rate] = because("total_rate_missing", kecamatan=_listed(unusable))
        else:
            rates[rate], reason = _rate(counts[part], counts["obligated"], "")
            reasons |= {rate: reason} if reason else {}
    reasons |= _absent_reasons(absent)
    return CoverageRow(
        TOTAL,
        None,
        obligated=counts["obligated"],
        recorded=counts["recorded"],
        holders=counts["holders"],
        recording_coverage=rates["recording_coverage"],
        card_possession=rates["card_possession"],
        reasons=reasons,
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}, … ({len(names)})"


def _count(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
