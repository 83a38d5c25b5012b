"""Good governance of the online e-KTP service, scored from an office's own files.

The public names load what they need when they are first used, so that importing the
package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ektp_analytics.indicators.coverage import coverage
    from ektp_analytics.indicators.service_times import time_to_completion
    from ektp_analytics.indicators.skm import skm_index
    from ektp_analytics.periods import Period
    from ektp_analytics.pipeline.audit import audit_published
    from ektp_analytics.pipeline.report import build_report
    from ektp_analytics.pipeline.run_period import run_period
    from ektp_analytics.scoring.score import score
    from ektp_analytics.sources.registrations import read_registrations
    from ektp_analytics.sources.service_log import read_service_log
    from ektp_analytics.sources.survey import read_survey
    from ektp_analytics.standards.lookup import standard
    from ektp_analytics.workspace import Office, Workspace

_PLACES = {
    "Office": ("workspace", "Office"),
    "Period": ("periods", "Period"),
    "Workspace": ("workspace", "Workspace"),
    "audit_published": ("pipeline.audit", "audit_published"),
    "build_report": ("pipeline.report", "build_report"),
    "coverage": ("indicators.coverage", "coverage"),
    "read_registrations": ("sources.registrations", "read_registrations"),
    "read_service_log": ("sources.service_log", "read_service_log"),
    "read_survey": ("sources.survey", "read_survey"),
    "run_period": ("pipeline", "run_period"),
    "score": ("scoring.score", "score"),
    "skm_index": ("indicators.skm", "skm_index"),
    "standard": ("standards.lookup", "standard"),
    "time_to_completion": ("indicators.service_times", "time_to_completion"),
}

__all__ = [
    "Office",
    "Period",
    "Workspace",
    "audit_published",
    "build_report",
    "coverage",
    "read_registrations",
    "read_service_log",
    "read_survey",
    "run_period",
    "score",
    "skm_index",
    "standard",
    "time_to_completion",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PLACES[name]
    return getattr(import_module(f"{__name__}.{module}"), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
