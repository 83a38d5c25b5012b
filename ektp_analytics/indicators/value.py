"""The one record in which every indicator travels from computation to page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ektp_analytics.errors import Reason

Status = Literal["ok", "partial", "carried", "not assessed", "not computable"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file a number came from: name inside the workspace and SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue:
    """One indicator of one office in one period.

    Parameters
    ----------
    code, principle, aspect
        As in the catalogue ``framework/indicators.yaml``.
    office, period
        Office id and canonical period (``2025-Q1``).
    value, unit
        The value in its own unit (``percent``, ``index``, ``ratio``), None with a reason.
    n
        What the value rests on: requests, questionnaires, kecamatan, events.
    interval
        95 % interval in the value's unit; None for complete counts.
    interval_reason
        Why a value that is no complete count has no interval.
    floor, target, score, score_uncapped
        Goalposts and the 0–100 score; filled by scoring.
    status
        ``ok``, ``partial``, ``carried``, ``not assessed`` or ``not computable``.
    reason
        Why the value is absent or only partial.
    notes
        Sentences that stand beside the value on the page.
    inputs
        The figures the value was computed from, by name.
    counter
        Figure printed on the indicator's line because the indicator could be gamed.
    counter_reason
        Why that figure is absent, where more is known than that its file is.
    """

    code: str
    principle: str = ""
    aspect: str = ""
    office: str = ""
    period: str = ""
    value: float | None = None
    unit: str = ""
    n: int | None = None
    interval: tuple[float, float] | None = None
    floor: float | None = None
    target: float | None = None
    score: float | None = None
    score_uncapped: float | None = None
    status: Status = "ok"
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)
    sources: tuple[SourceFile, ...] = ()
    legal_basis: str = ""
    counter: dict[str, Any] | None = None
    interval_reason: Reason | None = None
    counter_reason: Reason | None = None
