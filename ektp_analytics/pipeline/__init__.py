"""From an office's files to its scores: the whole story of one period."""

from __future__ import annotations

from ektp_analytics.pipeline.run_period import PeriodRun, run_period

__all__ = ["PeriodRun", "run_period"]
