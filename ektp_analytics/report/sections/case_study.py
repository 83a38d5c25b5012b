"""Bab III of a case study: the figures as printed beside the recomputed ones."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.measures.partition import (
    PartitionAudit,
    PrintedPart,
    PrintedShare,
    ShareFinding,
    audit_partition,
)
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Heading, Headline, Note
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.context import lowered, notices
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

_FITS = ("follows", "rounded", "truncated")


def printed_figures_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the printed counts and percentages beside the recomputed ones.

    Empty without published figures. Percentages are recomputed on the assumption that the
    printed counts are parts of one whole, which the page says.
    """
    if "published_figures" not in run.sources:
        return Section()
    lang = edition.lang
    table = run.data.tables["published_figures"]
    audit = partition_of(table)
    blocks: list[Block | str] = [
        Headline(_headline(audit, lang), tell("case_study.kicker", lang), _lead(table, lang))
    ]
    if audit is not None:
        blocks += _recomputed(audit, table, edition)
    return Section([*blocks, *notices(run, edition, "published_figures")])


def all_figures_page(run: PeriodRun, edition: Edition) -> Section:
    """Return every printed figure with its place and remark, as annex."""
    if "published_figures" not in run.sources:
        return Section()
    lang = edition.lang
    table = run.data.tables["published_figures"]
    columns = {
        "number": tell("case_study.head_number", lang),
        "description": tell("case_study.head_description", lang),
        "printed": tell("case_study.head_printed", lang),
        "unit": tell("case_study.head_unit", lang),
        "note": tell("case_study.head_note", lang),
    }
    frame = table[list(columns)].rename(columns=columns).astype(object)
    widths = dict(zip(columns.values(), (34, 196, 96, 82, 234), strict=True))
    listed = plain_table(
        frame,
        edition,
        key="all_figures",
        caption=tell("case_study.all_caption", lang),
        widths=widths,
        align=dict.fromkeys(columns.values(), "left"),
    )
    head = Headline(tell("case_study.all_headline", lang), tell("case_study.all_kicker", lang))
    return Section([head, listed, *notices(run, edition, "published_figures")])


def figure_counts(run: PeriodRun, lang: Language) -> dict[str, str]:
    """Return how many figures are printed, and how many percentages do not follow."""
    table = run.data.tables["published_figures"]
    audit = partition_of(table)
    judged = audit.of(_likeliest(audit)) if audit else ()
    return {
        "figures": numbers.number(len(table), 0, lang),
        "judged": wording.spelled(len(judged), lang),
        "bad": wording.spelled(sum(f.verdict not in _FITS for f in judged), lang),
    }


def partition_of(table: pd.DataFrame) -> PartitionAudit | None:
    """Audit the printed counts of a list of figures as parts of one whole.

    Parameters
    ----------
    table
        The ``published_figures`` source: ``role`` and ``group`` say which figures are
        counts (``part``), percentages of a count (``percent``) or of all but a count
        (``complement_percent``), and what bounds the whole (``population``).

    Returns
    -------
    PartitionAudit or None
        None where fewer than two counts are printed.
    """
    parts = table[table["role"].eq("part")]
    if len(parts) < 2:  # noqa: PLR2004 - one count alone has no whole
        return None
    groups = list(parts["group"])
    shares = []
    for row in table.to_dict("records"):
        if row["role"] == "percent" and row["group"] in groups:
            shares.append(PrintedShare(row["number"], row["printed"], (row["group"],)))
        if row["role"] == "complement_percent" and row["group"] in groups:
            rest = tuple(g for g in groups if g != row["group"])
            shares.append(PrintedShare(row["number"], row["printed"], rest))
    printed = [PrintedPart(r["group"], r["printed"]) for r in parts.to_dict("records")]
    return audit_partition(printed, shares, bound=_bound(table))


def _bound(table: pd.DataFrame) -> int | None:
    found = table.loc[table["role"].eq("population"), "printed"]
    return int(found.iloc[0].replace(".", "")) if len(found) else None


def _headline(audit: PartitionAudit | None, lang: Language) -> str:
    if audit is None:
        return tell("case_study.headline_plain", lang)
    chosen = _likeliest(audit)
    bad = sum(f.verdict not in _FITS for f in audit.of(chosen))
    return tell(
        "case_study.headline",
        lang,
        bad=wording.capital(wording.spelled(bad, lang)),
        total=wording.spelled(len(audit.of(chosen)), lang),
    )


def _lead(table: pd.DataFrame, lang: Language) -> str:
    return tell("case_study.lead", lang, count=numbers.number(len(table), 0, lang))


def _likeliest(audit: PartitionAudit) -> str:
    """Return the completion that agrees with most printed percentages."""
    fits = {c.pattern: sum(f.fits > 0 for f in audit.of(c.pattern)) for c in audit.completions}
    return max(fits, key=lambda pattern: fits[pattern])


