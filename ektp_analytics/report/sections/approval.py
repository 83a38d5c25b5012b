"""Lembar pengesahan and kata pengantar, and the officials who sign."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Headline, PageBreak
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.front import Approval, Signature
from ektp_analytics.report.sections.context import report_kind, signed
from ektp_analytics.report.sections.cover import letterhead
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Signatory

HEAD = "head"


def approval_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the approval page; empty where no official answers for the figures."""
    if not signed(run):
        return Section()
    lang = edition.lang
    given = run.office.profile.get("letter") or {}
    words = tell(
        "approval.words",
        lang,
        title=tell(f"cover.title_{report_kind(run)}", lang),
        unit=run.office.name,
        period=run.period.label(lang),
        dates=numbers.day_range(run.period.start, run.period.end, lang),
    )
    page = Approval(
        title=tell("approval.title", lang),
        words=words,
        signatures=signatures(run, lang, opening=tell("approval.opening", lang)),
        number=str(given.get("number") or ""),
        lang=lang,
    )
    return Section([PageBreak(), letterhead(run, lang), page])


def foreword_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the foreword; empty where no official answers for the figures."""
    if not signed(run):
        return Section()
    lang = edition.lang
    words = {
        "unit": run.office.name,
        "region": run.office.region,
        "period": run.period.label(lang),
    }
    head = Headline(tell("approval.foreword", lang), tell("approval.foreword_kicker", lang))
    paragraphs: list[Block | str] = [
        tell(f"approval.foreword_{place}", lang, **words) for place in (1, 2, 3, 4)
    ]
    signature = signatures(run, lang, box=False)[-1]
    return Section([head, *paragraphs, signature])


def signatures(
    run: PeriodRun, lang: Language, *, opening: str = "", box: bool = True
) -> list[Signature]:
    """Return one signature per signatory, the head of the office last.

    Without signatories in the profile one block with blank lines is left to be filled in.
    """
    given = run.office.profile.get("letter") or {}
    place = str(given.get("place") or tell("approval.place_blank", lang))
    dated = str(given.get("date") or "")
    default = Signatory(HEAD, position=tell("approval.position", lang, unit=run.office.name))
    people = sorted(run.office.signatories or (default,), key=lambda person: person.role == HEAD)
    return [
        Signature(
            position=person.position or default.position,
            name=person.name,
            rank=person.rank,
            nip=person.nip,
            acting=person.acting or "",
            place=place if person is people[-1] else "",
            date=dated if person is people[-1] else "",
            opening=opening,
            box=box,
            lang=lang,
        )
        for person in people
    ]
