"""Lampiran: how the figures were made, and by which dated standards."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullets, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.provenance_tables import standards_table
from ektp_analytics.report.sections.context import annex, flows
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.entry import Standard

UNVERIFIED = " *"
# Nine entries of one list; the list itself stands for them.
_PARTS_OF_A_LIST = "skm_elements."
_LIST = "skm_elements.order"


def methodology_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the rules of computation and the standards used, with their dates."""
    lang = edition.lang
    head = Headline(
        tell("methodology.headline", lang),
        annex(run, "methodology", lang),
        new_page=not flows(run),
    )
    rules = [tell(f"methodology.rule_{name}", lang) for name in _rules(run)]
    table = standard_frame(run, lang)
    marked = any(UNVERIFIED in str(basis) for basis in table["basis"])
    source = tell("methodology.unverified", lang) if marked else ""
    blocks: list[Block | str] = [
        head,
        Bullets(rules),
        standards_table(table, edition, source=source),
    ]
    remarks = [tell("methodology.remark", lang, name=n, note=t) for n, t in _remarks(run, lang)]
    blocks.append(Paragraph(" ".join(remarks), small=True))
    return Section(blocks)


def standard_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the standards used as `standards_table` takes them."""
    rows = [_row(s, lang) for s in _shown(run)]
    return pd.DataFrame(rows, columns=["name", "value_text", "basis", "valid_text"])


def _shown(run: PeriodRun) -> list[Standard]:
    chosen = [s for s in run.standards if not s.key.startswith(_PARTS_OF_A_LIST) or s.key == _LIST]
    return list({(s.key, s.valid_from): s for s in chosen}.values())


def _rules(run: PeriodRun) -> list[str]:
    rules = ["index", "interval"] if "survey" in run.sources else []
    rules += ["times", "backlog"] if "service_log" in run.sources else []
    rules += ["coverage"] if "registrations" in run.sources else []
    rules += ["audit"] if "published_figures" in run.sources else []
    return [*rules, "scores", "partial", "change", "privacy"]


def _row(standard: Standard, lang: Language) -> dict[str, Any]:
    basis = f"{standard.regulation}, {standard.article}"
    return {
        "name": _name(standard, lang),
        "value_text": _value(standard, lang),
        "basis": basis + ("" if standard.verified else UNVERIFIED),
        "valid_text": _validity(standard, lang),
    }


def _name(standard: Standard, lang: Language) -> str:
    key = f"methodology.name_{standard.key.replace('.', '_')}"
    return tell(key, lang) if known(key) else standard.key


def _value(standard: Standard, lang: Language) -> str:
    value, unit = standard.value, standard.unit
    if unit == "percent":
        return numbers.percent(value, 2, lang)
    if unit == "hours":
        return numbers.limit(value, lang)
    if unit == "bands":
        edges = [numbers.number(float(band["lower"]), 2, lang) for band in value[1:]]
        return " · ".join(edges)
    if isinstance(value, (list, dict)):
        return tell("methodology.entries", lang, count=len(value))
    printed = numbers.number(value, 0, lang) if isinstance(value, (int, float)) else str(value)
    key = f"methodology.unit_{unit.replace(' ', '_')}"
    return f"{printed} {tell(key, lang)}" if known(key) else printed


def _validity(standard: Standard, lang: Language) -> str:
    first = numbers.short_day(standard.valid_from, lang)
    if standard.valid_until is None:
        return tell("methodology.since", lang, first=first)
    return f"{first} – {numbers.short_day(standard.valid_until, lang)}"


def _remarks(run: PeriodRun, lang: Language) -> list[tuple[str, str]]:
    """Return what must be said beside a standard, where it was not verified or is special."""
    noted: dict[str, list[str]] = {}
    for standard in _shown(run):
        note = standard.note if lang == "id" else standard.note_en
        if note:
            noted.setdefault(note.strip(), []).append(_name(standard, lang))
    return [(numbers.joined(names, lang), note) for note, names in noted.items()]
