"""What several pages need: names, notices, grade bands, and how an absence is said."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Language, Reason
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.standards.skm import bands
from ektp_analytics.workspace import Office

ReportKind = Literal["service", "survey", "case_study"]

# Index points per point of a mean answer (PermenPAN-RB 14/2017, annex).
INDEX_PER_ANSWER = 25
FEW_SOURCES = 4  # of ten; up to this many leave most subjects without a page of their own
# Notices of several sources often begin alike; what is alike is said once.
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])")


def report_kind(run: PeriodRun) -> ReportKind:
    """Return what the report is about, by what was delivered."""
    return kind_of(run.office, run.sources)


def kind_of(office: Office, given: Collection[str]) -> ReportKind:
    """Return what a report is about.

    Parameters
    ----------
    office
        Its profile; an office that lists e-KTP services reports on them.
    given
        Keys of the sources delivered.

    Returns
    -------
    str
        ``case_study`` where printed figures stand in for the office's own files, ``survey``
        where a survey of unnamed services is all there is, else ``service``.
    """
    own = set(given) - {"published_figures", "evidence"}
    if "published_figures" in given and not own:
        return "case_study"
    return "survey" if own == {"survey"} and not office.ektp_services else "service"


def signed(run: PeriodRun) -> bool:
    """Say whether an official signs: not for labelled data that names no signatory."""
    return bool(run.office.signatories) or not run.office.label


def short_period(run: PeriodRun, lang: Language) -> str:
    """Return the period in short, ``TW IV 2025``."""
    return numbers.period(str(run.period), lang, short=True)


def source_line(run: PeriodRun, source: str, lang: Language) -> str:
    """Return what figures of a source come from, ``kuesioner SKM TW IV 2025``."""
    return tell(f"context.from_{source}", lang, period=short_period(run, lang))


def notices(run: PeriodRun, edition: Edition, *sources: str) -> list[Block]:
    """Return the remarks that must stand on every page about these sources."""
    said = notice_words(run, *sources)
    if not said:
        return []
    return [Paragraph(f"**{tell('context.notice', edition.lang)}.** {said}", small=True)]


def notice_words(run: PeriodRun, *sources: str) -> str:
    """Return the remarks on sources, what they share said once; empty where there are none."""
    words = [run.office.notices[s] for s in sources if s in run.office.notices]
    sentences = [part for text in words for part in _SENTENCE_END.split(text.strip())]
    return " ".join(dict.fromkeys(sentences))


def not_delivered(source: str, lang: Language) -> str:
    """Return the sentence on a source that was not delivered."""
    return tell("context.not_delivered", lang, source=in_sentence("source", source, lang))


def in_sentence(kind: str, key: str, lang: Language) -> str:
    """Return the name of a key as it stands inside a sentence."""
    return tell(f"context.{kind}_{key}", lang)


def reason_words(reason: Reason | None, lang: Language) -> str:
    """Return a reason with the names of sources in the reader's words."""
    if reason is None:
        return ""
    named = {name: _named(value, lang) for name, value in reason.details.items()}
    return Reason(reason.code, named).text(lang)


def _named(value: object, lang: Language) -> object:
    if not isinstance(value, str):
        return value
    keys = [part.strip() for part in value.split(",")]
    if not all(key in _SOURCES for key in keys):
        return value
    return ", ".join(in_sentence("source", key, lang) for key in keys)


_SOURCES = (
    "survey",
    "service_log",
    "registrations",
    "publications",
    "complaints",
    "opening",
    "discipline",
    "outreach",
    "follow_up",
    "evidence",
    "own_values",
    "published_figures",
)


def band_frame(on: date, lang: Language) -> pd.DataFrame:
    """Return the grade bands in force on a day as the charts take them.

    Returns
    -------
    pandas.DataFrame
        ``letter, label, lower, upper`` (25–100) and ``ni_lower, ni_upper`` (1–4).
    """
    rows = [
        {
            "letter": band.grade,
            "label": band.text(lang),
            "lower": float(band.lower),
            "upper": float(band.upper),
            "ni_lower": float(band.lower / INDEX_PER_ANSWER),
            "ni_upper": float(band.upper / INDEX_PER_ANSWER),
        }
        for band in bands(on)
    ]
    return pd.DataFrame(rows)


def listed(names: Sequence[str], lang: Language) -> str:
    """Join names as a sentence does."""
    return numbers.joined(list(names), lang)


def indicator_name(run: PeriodRun, code: str, lang: Language) -> str:
    """Return the printed name of an indicator."""
    return run.catalogue[code].name[lang]


def principle_name(key: str, lang: Language) -> str:
    """Return the printed name of a principle."""
    return wording.name_of("principle", key, lang)


def value_words(value: float | None, unit: str, lang: Language) -> str:
    """Return an indicator's value in its own unit: ``70,7%``, ``84,44``, ``0,948``."""
    formats: Mapping[str, tuple[int, str]] = {
        "percent": (1, "%"),
        "index": (2, ""),
        "ratio": (3, ""),
    }
    decimals, sign = formats.get(unit, (1, ""))
    printed = numbers.number(value, decimals, lang)
    return printed if value is None else printed + sign


def lowered(name: str) -> str:
    """Return a name as it stands inside a sentence; an abbreviation keeps its capitals."""
    first = name.split(" ", 1)[0]
    return name if sum(map(str.isupper, first)) > 1 else name[:1].lower() + name[1:]


def waiting_sources(run: PeriodRun) -> dict[str, int]:
    """Return the sources that were not delivered, with how many indicators wait for each."""
    waiting: dict[str, int] = {}
    for value in run.values:
        if value.reason is not None and value.reason.code == "source_missing":
            source = run.catalogue[value.code].sources[0]
            waiting[source] = waiting.get(source, 0) + 1
    return {source: count for source, count in waiting.items() if source not in run.sources}


def foreign(run: PeriodRun) -> bool:
    """Say whether others published the data, so that nobody of the office answers for it."""
    return report_kind(run) != "service"


def flows(run: PeriodRun) -> bool:
    """Say whether short parts follow each other on a page.

    An office's own report gives each subject its page; what rests on a survey, an article
    or a few files alone is too short for that.
    """
    return foreign(run) or len(run.sources) <= FEW_SOURCES


def annex(run: PeriodRun, name: str, lang: Language) -> str:
    """Return the heading of an annex with its letter, ``Lampiran B``."""
    present = [key for key, source in _ANNEXES if _has_annex(run, key, source)]
    return tell("context.annex", lang, letter=ascii_uppercase[present.index(name)])


def _has_annex(run: PeriodRun, key: str, source: str) -> bool:
    if key == "performance":
        return bool(run.office.performance)
    if key == "questionnaire":
        return questionnaire_known(run)
    return not source or source in run.sources or (key == "publications" and not foreign(run))


def questionnaire_known(run: PeriodRun) -> bool:
    """Say whether the questions asked are known: the office's own form, or worded by it.

    Of a survey that others published only the answers are known.
    """
    worded = bool(run.office.survey.get("questions"))
    return "survey" in run.sources and (report_kind(run) == "service" or worded)


# Annexes in their order, and the source each rests on.
_ANNEXES = (
    ("questionnaire", "survey"),
    ("performance", ""),
    ("processing", "survey"),
    ("why", "survey"),
    ("publications", "publications"),
    ("themes", "published_figures"),
    ("figures", "published_figures"),
    ("methodology", ""),
    ("provenance", ""),
)
