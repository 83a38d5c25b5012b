"""Bab IV: how firm the scores are, and the figures beside indicators that could be gamed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    flows,
    indicator_name,
    lowered,
    notices,
    principle_name,
    reason_words,
)
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.aggregate import layout_of, principle_scores
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import OverallScore, PrincipleScore

PAPER = "paper"
MOST_NAMED = 3


def firmness_page(run: PeriodRun, edition: Edition) -> Section:
    """Return what other choices and missing files could do to the scores; empty unscored."""
    if not any(line.assessed for line in run.scorecard.lines):
        return Section()
    lang = edition.lang
    head = Headline(_headline(run, lang), tell("scorecard.kicker", lang), new_page=not flows(run))
    blocks: list[Block | str] = [head, _principles(run, edition)]
    counters = _counter_rows(run, lang)
    if counters:
        blocks.append(_counters(counters, edition))
    said = [*_joint(run, lang), *_notes(run, lang)]
    blocks.append(Bullets(said, tell("firmness.know", lang)))
    return Section([*blocks, *notices(run, edition, *run.sources)])


def _headline(run: PeriodRun, lang: Language) -> str:
    overall = run.scorecard.overall
    if overall.score is None:
        lacking = [p for p in run.scorecard.principles if p.status != "ok"]
        count = wording.spelled(len(lacking), lang)
        return tell("firmness.headline_partial", lang, count=count)
    score = numbers.number(overall.score, 1, lang)
    choices = numbers.interval(overall.choices_range, 1, lang)
    return tell("firmness.headline", lang, score=score, choices=choices)


def _principles(run: PeriodRun, edition: Edition) -> Block:
    lang = edition.lang
    paper = paper_scores(run)
    heads = [tell(f"firmness.head_{n}", lang) for n in _HEADS]
    rows: list[list[str]] = [
        _row(principle_name(p.key, lang), p, paper.get(p.key), p.from_survey, lang)
        for p in run.scorecard.principles
    ]
    kinds = ["row"] * len(rows)
    overall = run.scorecard.overall
    if overall.score is not None:
        rows.append(_row(tell("firmness.joint", lang), overall, None, None, lang))
        kinds.append("total")
    return plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="firmness",
        caption=tell("firmness.caption", lang),
        source=tell("firmness.source", lang, draws=numbers.number(_draws(run), 0, lang)),
        kinds=kinds,
        widths=dict(zip(heads, (104, 48, 86, 92, 92, 66, 78, 76), strict=True)),
        align=dict.fromkeys(heads[1:], "right"),
    )


_HEADS = ("principle", "score", "interval", "choices", "bounds", "geometric", "paper", "survey")


def _row(
    name: str,
    item: PrincipleScore | OverallScore,
    paper: float | None,
    survey: float | None,
    lang: Language,
) -> list[str]:
    return [
        name,
        numbers.number(item.score, 1, lang),
        numbers.interval(item.interval, 1, lang),
        numbers.interval(item.choices_range, 1, lang),
        numbers.interval(item.bounds, 1, lang),
        numbers.number(item.geometric, 1, lang),
        numbers.number(paper, 1, lang),
        numbers.percent(survey, 0, lang),
    ]


def paper_scores(run: PeriodRun) -> dict[str, float | None]:
    """Return the scores under the case study's placing of the survey elements.

    The case study lists all nine elements under accountability; the values stay the same.
    """
    catalogue = run.catalogue.under(PAPER)
    scored = {line.value.code: line.value.score for line in run.scorecard.lines}
    layout = layout_of(catalogue)
    values = pd.Series([scored.get(code) for code in layout.codes], dtype="float64").to_numpy()
    found = principle_scores(values, layout)
    return {
        key: None if pd.isna(score) else float(score)
        for key, score in zip(layout.principles, found, strict=True)
    }


def _draws(run: PeriodRun) -> int:
    return run.scorecard.settings.draws


def _counter_rows(run: PeriodRun, lang: Language) -> list[list[str]]:
    about: dict[str, list[str]] = {}
    values: dict[str, str] = {}
    for line in run.scorecard.lines:
        counter = line.value.counter
        if not line.assessed or not counter or counter.get("value") is None:
            continue
        name = str(counter["name"])
        about.setdefault(name, []).append(indicator_name(run, line.value.code, lang))
        values[name] = _counter_value(counter, lang)
    return [
        [_about(names, lang), run.catalogue.counters[name][lang], values[name]]
        for name, names in about.items()
    ]


def _about(names: list[str], lang: Language) -> str:
    """Return the indicators a counter-figure stands beside; the survey's are said as one."""
    if len(names) > MOST_NAMED:
        return tell("firmness.several", lang)
    return numbers.joined([names[0], *map(lowered, names[1:])], lang)


def _counter_value(counter: dict[str, Any], lang: Language) -> str:
    value, unit = float(counter["value"]), str(counter.get("unit", ""))
    if unit == "hours":
        return numbers.duration(value, lang)
    key = f"firmness.unit_{counter['name']}"
    printed = numbers.number(value, 0 if unit == "count" else 1, lang)
    return tell(key, lang, value=printed) if known(key) else printed


def _counters(rows: list[list[str]], edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell(f"firmness.counter_{n}", lang) for n in ("indicator", "counter", "value")]
    return plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="counters",
        caption=tell("firmness.counters", lang),
        source=tell("firmness.counters_source", lang),
        widths=dict(zip(heads, (200, 342, 100), strict=True)),
        align={heads[2]: "right"},
    )


def _joint(run: PeriodRun, lang: Language) -> list[str]:
    overall = run.scorecard.overall
    bounds = numbers.interval(overall.bounds, 1, lang)
    if overall.score is None:
        lacking = [
            principle_name(p.key, lang) for p in run.scorecard.principles if p.status != "ok"
        ]
        names = numbers.joined(lacking, lang)
        return [tell("firmness.no_overall", lang, names=names, bounds=bounds)]
    return [tell("firmness.bounds", lang, bounds=bounds)]


def _notes(run: PeriodRun, lang: Language) -> list[str]:
    return [
        f"**{principle_name(p.key, lang)}:** {reason_words(note, lang).rstrip('.')}."
        for p in run.scorecard.principles
        for note in p.notes
    ]
