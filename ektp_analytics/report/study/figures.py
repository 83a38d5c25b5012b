"""Step 3: every figure of the article reproduced, checked, and the working shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.measures.explanations import slip_name
from ektp_analytics.measures.partition import Completion, PartitionAudit, ShareFinding
from ektp_analytics.measures.published_figures import AuditResult, Check
from ektp_analytics.measures.relation import BAD, GOOD
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Heading, Headline, Note
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell
from ektp_analytics.report.sections.case_study import partition_of
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.steps import Step, Steps, Working
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

REPAIRS_SHOWN = 2
_HEADS = ("number", "description", "printed", "verdict", "why")
_WIDTHS = (32, 166, 84, 92, 268)


def figures(run: PeriodRun, edition: Edition, audit: AuditResult) -> Section:
    """Return every printed figure with its verdict.

    Parameters
    ----------
    run, edition
        The case study and the language.
    audit
        The audit of the same file (`ektp_analytics.pipeline.audit.audit_published`).
    """
    lang, table = edition.lang, published(run)
    checks = {row: [c for c in audit.checks if c.row == row] for row in table.index}
    rows = [
        _row(figure, checks[row], lang)
        for row, figure in zip(table.index, table.to_dict("records"), strict=True)
    ]
    bad = sum(any(c.verdict in BAD for c in found) for found in checks.values())
    words = {
        "bad": numbers.number(bad, 0, lang),
        "checked": numbers.number(sum(map(bool, checks.values())), 0, lang),
    }
    heads = [tell(f"study.head_{name}", lang) for name in _HEADS]
    shown = plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="study_figures",
        caption=tell("study.figures_caption", lang),
        align=dict.fromkeys(heads, "left"),
        widths=dict(zip(heads, _WIDTHS, strict=True)),
    )
    head = Headline(
        tell("study.figures_headline", lang, **words),
        tell("study.describe_kicker", lang),
        tell("study.figures_lead", lang),
        new_page=False,
    )
    return Section([head, shown])


def published(run: PeriodRun) -> pd.DataFrame:
    """Return the printed figures, index = row as the file shows it."""
    return run.data.tables["published_figures"]


def _row(figure: dict[Any, Any], checks: Sequence[Check], lang: Language) -> tuple[Any, ...]:
    worst = next((c for c in checks if not c.ok), checks[0] if checks else None)
    if worst is None:
        kind = "outside" if figure["role"] == "population" else "not_computed"
        verdict, why = Cell(tell(f"study.{kind}", lang)), tell(f"study.{kind}_why", lang)
    else:
        verdict, why = _verdict(worst, lang), _why(worst, lang)
    printed = Cell(str(figure["printed"]), strong=True)
    return figure["number"], figure["description"], printed, verdict, why


def _verdict(check: Check, lang: Language) -> Cell:
    words = tell(f"study.verdict_{check.verdict.replace(' ', '_')}", lang)
    if check.ok:
        return Cell(words, "", "check" if check.verdict in GOOD else "")
    return Cell(words, "", "diamond", "attention", strong=True)


def _why(check: Check, lang: Language) -> str:
    sentence = check.explanation.text(lang)
    if not check.repairs:
        return sentence
    listed = [r.would_be for r in check.repairs[:REPAIRS_SHOWN]]
    slip = slip_name(check.repairs[0].slip, lang)
    if len(check.repairs) == 1:
        return f"{sentence} {tell('study.perhaps', lang, would_be=listed[0], slip=slip)}"
    return f"{sentence} {tell('study.perhaps_many', lang, listed=', '.join(listed), slip=slip)}"


def working(run: PeriodRun, edition: Edition) -> Section:
    """Return the sum and the shares, if the digit lost stood at the end of the short count."""
    lang, table = edition.lang, published(run)
    audit = partition_of(table)
    if audit is None:
        return Section()
    first = audit.completions[0]
    parts = table[table["role"].eq("part")]
    counts = [first.pattern if _is_short(p, audit) else p for p in parts["printed"]]
    total = numbers.interval(_ends(first.totals), 0, lang)
    steps = [Step(tell("study.working_sum", lang), [Working([" + ".join(counts)], total)])]
    described = dict(zip(table["number"], table["description"], strict=True))
    steps += [_share_step(f, described[f.label], lang) for f in audit.of(first.pattern)]
    heading = tell("study.working_heading", lang, short=short_count(run))
    return Section([Heading(heading), Steps(steps), *_derived(table, lang)])


def short_count(run: PeriodRun) -> str:
    """Return the printed count that is short of a digit; empty where none is."""
    table = published(run)
    parts = table.loc[table["role"].eq("part"), "printed"]
    short = parts[~parts.str.fullmatch(r"\d{1,3}(?:\.\d{3})*")]
    return str(short.iloc[0]) if len(short) else ""


def _is_short(printed: str, audit: PartitionAudit) -> bool:
    """Say whether a printed count is the one that the completions fill in."""
    digits = [c for c in printed if c.isdigit()]
    patterns = ([d for d in c.pattern if d.isdigit()] for c in audit.completions)
    return len(audit.completions) > 1 and digits in patterns


def _share_step(finding: ShareFinding, description: str, lang: Language) -> Step:
    span = span_words(finding, lang)
    line = Working([span, tell("study.working_printed", lang, printed=finding.printed)])
    return Step(description, [line])


def span_words(finding: ShareFinding, lang: Language, decimals: int = 2) -> str:
    """Return a recomputed percentage over all possible totals: ``84,99%``."""
    low, high = (numbers.number(end, decimals, lang) for end in (finding.low, finding.high))
    return f"{low}%" if low == high else f"{low}–{high}%"


def _derived(table: pd.DataFrame, lang: Language) -> list[Block | str]:
    """Say where one printed percentage is one hundred less another of its group."""
    found: list[Block | str] = []
    for row in table[table["role"].eq("complement_percent")].to_dict("records"):
        same = table[table["group"].eq(row["group"]) & table["role"].eq("percent")]
        for percent in same["printed"]:
            due = 100 - _value(percent)
            if due == _value(row["printed"]):
                words = {"percent": percent, "due": numbers.number(due, 2, lang)}
                said = tell("study.working_complement", lang, printed=row["printed"], **words)
                found.append(said)
    return found


def _value(printed: str) -> Any:
    from ektp_analytics.measures.printed_number import readings

    return readings(printed, count=False)[0].value


def completions(run: PeriodRun, edition: Edition) -> Section:
    """Return what each place of the lost digit leads to, and the bound on the total."""
    lang = edition.lang
    audit = partition_of(published(run))
    if audit is None:
        return Section()
    rows = [_completion_row(c, audit, lang) for c in audit.completions]
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="study_completions",
        caption=tell("study.completions_caption", lang),
        source=tell("study.completions_source", lang),
    )
    return Section([table, *_bound(audit, run, lang)])


def _completion_row(
    completion: Completion, audit: PartitionAudit, lang: Language
) -> dict[str, Any]:
    row: dict[str, Any] = {
        tell("study.head_pattern", lang): completion.pattern,
        tell("study.head_total", lang): numbers.interval(_ends(completion.totals), 0, lang),
    }
    for finding in audit.of(completion.pattern):
        fits, span = finding.verdict in GOOD, span_words(finding, lang)
        cell = Cell(span, "", "check") if fits else Cell(span, "", "diamond", "attention")
        row[f"{finding.label}: {finding.printed}"] = cell
    return row


def _bound(audit: PartitionAudit, run: PeriodRun, lang: Language) -> list[Block | str]:
    if not audit.exceeds_bound:
        return []
    table = published(run)
    low, high = whole(audit)
    words = {
        "low": numbers.number(low, 0, lang),
        "high": numbers.number(high, 0, lang),
        "bound": numbers.number(audit.bound, 0, lang),
        "holders": table.loc[table["role"].eq("part"), "printed"].iloc[0],
    }
    return [Note(tell("study.bound_title", lang), tell("study.bound", lang, **words))]


def whole(audit: PartitionAudit) -> tuple[int, int]:
    """Return the least and the greatest total over all completions."""
    totals = [t for c in audit.completions for t in c.totals]
    return min(totals), max(totals)


def _ends(totals: Sequence[int]) -> tuple[int, int]:
    return totals[0], totals[-1]
