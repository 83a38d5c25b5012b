"""Lampiran: how the figures were made, and by which dated standards."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.skm import scheme_of
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullets, Headline, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.provenance_tables import standards_table
from ektp_analytics.report.sections.context import annex, flows
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.entry import Standard
from ektp_analytics.standards.survey_scheme import FOURTEEN_ELEMENTS

UNVERIFIED = " *"
# Nine entries of one list; the list itself stands for them.
_PARTS_OF_A_LIST = "skm_elements."
_LIST = "skm_elements.order"
_COMPLAINTS = "complaint_limits."
_FOURTEEN = "ikm14_elements."
_NONE = "-"


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
    rows = [_row(s, lang) for s in _shown(run) if not s.key.startswith(_COMPLAINTS)]
    rows += _complaint_limits([s for s in _shown(run) if s.key.startswith(_COMPLAINTS)], lang)
    return pd.DataFrame(rows, columns=["name", "value_text", "basis", "valid_text"])


def _complaint_limits(limits: list[Standard], lang: Language) -> list[dict[str, Any]]:
    """Return the limits of all kinds of complaint as one line, the shortest first."""
    if not limits:
        return []
    ordered = sorted(limits, key=lambda s: float(s.value))
    row = _row(ordered[0], lang)
    values = " · ".join(numbers.number(s.value, 0, lang) for s in ordered)
    row["name"] = tell("methodology.complaints", lang)
    row["value_text"] = f"{values} {tell('methodology.unit_working_days', lang)}"
    mark = "" if all(s.verified for s in ordered) else UNVERIFIED
    return [{**row, "basis": ordered[0].regulation + mark}]


def _shown(run: PeriodRun) -> list[Standard]:
    """Return the standards of the period: a repealed one was only looked at, not applied."""
    chosen = [s for s in run.standards if not s.key.startswith(_PARTS_OF_A_LIST) or s.key == _LIST]
    applied = [s for s in chosen if _in_force(s, run) or s.key.startswith(_declared(run))]
    return list({(s.key, s.valid_from): s for s in applied}.values())


def _in_force(standard: Standard, run: PeriodRun) -> bool:
    until = standard.valid_until
    begun = standard.valid_from <= run.period.end
    return begun and (until is None or until >= run.period.start)


def _declared(run: PeriodRun) -> str:
    """Return the old questionnaire where the office still used it; else no key."""
    table = run.data.tables.get("survey")
    old = table is not None and scheme_of(table) == FOURTEEN_ELEMENTS
    return _FOURTEEN if old else _NONE


def _rules(run: PeriodRun) -> list[str]:
    rules = ["index", "interval"] if "survey" in run.sources else []
    rules += ["times"] if "service_log" in run.sources else []
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
            name = _name(standard, lang)
            if standard.key.startswith(_COMPLAINTS):
                name = tell("methodology.complaints", lang)
            names = noted.setdefault(note.strip(), [])
            names += [name] if name not in names else []
    return [(numbers.joined(names, lang), note) for note, names in noted.items()]
