"""Check the values an office gives for its own indicators against its catalogue."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from ektp_analytics.errors import Finding, Refused, Severity
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.own_values import OWN_VALUES
from ektp_analytics.indicators.registry import computations
from ektp_analytics.sources.result import ReadResult

# How a unit may be written in the file, by its name in the catalogue.
UNIT_WORDS = {
    "percent": ("persen", "%", "percent"),
    "index": ("indeks", "index"),
    "ratio": ("rasio", "ratio"),
    "hours": ("jam", "hours"),
    "days": ("hari", "days"),
    "count": ("jumlah", "buah", "orang", "berkas", "kegiatan", "count"),
}

Problem = tuple[Severity, str, dict[str, Any]]


def checked_values(result: ReadResult, catalogue: Catalogue) -> ReadResult:
    """Reject the rows of one file that give no usable value, with a finding for each.

    Parameters
    ----------
    result
        One file of the source ``own_values``.
    catalogue
        The catalogue of the office.

    Returns
    -------
    ReadResult
        Rejected: an unknown code, one the package computes itself, a value outside the
        possible range, another unit than the catalogue's, an interval without the value in
        it. A percentage of at most 1 is kept with a warning.

    Raises
    ------
    Refused
        When no row is left.
    """
    account, rows = result.files[0], result.table.to_dict("index")
    place = {"source": OWN_VALUES, "file": account.file, "sheet": account.sheet}
    findings, bad = list(result.findings), []
    for number, row in rows.items():
        known = {str(name): value for name, value in row.items() if not pd.isna(value)}
        for severity, rule, words in _problems(known, catalogue):
            finding = Finding(rule=rule, severity=severity, row=int(str(number)), details=words)
            findings.append(finding.at(**place, value=words["value"]))
            bad += [number] if severity == "error" else []
    kept = result.table.drop(index=list(set(bad)))
    if kept.empty:
        last = Finding(rule="every_row_rejected", severity="error")
        raise Refused((*findings, last.at(**place)))
    rejected = account.rejected + len(rows) - len(kept)
    account = replace(account, kept=len(kept), rejected=rejected)
    return replace(result, table=kept, findings=tuple(findings), files=(account,))


def _problems(row: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Problem]:
    """Say what is wrong with a row: severity, rule and what its sentence needs."""
    code = str(row["code"])
    item = catalogue.indicators.get(code)
    if item is None:
        own = [c for c, i in catalogue.indicators.items() if i.sources[0] == OWN_VALUES]
        nearest = difflib.get_close_matches(code, own, n=1, cutoff=0.0) or ["-"]
        words = {"value": code, "known": ", ".join(own) or "-", "nearest": nearest[0]}
        yield "error", "own_value_unknown", words
    elif code in computations():
        yield "error", "own_value_computed", {"value": code}
    else:
        yield from _unit_problems(row, item)
        yield from _number_problems(row, item)


def _unit_problems(row: Mapping[str, Any], item: Indicator) -> Iterator[Problem]:
    words = UNIT_WORDS[item.unit]
    if "unit" in row and row["unit"].strip().casefold() not in words:
        told = {"value": row["unit"], "code": item.code, "unit": words[0]}
        yield "error", "own_value_unit", told


def _number_problems(row: Mapping[str, Any], item: Indicator) -> Iterator[Problem]:
    if "value" not in row:
        return
    value, low, high = row["value"], row.get("low"), row.get("high")
    shown = {"value": f"{value:g}", "number": float(value), "code": item.code}
    if not item.possible(row["value"]):
        least = -math.inf if item.low is None else float(item.low)
        most = math.inf if item.high is None else float(item.high)
        yield "error", "indicator_out_of_range", {**shown, "low": least, "high": most}
    elif item.unit == "percent" and 0 < row["value"] <= 1:
        yield "warning", "own_value_fraction", shown
    if not _holds(low, row["value"], high, item):
        yield "error", "own_value_interval", shown


def _holds(low: float | None, value: float, high: float | None, item: Indicator) -> bool:
    """Say whether an interval is absent, or whole, possible, and around the value."""
    if low is None or high is None:
        return low is high
    return low <= value <= high and low < high and item.possible(low) and item.possible(high)
