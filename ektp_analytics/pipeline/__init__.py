"""From an office's files to its scores: the whole story of one period."""

from __future__ import annotations

from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.scoring.period_run import PeriodRun

__all__ = ["PeriodRun", "run_period"]
