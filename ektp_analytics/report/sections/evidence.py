"""Bab IV: coded statements, what supports and what hinders."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.evidence import (
    COUNTED,
    evidence_balance,
    evidence_factors,
    evidence_matrix,
    statements,
)
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Columns, Heading, Headline, Paragraph, Together
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    annex,
    notices,
    principle_name,
    report_kind,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import factors_table, plain_table
from ektp_analytics.scoring.period_run import PeriodRun

MOST_THEMES, MOST_NAMED = 5, 3
ABSTRACT = "abstrak"
TIGHT_ROW = 19  # px


def evidence_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the statements of a case study by principle and direction.

    Empty for an office's own report, whose factors stand beside strengths and weaknesses.
    """
    if "evidence" not in run.sources or report_kind(run) != "case_study":
        return Section()
    lang = edition.lang
    log = run.data.tables["evidence"]
    told = run.data.once("statements", lambda: statements(log))
    balance = evidence_balance(told)
    headline = tell("evidence.headline", lang, **evidence_counts(run, lang))
    head = Headline(
        headline, tell("scorecard.kicker", lang), _lead(log, told, lang), new_page=False
    )
    blocks: list[Block | str] = [head, _balance(run, balance, told, edition)]
    blocks += [_factor_columns(told, edition), _caution(lang)]
    return Section([*blocks, *notices(run, edition, "evidence")])


def themes_page(run: PeriodRun, edition: Edition) -> Section:
    """Return every theme of a case study with its statements by direction, as annex."""
    if "evidence" not in run.sources or report_kind(run) != "case_study":
        return Section()
    lang = edition.lang
    matrix = evidence_matrix(run.data.tables["evidence"])
    head = Headline(tell("evidence.themes_headline", lang), annex(run, "themes", lang))
    keys = list(dict.fromkeys(matrix["principle"]))
    sides = [
        [_theme_table(matrix[matrix["principle"].isin(half)], f"themes_{place}", edition)]
        for place, half in enumerate((keys[::2], keys[1::2]))
    ]
    return Section([head, Columns(sides), *notices(run, edition, "evidence")])


def factor_blocks(run: PeriodRun, edition: Edition) -> list[Block]:
    """Return supporting and hindering factors with what was coded, for an office's report."""
    log = run.data.tables["evidence"]
    told = run.data.once("statements", lambda: statements(log))
    lang = edition.lang
    lead = Paragraph(_lead(log, told, lang))
    heading = Heading(tell("evidence.factors", lang))
    return [Together([heading, lead, _factor_columns(told, edition)]), _caution(lang)]


def evidence_counts(run: PeriodRun, lang: Language) -> dict[str, str]:
    """Return how many statements support, hinder, or are disputed, as they are printed."""
    balance = evidence_balance(run.data.tables["evidence"])
    return {name: numbers.number(int(balance[name].sum()), 0, lang) for name in COUNTED}


def _lead(log: pd.DataFrame, told: pd.DataFrame, lang: Language) -> str:
    coders = int(log["coder"].nunique()) if "coder" in log else 1
    disputed = int(evidence_balance(told)["disputed"].sum())
    said = tell(
        "evidence.lead",
        lang,
        count=numbers.number(len(told), 0, lang),
        documents=numbers.number(told["document"].nunique(), 0, lang),
        coders=wording.spelled(coders, lang),
    )
    if disputed:
        said += " " + tell("evidence.disputed", lang, count=numbers.number(disputed, 0, lang))
    return " ".join([said, *_abstract(told, lang)])


def _abstract(told: pd.DataFrame, lang: Language) -> list[str]:
    """Set what an article's abstract says against what its other parts say."""
    summary = told["document"].str.casefold().str.contains(ABSTRACT, regex=False)
    if not summary.any():
        return []
    words = {
        f"{part}_{valence}": numbers.number(
            int((rows & told["valence"].eq(valence)).sum()), 0, lang
        )
        for part, rows in (("abstract", summary), ("rest", ~summary))
        for valence in ("supporting", "hindering")
    }
    return [tell("evidence.abstract", lang, **words)]


def _balance(run: PeriodRun, balance: pd.DataFrame, log: pd.DataFrame, edition: Edition) -> Block:
    lang = edition.lang
    counted = [name for name in COUNTED if name != "disputed" or balance["disputed"].sum()]
    heads = {name: tell(f"evidence.head_{name}", lang) for name in counted}
    first, themes = tell("evidence.head_principle", lang), tell("evidence.head_themes", lang)
    rows = []
    for key in run.catalogue.principles:
        if key not in balance.index:
            continue
        row = {first: principle_name(key, lang)}
        counts = balance[list(heads)].loc[key].astype("int64").to_dict()
        row |= {h: numbers.number(counts[n], 0, lang) for n, h in heads.items()}
        rows.append({**row, themes: _hindering(log, key, lang)})
    total = {first: tell("evidence.total", lang)}
    total |= {h: numbers.number(balance[n].sum(), 0, lang) for n, h in heads.items()}
    rows.append({**total, themes: ""})
    return plain_table(
        pd.DataFrame(rows),
        edition,
        key="evidence_balance",
        caption=tell("evidence.caption", lang),
        kinds=["row"] * (len(rows) - 1) + ["total"],
        widths={first: 110, themes: 290},
    )


def _hindering(log: pd.DataFrame, principle: str, lang: Language) -> str:
    factors = evidence_factors(log, "hindering")
    chosen = factors[factors["principle"].eq(principle)].head(MOST_NAMED)
    told = [
        f"{row['theme']} ({numbers.number(row['count'], 0, lang)})"
        for row in chosen.to_dict("records")
    ]
    return ", ".join(told) or numbers.ABSENT


def _theme_table(matrix: pd.DataFrame, key: str, edition: Edition) -> Block:
    lang = edition.lang
    heads = [tell(f"evidence.short_{n}", lang) for n in ("theme", "supporting", "hindering")]
    rows, kinds = [], []
    for principle, part in matrix.groupby("principle", sort=False):
        rows.append([principle_name(str(principle), lang), "", ""])
        kinds.append("group")
        for row in part.to_dict("records"):
            counts = [row["supporting"], row["hindering"]]
            shown = [numbers.number(c, 0, lang) if c else numbers.ABSENT for c in counts]
            rows.append([wording.capital(str(row["theme"])), *shown])
            kinds.append("row")
    table = plain_table(
        pd.DataFrame(rows, columns=heads, dtype=object),
        edition,
        key=key,
        caption=tell("evidence.themes", lang),
        kinds=kinds,
        width=310,
        align=dict.fromkeys(heads[1:], "right"),
        widths=dict(zip(heads, (190, 60, 60), strict=True)),
    )
    return replace(table, row_height=TIGHT_ROW)


def _factor_columns(log: pd.DataFrame, edition: Edition) -> Columns:
    return Columns([[_factors(log, v, edition)] for v in ("supporting", "hindering")])


def _caution(lang: Language) -> Paragraph:
    return Paragraph(tell("evidence.caution", lang), small=True)


def _factors(log: pd.DataFrame, valence: str, edition: Edition) -> Block:
    factors = evidence_factors(log, valence)
    table = factors.groupby("theme", sort=False).agg({"count": "sum", "detail": "first"})
    table = table.sort_values("count", ascending=False, kind="stable").head(MOST_THEMES)
    table = table.reset_index()
    table["theme"] = table["theme"].map(wording.capital)
    caption = tell(f"evidence.caption_{valence}", edition.lang)
    return factors_table(table, edition, caption=caption, key=f"factors_{valence}")
