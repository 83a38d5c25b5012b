"""Bab IV: the four principles, and where each of them loses points."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines
from ektp_analytics.report.blocks import Headline
from ektp_analytics.report.charts.points_lost import points_lost
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    indicator_name,
    lowered,
    reason_words,
    short_period,
    value_words,
)
from ektp_analytics.report.sections.own_catalogue import weights_words
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import IndicatorLine

SMALL_N = (5, 30)  # from 5 to 29: scored and marked (DESIGN of the scores)


def scorecard_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the scorecard; with nothing scored it says why, principle by principle."""
    lang = edition.lang
    if not any(line.assessed for line in run.scorecard.lines):
        return _unscored(edition)
    worst = worst_lines(run)
    names = [indicator_name(run, line.value.code, lang) for line in worst]
    head = Headline(
        headlines.points_lost([lowered(name) for name in names], lang),
        tell("scorecard.kicker", lang),
    )
    chart = points_lost(
        line_frame(run, lang),
        principle_heads(run),
        edition,
        remarks=_remarks(run, lang),
        source=tell("scorecard.source", lang, period=short_period(run, lang)),
    )
    return Section([head, chart])


def _unscored(edition: Edition) -> Section:
    """Say why no principle is assessed, and which files each waits for."""
    lang = edition.lang
    head = Headline(
        tell("scorecard.unscored", lang), tell("scorecard.kicker", lang), new_page=False
    )
    table = edition.table_label("principles_unassessed")
    return Section([head, tell("scorecard.unscored_why", lang, table=table)])


def worst_lines(run: PeriodRun, most: int = 3) -> list[IndicatorLine]:
    """Return the indicators that cost their principle most, the costliest first.

    Only principles assessed in full are compared; where there is none, all that is scored.
    """
    full = {p.key for p in run.scorecard.principles if p.status == "ok"}
    lines = [line for line in run.scorecard.lines if line.points_lost]
    chosen = [line for line in lines if line.value.principle in full] or lines
    return sorted(chosen, key=lambda line: -(line.points_lost or 0))[:most]


def line_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the scored indicators as `points_lost` takes them."""
    return pd.DataFrame([_line(run, line, lang) for line in run.scorecard.lines])


def principle_heads(run: PeriodRun) -> pd.DataFrame:
    """Return the principles as `points_lost` takes them."""
    return pd.DataFrame(
        [
            {
                "key": p.key,
                "score": p.score,
                "status": p.status,
                "weight_assessed": p.weight_assessed,
            }
            for p in run.scorecard.principles
        ]
    )


def _line(run: PeriodRun, line: IndicatorLine, lang: Language) -> dict[str, Any]:
    value = line.value
    scored = value.score is not None
    small = scored and value.n is not None and SMALL_N[0] <= value.n < SMALL_N[1]
    sampled = run.catalogue[value.code].uncertainty != "complete_count"
    return {
        "principle": value.principle,
        "name": indicator_name(run, value.code, lang),
        "value_text": "" if value.value is None else value_words(value.value, value.unit, lang),
        "score": value.score,
        "weight": line.effective_weight if scored else None,
        "status": value.status,
        "reason": _short_reason(line, lang),
        "small_n": small and sampled,
    }


def _short_reason(line: IndicatorLine, lang: Language) -> str:
    if line.assessed or line.value.reason is None:
        return ""
    if line.value.reason.code in ("source_missing", "no_source_for_indicator"):
        return tell("scorecard.short_missing", lang)
    short = f"scorecard.short_{line.value.reason.code}"
    if known(short):
        return tell(short, lang)
    return reason_words(line.value.reason, lang)


def _remarks(run: PeriodRun, lang: Language) -> tuple[str, ...]:
    catalogue = run.scorecard.catalogue
    weighed = weights_words(run, lang)
    return (tell("scorecard.catalogue", lang, version=catalogue.version, weighed=weighed),)
