"""The statistics a thesis is asked for, as blocks: from one survey table, with their limits."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.skm import asked_elements
from ektp_analytics.indicators.windows import in_period
from ektp_analytics.measures.answer_tally import minimum_for
from ektp_analytics.measures.reliability import (
    CronbachAlpha,
    ImportancePerformance,
    cronbach_alpha,
    frequencies,
    gap,
    importance_performance,
    item_total,
    r_table,
    satisfaction_index,
)
from ektp_analytics.measures.sampling import required_sample, slovin
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullets, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import short_period
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.report.wording import name_of
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.standards.skm import elements

_MEANS, _COEFFICIENTS = 2, 3  # decimals
_NAME = 190  # px for the name of an element


def performance(run: PeriodRun) -> pd.DataFrame:
    """Return the answers of the questionnaires that count: respondents × elements, Int64."""
    table = _counted(run)
    return table[list(asked_elements(table))]


def importance(run: PeriodRun) -> pd.DataFrame | None:
    """Return how important each element was called; None where that was not asked."""
    table = _counted(run)
    asked = [e.key for e in elements() if IMPORTANCE_PREFIX + e.key in table]
    if not asked:
        return None
    return table[[IMPORTANCE_PREFIX + key for key in asked]].set_axis(asked, axis=1)


def _counted(run: PeriodRun) -> pd.DataFrame:
    table = run.data.tables["survey"]
    table = table[in_period(table, run.period)]
    asked = asked_elements(table)
    enough = run.office.setting("completeness_minimum", None)
    minimum = minimum_for(asked) if enough is None else minimum_for(asked, enough)
    return table[table[list(asked)].notna().sum(axis=1) >= minimum]


def opening(run: PeriodRun, edition: Edition) -> Section:
    """Return what is analysed and the sample it should have had."""
    lang, n = edition.lang, len(performance(run))
    words = {"unit": run.office.short_name, "n": numbers.number(n, 0, lang)}
    head = Headline(
        tell("thesis.opening_headline", lang, period=short_period(run, lang), **words),
        tell("thesis.opening_kicker", lang),
        tell("thesis.opening_lead", lang),
        new_page=False,
    )
    return Section([head, Paragraph(_sample_words(run, n, lang))])


def _sample_words(run: PeriodRun, n: int, lang: Language) -> str:
    population = run.office.users_served(run.period)
    reached = numbers.number(n, 0, lang)
    if not population:
        return tell("thesis.sample_none", lang, n=reached)
    needed = {"krejcie": required_sample(population), "slovin": slovin(population)}
    shown = {name: numbers.number(size, 0, lang) for name, size in needed.items()}
    people = numbers.number(population, 0, lang)
    return tell("thesis.sample_lead", lang, population=people, n=reached, **shown)


def frequency_table(run: PeriodRun, edition: Edition) -> Section:
    """Return how often each answer was given, unused answers and blanks included."""
    lang = edition.lang
    counts = frequencies(performance(run))
    rows = [_frequency_row(str(k), rows, lang) for k, rows in counts.groupby("item", sort=False)]
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="thesis_frequencies",
        caption=tell("thesis.frequencies_caption", lang),
        source=tell("thesis.frequencies_source", lang),
        widths={tell("thesis.head_item", lang): _NAME},
    )
    return Section([Headline(tell("thesis.frequencies_headline", lang), new_page=False), table])


def _frequency_row(key: str, rows: pd.DataFrame, lang: Language) -> dict[str, str]:
    row = {tell("thesis.head_item", lang): name_of("element", key, lang)}
    given = rows[rows["level"].notna()]
    for level, count, share in zip(
        given["level"], given["count"], given["valid_percent"], strict=True
    ):
        percent = numbers.percent(share, 1, lang)
        row[str(level)] = f"{numbers.number(int(count), 0, lang)} ({percent})"
    blank = rows.loc[rows["level"].isna(), "count"].iloc[0]
    row[tell("thesis.head_blank", lang)] = numbers.number(int(blank), 0, lang)
    return row


def validity_table(run: PeriodRun, edition: Edition) -> Section:
    """Return item–total correlations beside the r-table value, and what has none."""
    lang = edition.lang
    found = item_total(performance(run))
    rows = [_validity_row(str(key), row, lang) for key, row in found.iterrows()]
    complete = int(found["n"].iloc[0]) if len(found) else 0
    words = {
        "valid": numbers.number(int(found["valid"].fillna(value=False).sum()), 0, lang),
        "all": numbers.number(len(found), 0, lang),
        "r_table": numbers.number(r_table(complete), _COEFFICIENTS, lang),
        "n": numbers.number(complete, 0, lang),
    }
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="thesis_validity",
        caption=tell("thesis.validity_caption", lang),
        widths={tell("thesis.head_item", lang): _NAME},
    )
    reasons = [
        tell(
            "thesis.no_correlation",
            lang,
            item=name_of("element", str(k), lang),
            reason=r.text(lang),
        )
        for k, r in found["reason"].items()
        if r is not None
    ]
    head = Headline(
        tell("thesis.validity_headline", lang, **words),
        lead=tell("thesis.validity_lead", lang, **words),
        new_page=False,
    )
    return Section([head, table, *([Bullets(reasons)] if reasons else [])])


def _validity_row(key: str, row: Any, lang: Language) -> dict[str, Any]:
    decided = {True: "yes", False: "no"}
    valid = None if pd.isna(row["valid"]) else decided[bool(row["valid"])]
    figures = {
        "head_mean": (row["mean"], _MEANS),
        "head_sd": (row["sd"], _MEANS),
        "head_r": (row["r"], _COEFFICIENTS),
        "head_corrected": (row["r_corrected"], _COEFFICIENTS),
        "head_alpha_without": (row["alpha_if_deleted"], _COEFFICIENTS),
    }
    shown = {tell(f"thesis.{h}", lang): numbers.number(v, d, lang) for h, (v, d) in figures.items()}
    answer = numbers.ABSENT if valid is None else tell(f"thesis.valid_{valid}", lang)
    return {
        tell("thesis.head_item", lang): name_of("element", key, lang),
        **shown,
        tell("thesis.head_valid", lang): Cell(answer, "", "check" if valid == "yes" else ""),
    }


def alpha_table(run: PeriodRun, edition: Edition) -> Section:
    """Return Cronbach's alpha by pairwise and by listwise deletion, with Feldt's interval."""
    lang, answers = edition.lang, performance(run)
    found = [cronbach_alpha(answers, "pairwise"), cronbach_alpha(answers, "listwise")]
    main = found[0]
    head = Headline(
        tell("thesis.alpha_headline_none", lang)
        if main.value is None
        else tell("thesis.alpha_headline", lang, value=numbers.number(main.value, 3, lang)),
        lead=tell("thesis.alpha_lead", lang),
        new_page=False,
    )
    table = plain_table(
        pd.DataFrame([_alpha_row(a, lang) for a in found]),
        edition,
        key="thesis_alpha",
        caption=tell("thesis.alpha_caption", lang),
    )
    reasons = dict.fromkeys(a.reason.text(lang) for a in found if a.reason is not None)
    return Section([head, table, *([Bullets(list(reasons))] if reasons else [])])


def _alpha_row(found: CronbachAlpha, lang: Language) -> dict[str, str]:
    constant = [name_of("element", key, lang) for key in found.constant]
    return {
        tell("thesis.head_missing", lang): tell(f"thesis.missing_{found.missing}", lang),
        tell("thesis.head_alpha", lang): numbers.number(found.value, _COEFFICIENTS, lang),
        tell("thesis.head_interval", lang): numbers.interval(found.interval, _COEFFICIENTS, lang),
        tell("thesis.head_n", lang): numbers.number(found.n, 0, lang),
        tell("thesis.head_items", lang): numbers.number(len(found.items), 0, lang),
        tell("thesis.head_constant", lang): numbers.joined(constant, lang) if constant else "",
    }


def importance_table(run: PeriodRun, edition: Edition) -> Section:
    """Return quadrants, gap and CSI, or why there are none: importance must be asked."""
    lang, rated = edition.lang, importance(run)
    answers = performance(run)
    placed = importance_performance(answers, rated)
    title = tell("thesis.importance_headline", lang)
    if placed.reason is not None:
        why = tell("thesis.importance_none", lang, reason=placed.reason.text(lang))
        return Section([Headline(title, new_page=False), Paragraph(why)])
    index = satisfaction_index(answers, rated)
    gaps, scores = gap(answers, rated)["gap"], index.to_frame()["score"]
    rows = [
        _importance_row(str(key), placed, gaps[key], scores[key], lang)
        for key in placed.table.index
    ]
    cuts = {
        "performance": numbers.number(placed.performance_cut, _MEANS, lang),
        "importance": numbers.number(placed.importance_cut, _MEANS, lang),
    }
    csi = {"csi": numbers.number(index.percent, 1, lang), "label": index.label(lang) or ""}
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="thesis_importance",
        caption=tell("thesis.importance_caption", lang),
        source=tell("thesis.importance_source", lang, **csi),
        widths={tell("thesis.head_item", lang): _NAME},
    )
    lead = tell("thesis.importance_lead", lang, **cuts)
    quadrants = [
        f"**{name_of('element', str(k), lang)}:** {placed.meaning(str(k), lang)}"
        for k in gaps.index
    ]
    blocks: list[Block | str] = [Headline(title, lead=lead, new_page=False), table]
    return Section([*blocks, Bullets(quadrants)])


def _importance_row(
    key: str, placed: ImportancePerformance, difference: Any, score: Any, lang: Language
) -> dict[str, str]:
    row: Any = placed.table.loc[key]
    return {
        tell("thesis.head_item", lang): name_of("element", key, lang),
        tell("thesis.head_performance", lang): numbers.number(row["performance"], _MEANS, lang),
        tell("thesis.head_importance", lang): numbers.number(row["importance"], _MEANS, lang),
        tell("thesis.head_gap", lang): numbers.signed(difference, _MEANS, lang),
        tell("thesis.head_tki", lang): numbers.number(row["tki"], 1, lang),
        tell("thesis.head_score", lang): numbers.number(score, _COEFFICIENTS, lang),
        tell("thesis.head_quadrant", lang): str(row["quadrant"]),
    }
