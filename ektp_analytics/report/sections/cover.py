"""The cover: whose report it is, on what period, and its few key numbers."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import KeyNumber
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.front import Cover, Letterhead
from ektp_analytics.report.sections.context import report_kind, signed
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

MOST_KEYS = 4


def cover_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the cover.

    The title names the e-KTP service only where the files are about it; key numbers are
    those that can be given.
    """
    lang = edition.lang
    kind = report_kind(run)
    page = Cover(
        letterhead=letterhead(run, lang),
        kicker=tell(f"cover.kicker_{run.period.kind}", lang),
        title=tell(f"cover.title_{kind}", lang),
        period=run.period.label(lang),
        dates=numbers.day_range(run.period.start, run.period.end, lang),
        keys=_keys(run, lang),
        label=run.office.label,
        label_note=tell(f"cover.label_{kind}", lang) if run.office.label else "",
        facts=_facts(run, lang),
    )
    return Section([page])


def letterhead(run: PeriodRun, lang: Language) -> Letterhead:
    """Return the office's letterhead; its name stands in for one that is not given."""
    given = run.office.profile.get("letterhead") or {}
    lines = [str(line) for line in given.get("lines", ())] or [run.office.name]
    address = str(given.get("address") or "")
    if not signed(run):
        address = tell("cover.unofficial", lang)
    logo = run.office.logo.address if run.office.logo else ""
    return Letterhead(lines, address, logo, lang)


def _keys(run: PeriodRun, lang: Language) -> list[KeyNumber]:
    keys = []
    if "survey" in run.sources:
        keys += _survey_keys(run, lang)
    if "registrations" in run.sources:
        keys.append(_coverage_key(run, lang))
    if "published_figures" in run.sources:
        count = len(run.data.tables["published_figures"])
        keys.append(_counted("figures", count, lang))
    if "evidence" in run.sources and "survey" not in run.sources:
        keys.append(_counted("statements", len(run.data.tables["evidence"]), lang))
    if run.office.kecamatan and keys:
        keys.append(_counted("kecamatan", len(run.office.kecamatan), lang, code=run.office.code))
    return keys[:MOST_KEYS]


def _survey_keys(run: PeriodRun, lang: Language) -> list[KeyNumber]:
    summary = unit_survey(run.data).summary
    grade = tell(
        "cover.grade", lang, grade=summary.grade, label=wording.grade_word(summary.label, lang)
    )
    keys = [
        KeyNumber(
            tell("cover.index", lang),
            numbers.number(summary.index, 2, lang),
            grade if summary.grade else tell("cover.index_absent", lang),
        )
    ]
    required = run.value("survey_participation").inputs.get("required")
    served = run.office.users_served(run.period)
    note = tell("cover.required", lang, count=numbers.number(required, 0, lang))
    unknown = tell("cover.required_unknown", lang)
    counted = numbers.number(summary.n, 0, lang)
    keys.append(KeyNumber(tell("cover.respondents", lang), counted, note if required else unknown))
    if served is not None:
        printed = numbers.number(served, 0, lang)
        keys.append(KeyNumber(tell("cover.users", lang), printed, tell("cover.users_note", lang)))
    return keys


def _coverage_key(run: PeriodRun, lang: Language) -> KeyNumber:
    rate = run.value("recording_coverage").value
    label = tell("cover.coverage", lang)
    return KeyNumber(label, numbers.percent(rate, 2, lang), tell("cover.coverage_note", lang))


def _counted(name: str, count: int, lang: Language, **words: str) -> KeyNumber:
    label = tell(f"cover.{name}", lang, **words)
    return KeyNumber(label, numbers.number(count, 0, lang), tell(f"cover.{name}_note", lang))


def _facts(run: PeriodRun, lang: Language) -> list[tuple[str, str]]:
    kind = report_kind(run)
    facts = [(tell("cover.basis", lang), tell(f"cover.basis_{kind}", lang))]
    facts.append((tell("cover.subject", lang), run.office.name))
    as_of = numbers.end_of_day(run.data.as_of, run.office.zone, lang)
    if kind == "service":
        facts.append((tell("cover.as_of", lang), as_of))
    issued = (run.office.profile.get("letter") or {}).get("date")
    if issued:
        facts.append((tell("cover.issued", lang), str(issued)))
    return facts