def _recomputed(audit: PartitionAudit, table: pd.DataFrame, edition: Edition) -> list[Block | str]:
    lang = edition.lang
    pattern = _likeliest(audit)
    totals = next(c.totals for c in audit.completions if c.pattern == pattern)
    described = dict(zip(table["number"], table["description"], strict=True))
    rows = [_row(f, described, lang) for f in audit.of(pattern)]
    short = table[table["role"].eq("part") & ~table["printed"].str.fullmatch(r"[\d.]+")]
    words = {
        "short": short["printed"].iloc[0] if len(short) else numbers.ABSENT,
        "pattern": pattern,
        "first": numbers.number(min(totals), 0, lang),
        "last": numbers.number(max(totals), 0, lang),
    }
    source = tell("case_study.assumption", lang, **words)
    caption = tell("case_study.caption", lang)
    heads = [tell(f"case_study.head_{n}", lang) for n in _HEADS]
    shown = plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="printed_figures",
        caption=caption,
        source=source,
        widths=dict(zip(heads, (228, 62, 100, 116, 136), strict=True)),
    )
    counts = _counts(table, edition)
    return [
        counts,
        shown,
        *_bound_note(audit, words, lang),
        Heading(tell("case_study.others", lang)),
        Bullets(_contradictions(table, lang)),
    ]


_HEADS = ("description", "printed", "recomputed", "verdict", "repair")


def _row(finding: ShareFinding, described: dict[str, str], lang: Language) -> dict[str, Any]:
    fits = finding.verdict in _FITS
    verdict = tell(f"case_study.verdict_{finding.verdict.replace(' ', '_')}", lang)
    cell = Cell(verdict, "", "check") if fits else Cell(verdict, "", "diamond", "attention", True)
    bounds = (float(finding.low), float(finding.high))
    same = numbers.number(bounds[0], 3, lang) == numbers.number(bounds[1], 3, lang)
    span = numbers.percent(bounds[0], 3, lang) if same else numbers.interval(bounds, 3, lang, "%")
    repairs = [_repair(would_be, slip, lang) for would_be, slip in finding.repairs[:2]]
    values = (described[finding.label], finding.printed, span, cell, "; ".join(repairs))
    return dict(zip((tell(f"case_study.head_{n}", lang) for n in _HEADS), values, strict=True))


def _repair(would_be: str, slip: str, lang: Language) -> str:
    named = tell(f"case_study.slip_{slip.replace(' ', '_')}", lang)
    return tell("case_study.repair", lang, would_be=would_be, slip=named)


def _counts(table: pd.DataFrame, edition: Edition) -> Block:
    """Print the counts as they stand, with what is wrong with their form."""
    lang = edition.lang
    parts = table[table["role"].isin(["part", "population"])]
    rows = [
        {
            tell("case_study.head_description", lang): row["description"],
            tell("case_study.head_printed", lang): Cell(str(row["printed"]), strong=True),
            tell("case_study.head_note", lang): row["note"],
        }
        for row in parts.to_dict("records")
    ]
    widths = dict(zip(rows[0], (250, 90, 302), strict=True))
    return plain_table(
        pd.DataFrame(rows),
        edition,
        key="printed_counts",
        caption=tell("case_study.counts_caption", lang),
        widths=widths,
        align={tell("case_study.head_printed", lang): "right"},
    )


def _bound_note(audit: PartitionAudit, words: dict[str, str], lang: Language) -> list[Block | str]:
    if not audit.exceeds_bound:
        return []
    bound = numbers.number(audit.bound, 0, lang)
    title = tell("case_study.bound_title", lang)
    return [Note(title, tell("case_study.bound", lang, bound=bound, **words))]


def _contradictions(table: pd.DataFrame, lang: Language) -> list[str]:
    """Say which printed figures outside the counts contradict each other."""
    by_role = {role: list(rows["printed"]) for role, rows in table.groupby("role", sort=False)}
    counted = table.loc[table["role"].eq("part"), "group"]
    unmatched = table[table["role"].eq("percent") & ~table["group"].isin(counted)]
    said = [
        tell("case_study.unmatched", lang, printed=row["printed"], what=lowered(row["description"]))
        for row in unmatched.to_dict("records")
    ]
    if by_role.get("limit") and by_role.get("promise"):
        said.append(
            tell(
                "case_study.two_limits",
                lang,
                limit=by_role["limit"][0],
                promise=by_role["promise"][0],
            )
        )
    if by_role.get("duration"):
        listed = numbers.joined(by_role["duration"], lang)
        said.append(tell("case_study.durations", lang, listed=listed))
    said += _dates(table, lang)
    return said


def _dates(table: pd.DataFrame, lang: Language) -> list[str]:
    """Say which printed dates disagree, from the remarks of the list itself."""
    dated = table[table["role"].isin(["date", "citation"]) & table["note"].fillna("").ne("")]
    return [
        tell(
            "case_study.dated",
            lang,
            what=row["description"],
            printed=row["printed"],
            note=str(row["note"]).rstrip("."),
        )
        for row in dated.to_dict("records")
        if not str(row["note"]).startswith("Menurut")
    ]
