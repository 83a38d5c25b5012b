"""What changed in coverage: the count and the base apart, split kecamatan only by a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.coverage import TOTAL, Coverage, CoverageRow
from ektp_analytics.workspace import Office

PERCENT = 100
COUNTS = ("obligated", "recorded", "holders")
PARTS: Mapping[str, str] = {"recording_coverage": "recorded", "card_possession": "holders"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """One rate of one kecamatan, or of the office, on two days.

    Parameters
    ----------
    code, kecamatan
        Which; the code is None for the office.
    rate
        ``recording_coverage`` or ``card_possession``.
    base_before, base_after, count_before, count_after
        Obligated, and recorded or holders: stocks on the two days.
    before, after, difference
        Rates in percent, and their difference in points.
    from_count, from_base
        Points that come from the count at the old base, and from the changed base at the
        new count; they add up to the difference.
    count_added, base_added
        Flow of the two stocks between the days.
    note, reason
        What must be said beside it; why there is no comparison.
    """

    code: str | None
    kecamatan: str
    rate: str
    base_before: int | None = None
    base_after: int | None = None
    count_before: int | None = None
    count_after: int | None = None
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    from_count: float | None = None
    from_base: float | None = None
    count_added: int | None = None
    base_added: int | None = None
    note: Reason | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """Coverage on two days.

    Parameters
    ----------
    before, after
        The two days.
    rows
        One `RateChange` per kecamatan (as before a split) and rate, then the office.
    unmapped
        Codes that are there on one day only and that no mapping explains.
    reasons
        Why there is no comparison at all.
    """

    before: date | None
    after: date | None
    rows: tuple[RateChange, ...]
    unmapped: tuple[str, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)

    def total(self, rate: str) -> RateChange:
        """Return the change of the office."""
        return next(row for row in self.rows if row.code is None and row.rate == rate)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per kecamatan and rate, reasons and notes in words."""
        names = list(RateChange.__dataclass_fields__)
        records = []
        for row in self.rows:
            record: dict[str, Any] = {name: getattr(row, name) for name in names}
            for told in ("note", "reason"):
                record[told] = record[told].text(lang) if record[told] else ""
            records.append(record)
        counts = [n for n in names if n.startswith(("base_", "count_"))]
        rates = ["before", "after", "difference", "from_count", "from_base"]
        types = dict.fromkeys(counts, "Int64") | dict.fromkeys(rates, "Float64")
        return pd.DataFrame(records, columns=names).astype(types)


def coverage_change(
    before: Coverage, after: Coverage, splits: Mapping[str, str] | None = None
) -> CoverageChange:
    """Compare coverage on two days.

    Parameters
    ----------
    before, after
        From `coverage`.
    splits
        Code of each kecamatan split off to the code of the one it was part of. Its counts
        then go with those of its parent on both days.

    Returns
    -------
    CoverageChange
        Where a code is there on one day only and `splits` does not explain it, no
        kecamatan is compared, because nobody knows from which one it was taken; the office
        as a whole still is.

    Notes
    -----
    With count c and base b: c₁/b₁ − c₀/b₀ = (c₁ − c₀)/b₀ + c₁ (1/b₁ − 1/b₀).
    """
    old, new = (_grouped(side, splits or {}) for side in (before, after))
    unmapped = tuple(sorted(set(old) ^ set(new)))
    missing = {
        name: side.reasons["as_of"]
        for name, side in (("before", before), ("after", after))
        if "as_of" in side.reasons
    }
    rows = [
        _change(key, old.get(key), new.get(key), rate, unmapped)
        for key in (*old, *(k for k in new if k not in old))
        for rate in PARTS
    ]
    rows += [_change(None, before.total, after.total, rate, ()) for rate in PARTS]
    return CoverageChange(before.as_of, after.as_of, tuple(rows), unmapped, missing)


def declared_splits(office: Office) -> dict[str, str]:
    """Return the splits the profile declares (``kecamatan_splits: [{from, to: [codes]}]``)."""
    splits: dict[str, str] = {}
    for split in office.profile.get("kecamatan_splits") or ():
        splits |= {str(code): str(split["from"]) for code in split["to"]}
    return splits


def _grouped(side: Coverage, splits: Mapping[str, str]) -> dict[str, CoverageRow]:
    """Return the rows by code, a kecamatan split off added to the one it came from."""
    found: dict[str, CoverageRow] = {}
    for row in side.rows:
        own = row.code or row.kecamatan
        key = splits.get(own, own)
        found[key] = _added(found[key], row, key) if key in found else row
    return found


def _added(first: CoverageRow, second: CoverageRow, code: str) -> CoverageRow:
    counts = {name: _sum(getattr(first, name), getattr(second, name)) for name in COUNTS}
    name = first.kecamatan if (first.code or first.kecamatan) == code else second.kecamatan
    reasons = {**first.reasons, **second.reasons}
    rates = {
        rate: None if rate in reasons else _rate(counts[part], counts["obligated"])
        for rate, part in PARTS.items()
    }
    return CoverageRow(
        name,
        code,
        obligated=counts["obligated"],
        recorded=counts["recorded"],
        holders=counts["holders"],
        recording_coverage=rates["recording_coverage"],
        card_possession=rates["card_possession"],
        reasons=reasons,
    )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _rate(count: int | None, base: int | None) -> float | None:
    return None if count is None or not base else PERCENT * count / base


def _change(
    key: str | None,
    old: CoverageRow | None,
    new: CoverageRow | None,
    rate: str,
    unmapped: tuple[str, ...],
) -> RateChange:
    """Compare one rate of one kecamatan, or say why not."""
    named = new or old
    place: dict[str, Any] = {
        "code": key,
        "kecamatan": TOTAL if key is None or named is None else named.kecamatan,
        "rate": rate,
    }
    sides = [_side(row, rate) for row in (old, new)]
    (count_0, base_0, before), (count_1, base_1, after) = sides
    place |= {"count_before": count_0, "base_before": base_0, "before": before}
    place |= {"count_after": count_1, "base_after": base_1, "after": after}
    if unmapped:
        return RateChange(**place, reason=because("split_unmapped", codes=", ".join(unmapped)))
    if before is None or after is None or count_0 is None or count_1 is None:
        return RateChange(**place, reason=_why(old, new, rate))
    return RateChange(**place, **_parts(count_0, base_0 or 0, count_1, base_1 or 0))


def _side(row: CoverageRow | None, rate: str) -> tuple[int | None, int | None, float | None]:
    if row is None:
        return None, None, None
    return getattr(row, PARTS[rate]), row.obligated, getattr(row, rate)


def _parts(count_0: int, base_0: int, count_1: int, base_1: int) -> dict[str, Any]:
    """Separate what the count did from what the base did."""
    from_count = PERCENT * (count_1 - count_0) / base_0
    from_base = PERCENT * count_1 * (1 / base_1 - 1 / base_0)
    difference = PERCENT * count_1 / base_1 - PERCENT * count_0 / base_0
    only_base = count_1 == count_0 and base_1 != base_0
    return {
        "difference": difference,
        "from_count": from_count,
        "from_base": from_base,
        "count_added": count_1 - count_0,
        "base_added": base_1 - base_0,
        "note": because("only_base_changed", base=f"{base_1 - base_0:+d}") if only_base else None,
    }


def _why(old: CoverageRow | None, new: CoverageRow | None, rate: str) -> Reason:
    """Return the first reason why one of the two rates is absent."""
    for row in (old, new):
        if row is not None and getattr(row, rate) is None:
            return row.reasons.get(rate) or because("count_missing")
    return because("count_missing")
