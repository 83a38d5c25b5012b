"""Bab I: background, legal basis, aim."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.blocks import Block, Bullet, Bullets, Heading, Headline, Mark
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import notices, report_kind
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

# Regulations named as basis, by the year they came into force; a report names none that
# came after its period.
_BASIS = {
    "uu_23_2006": 2006,
    "uu_14_2008": 2008,
    "uu_25_2009": 2009,
    "uu_24_2013": 2013,
    "permenpan_14_2017": 2017,
    "permendagri_19_2018": 2018,
    "permendagri_7_2019": 2019,
}
_SURVEY_BASIS = ("uu_25_2009", "permenpan_14_2017")


def introduction_page(run: PeriodRun, edition: Edition) -> Section:
    """Return Bab I of the ministry's outline."""
    lang = edition.lang
    kind = report_kind(run)
    words = {
        "unit": run.office.name,
        "region": run.office.region,
        "period": run.period.label(lang),
        "kecamatan": numbers.number(len(run.office.kecamatan), 0, lang),
    }
    head = Headline(
        tell("introduction.headline", lang),
        tell("introduction.kicker", lang),
        new_page=kind != "case_study",  # whose summary fills half a page
    )
    blocks: list[Block | str] = [head, Heading(tell("introduction.background", lang))]
    blocks += [tell(f"introduction.background_{kind}_{i}", lang, **words) for i in (1, 2)]
    blocks.append(Bullets(_basis(run, lang), tell("introduction.basis", lang)))
    blocks.append(Heading(tell("introduction.aim", lang)))
    blocks.append(tell(f"introduction.purpose_{kind}", lang, **words))
    goals = [tell(f"introduction.goal_{kind}_{i}", lang) for i in (1, 2, 3, 4)]
    blocks.append(Bullets(goals))
    if kind != "case_study":
        blocks.append(Bullets(_signs(lang), tell("introduction.signs", lang)))
    return Section([*blocks, *notices(run, edition, *_told(run))])


def _basis(run: PeriodRun, lang: Language) -> list[str]:
    keys = _SURVEY_BASIS if report_kind(run) == "survey" else tuple(_BASIS)
    named = [tell(f"introduction.{k}", lang) for k in keys if _BASIS[k] <= run.period.end.year]
    return [f"{name};" for name in named[:-1]] + [f"{name}." for name in named[-1:]]


def _signs(lang: Language) -> list[Bullet]:
    """Return what the marks of the charts and tables mean."""
    marks: tuple[tuple[str, Mark, bool], ...] = (
        ("dot", "dot", False),
        ("diamond", "diamond", True),
        ("up", "up", False),
        ("down", "down", True),
        ("absent", "dash", False),
        ("rounded", "dash", False),
    )
    return [Bullet(tell(f"introduction.sign_{n}", lang), mark, tone) for n, mark, tone in marks]


def _told(run: PeriodRun) -> tuple[str, ...]:
    """Return the sources whose remark an outsider must read before anything else."""
    return tuple(run.sources) if report_kind(run) != "service" else ()
