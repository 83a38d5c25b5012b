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
from ektp_analytics.report.sections.context import annex, flows, lowered, notices
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
        Headline(
            _headline(audit, lang),
            tell("case_study.kicker", lang),
            _lead(table, lang),
            new_page=not flows(run),
        )
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
    head = Headline(
        tell("case_study.all_headline", lang), annex(run, "figures", lang), new_page=False
    )
    return Section([head, listed, *notices(run, edition, "published_figures")])


def figure_counts(run: PeriodRun, lang: Language) -> dict[str, str]:
    """Return how many figures are printed, and how many percentages do not follow."""
    table = run.data.tables["published_figures"]
    audit = partition_of(table)
    judged = _judged(audit) if audit else []
    return {
        "figures": numbers.number(len(table), 0, lang),
        "judged": wording.spelled(len(judged), lang),
        "bad": wording.spelled(sum(not fitting for _, fitting in judged), lang),
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
    judged = _judged(audit)
    bad = sum(not fitting for _, fitting in judged)
    return tell(
        "case_study.headline",
        lang,
        bad=wording.capital(wording.spelled(bad, lang)),
        total=wording.spelled(len(judged), lang),
    )


def _lead(table: pd.DataFrame, lang: Language) -> str:
    return tell("case_study.lead", lang, count=numbers.number(len(table), 0, lang))


def _judged(audit: PartitionAudit) -> list[tuple[ShareFinding, list[str]]]:
    """Return each percentage under the first completion, and the completions it agrees with.

    The first completion puts the missing digit at the end of the count, where a digit is
    most easily lost.
    """
    first = audit.completions[0].pattern
    fitting: dict[str, list[str]] = {}
    for finding in audit.findings:
        patterns = fitting.setdefault(finding.label, [])
        patterns += [finding.pattern] if finding.fits else []
    return [(finding, fitting[finding.label]) for finding in audit.of(first)]


def _recomputed(audit: PartitionAudit, table: pd.DataFrame, edition: Edition) -> list[Block | str]:
    lang = edition.lang
    counts = _counts(table, edition)
    pattern, totals = audit.completions[0].pattern, audit.completions[0].totals
    described = dict(zip(table["number"], table["description"], strict=True))
    rows = [_row(f, fitting, described, lang) for f, fitting in _judged(audit)]
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
        widths=dict(zip(heads, (196, 56, 96, 132, 162), strict=True)),
        align={heads[-1]: "left"},
    )
    return [
        counts,
        shown,
        *_bound_note(audit, words, lang),
        Heading(tell("case_study.others", lang)),
        Bullets(_contradictions(table, lang)),
    ]


_HEADS = ("description", "printed", "recomputed", "verdict", "repair")


def _row(
    finding: ShareFinding, fitting: list[str], described: dict[str, str], lang: Language
) -> dict[str, Any]:
    bounds = (float(finding.low), float(finding.high))
    same = numbers.number(bounds[0], 2, lang) == numbers.number(bounds[1], 2, lang)
    span = numbers.percent(bounds[0], 2, lang) if same else numbers.interval(bounds, 3, lang, "%")
    verdict, note = _verdict(finding, fitting, lang)
    values = (described[finding.label], finding.printed, span, verdict, note)
    return dict(zip((tell(f"case_study.head_{n}", lang) for n in _HEADS), values, strict=True))


def _verdict(finding: ShareFinding, fitting: list[str], lang: Language) -> tuple[Cell, str]:
    """Return the verdict on one percentage, and what would mend it or what it hangs on."""
    if finding.verdict in _FITS:
        words = tell(f"case_study.verdict_{finding.verdict}", lang)
        return Cell(words, "", "check"), ""
    if fitting:
        patterns = numbers.joined(fitting, lang)
        return (
            Cell(tell("case_study.verdict_depends", lang), "", "ring"),
            tell("case_study.depends", lang, patterns=patterns),
        )
    words = tell(f"case_study.verdict_{finding.verdict.replace(' ', '_')}", lang)
    repairs = [_repair(would_be, slip, lang) for would_be, slip in finding.repairs[:2]]
    return Cell(words, "", "diamond", "attention", strong=True), "; ".join(repairs)


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
