"""What an office promised in its plan: the codes of its performance indicators and targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ektp_analytics.periods import Period

EXAMPLE = '- {code: IKU-1, indicator: Cakupan perekaman, target: 99.4, document: "Renja 2025"}'
UNIT_INDEX = "ikm"  # the official index over all services, which is no indicator of the catalogue
_DATED = re.compile(r"\d{4}(?:-(?:Q[1-4]|S[12]|\d{2}))?")


@dataclass(frozen=True, slots=True)
class PlannedPerformance:
    """One performance indicator of the office's own plan (IKU, Renja).

    Parameters
    ----------
    code
        As the plan writes it, ``IKU-1``.
    indicator
        Name or code of the indicator that measures it, or ``ikm`` for the index of all
        services.
    name
        As the plan words it; empty where the indicator's own name will do.
    targets
        Target in the indicator's unit by period or year; under ``""`` one for all times.
    document
        Where the target is written, ``Renja 2025``.
    """

    code: str
    indicator: str
    name: str = ""
    targets: Mapping[str, float] | None = None
    document: str = ""

    def target(self, period: Period) -> float | None:
        """Return the target of a period: its own, else that of its year, else the only one."""
        given = self.targets or {}
        for key in (str(period), f"{period.start:%Y}", ""):
            if key in given:
                return given[key]
        return None


def planned_performance(entry: Mapping[str, Any]) -> PlannedPerformance:
    """Return one entry of ``performance`` that `performance_fits`."""
    target = entry.get("target")
    given = target if isinstance(target, Mapping) else {"": target}
    return PlannedPerformance(
        code=str(entry["code"]),
        indicator=str(entry["indicator"]),
        name=str(entry.get("name") or ""),
        targets={str(key): float(value) for key, value in given.items() if value is not None},
        document=str(entry.get("document") or ""),
    )


def performance_fits(entry: Mapping[str, Any]) -> bool:
    """Say whether an entry of ``performance`` can be read: code, indicator, targets over 0."""
    texts = ("code", "indicator", "name", "document")
    if not all(isinstance(entry.get(key), str | None) for key in texts):
        return False
    if not entry.get("code") or not entry.get("indicator"):
        return False
    target = entry.get("target")
    given = list(target.values()) if isinstance(target, Mapping) else [target]
    dated = list(target) if isinstance(target, Mapping) else []
    return all(_is_target(value) for value in given) and all(
        _DATED.fullmatch(str(k)) for k in dated
    )


def _is_target(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or (number and value > 0)
