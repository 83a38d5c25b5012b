"""Bab IV: coded statements, what supports and what hinders."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Columns, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import notices, principle_name, report_kind
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import factors_table, plain_table
from ektp_analytics.scoring.period_run import PeriodRun

MOST_THEMES = 6
SUPPORTING, HINDERING, DIVIDED = "supporting", "hindering", "divided"


def evidence_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the matrix of statements and the main themes; empty without coded statements."""
    if "evidence" not in run.sources:
        return Section()
    lang = edition.lang
    told = statements(run.data.tables["evidence"])
    for_, against = (int(told["valence"].eq(v).sum()) for v in (SUPPORTING, HINDERING))
    headline = tell(
        "evidence.headline",
        lang,
        against=numbers.number(against, 0, lang),
        supporting=numbers.number(for_, 0, lang),
    )
    lead = _lead(run, told, lang)
    blocks: list[Block | str] = [
        Headline(headline, tell("scorecard.kicker", lang), lead),
        _matrix(run, told, edition),
        Columns(
            [[_factors(told, SUPPORTING, edition)], [_factors(told, HINDERING, edition)]],
        ),
        Paragraph(tell("evidence.caution", lang), small=True),
    ]
    return Section([*blocks, *notices(run, edition, "evidence")])


def statements(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per statement, however many coders read it.

    Parameters
    ----------
    table
        One row per statement and coder, as the ``evidence`` source gives it.

    Returns
    -------
    pandas.DataFrame
        ``document, paraphrase, principle, theme, valence, coders``; `valence` is
        ``divided`` where the coders disagree.
    """
    keys = ["document", "paraphrase", "principle"]
    grouped = table.groupby(keys, sort=False, dropna=False)
    told = grouped.agg(
        theme=("theme", "first"),
        valence=("valence", lambda v: v.iloc[0] if v.nunique() == 1 else DIVIDED),
        coders=("coder", "nunique"),
    )
    return told.reset_index()


def themes(told: pd.DataFrame, valence: str, most: int = MOST_THEMES) -> pd.DataFrame:
    """Return the themes with most statements of one direction: theme, count, detail."""
    chosen = told[told["valence"].eq(valence)]
    counted = chosen.groupby("theme", sort=False).agg(
        count=("theme", "size"), detail=("paraphrase", "first")
    )
    ordered = counted.sort_values("count", ascending=False, kind="stable").head(most)
    return ordered.reset_index()


def _lead(run: PeriodRun, told: pd.DataFrame, lang: Language) -> str:
    coders = int(run.data.tables["evidence"]["coder"].nunique())
    words = {
        "count": numbers.number(len(told), 0, lang),
        "documents": numbers.number(told["document"].nunique(), 0, lang),
        "coders": wording.spelled(coders, lang),
    }
    divided = int(told["valence"].eq(DIVIDED).sum())
    said = tell("evidence.lead", lang, **words)
    if divided:
        said += " " + tell("evidence.divided", lang, count=numbers.number(divided, 0, lang))
    if report_kind(run) == "case_study":
        said += " " + tell("evidence.abstract", lang)
    return said


def _matrix(run: PeriodRun, told: pd.DataFrame, edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell(f"evidence.head_{name}", lang) for name in (SUPPORTING, HINDERING, DIVIDED)]
    rows = []
    for key in [*run.catalogue.principles, None]:
        chosen = told if key is None else told[told["principle"].eq(key)]
        counts = [int(chosen["valence"].eq(v).sum()) for v in (SUPPORTING, HINDERING, DIVIDED)]
        name = tell("evidence.total", lang) if key is None else principle_name(key, lang)
        row: dict[str, str | Cell] = {tell("evidence.head_principle", lang): name}
        row |= {h: numbers.number(c, 0, lang) for h, c in zip(heads, counts, strict=True)}
        row[tell("evidence.head_themes", lang)] = _named(chosen, lang) if key else ""
        rows.append(row)
    frame = pd.DataFrame(rows)
    if not told["valence"].eq(DIVIDED).any():
        frame = frame.drop(columns=[heads[2]])
    kinds = ["row"] * (len(rows) - 1) + ["total"]
    return plain_table(
        frame,
        edition,
        key="evidence_matrix",
        caption=tell("evidence.caption", lang),
        kinds=kinds,
        widths={
            tell("evidence.head_themes", lang): 280,
            tell("evidence.head_principle", lang): 110,
        },
    )


def _named(chosen: pd.DataFrame, lang: Language) -> str:
    hindering = themes(chosen, HINDERING, 3)
    return ", ".join(
        f"{row['theme']} ({numbers.number(row['count'], 0, lang)})"
        for row in hindering.to_dict("records")
    )


def _factors(told: pd.DataFrame, valence: str, edition: Edition) -> Block:
    table = themes(told, valence)
    table["theme"] = table["theme"].map(wording.capital)
    caption = tell(f"evidence.caption_{valence}", edition.lang)
    return factors_table(table, edition, caption=caption, key=f"factors_{valence}")
