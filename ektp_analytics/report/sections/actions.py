"""Which actions the figures call for: the weakest elements, the costliest indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.survey_means import ElementSummary
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.sections.context import (
    band_frame,
    in_sentence,
    indicator_name,
    report_kind,
    value_words,
)
from ektp_analytics.report.sections.coverage import furthest_behind
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.scorecard import IndicatorLine

MOST_ELEMENTS, MOST_INDICATORS = 3, 3
MOST_ACTIONS_FIRST = 2  # actions that start in the first quarter of the plan
QUARTER_MONTHS, QUARTERS = 3, 4
# Actions that name the kecamatan furthest behind.
_WHERE = ("recording_coverage", "card_possession", "coverage_equity", "outreach_reach")


@dataclass(frozen=True, slots=True)
class Action:
    """One proposed action: what it mends, how it stands, what to do, by whom and when."""

    subject: str
    state: str
    action: str
    measure: str
    responsible: str
    quarters: tuple[int, ...]


def proposed_actions(run: PeriodRun, lang: Language) -> tuple[Action, ...]:
    """Return the drafted actions, elements of the survey first, the weakest before others.

    Notes
    -----
    The follow-up plan is ordered by the weakest element (the ministry's outline in use);
    after the elements come the indicators that cost their principle most, and last the
    files that must be delivered. What to do follows the remedies of the case study
    (Asmawati 2023) and the words of the regulations.
    """
    found: list[Action] = []
    for element in weakest_elements(run):
        found.append(_for_element(run, element, len(found), lang))
    for line in costliest_indicators(run):
        found.append(_for_indicator(run, line, len(found), lang))
    return (*found, *_for_missing(run, lang))


def plan_frame(actions: Sequence[Action]) -> pd.DataFrame:
    """Return the actions as `follow_up_plan` takes them."""
    names = ("subject", "state", "action", "measure", "quarters", "responsible")
    rows = [{name: getattr(action, name) for name in names} for action in actions]
    return pd.DataFrame(rows, columns=list(names))


def plan_year(run: PeriodRun) -> int:
    """Return the year of the plan: that of the first day after the period."""
    return (run.period.end + timedelta(days=1)).year


def weakest_elements(run: PeriodRun, most: int = MOST_ELEMENTS) -> list[ElementSummary]:
    """Return the elements with the lowest index, lowest first."""
    return _ranked_elements(run)[:most]


def strongest_elements(run: PeriodRun, most: int = MOST_ELEMENTS) -> list[ElementSummary]:
    """Return the elements with the highest index, highest first."""
    return _ranked_elements(run)[::-1][:most]


def costliest_indicators(run: PeriodRun, most: int = MOST_INDICATORS) -> list[IndicatorLine]:
    """Return the indicators outside the survey that cost their principle most points."""
    lines = [line for line in _outside_survey(run) if line.points_lost]
    return sorted(lines, key=lambda line: -(line.points_lost or 0))[:most]


def best_indicators(run: PeriodRun, most: int = MOST_INDICATORS) -> list[IndicatorLine]:
    """Return the indicators outside the survey with the highest score."""
    lines = _outside_survey(run)
    return sorted(lines, key=lambda line: -(line.value.score or 0))[:most]


def _ranked_elements(run: PeriodRun) -> list[ElementSummary]:
    if "survey" not in run.sources:
        return []
    found = [e for e in unit_survey(run.data).summary.elements if e.index is not None]
    return sorted(found, key=lambda element: element.index or 0)


def _outside_survey(run: PeriodRun) -> list[IndicatorLine]:
    return [
        line
        for line in run.scorecard.lines
        if line.assessed and not run.catalogue[line.value.code].from_survey
    ]


def _for_element(run: PeriodRun, element: ElementSummary, place: int, lang: Language) -> Action:
    bands = band_frame(run.period.end, lang)
    above = bands[bands["lower"].gt(element.index or 0)].sort_values("lower")
    if above.empty:
        measure = tell("actions.keep", lang, index=numbers.number(element.index, 2, lang))
    else:
        edge, letter = float(above["lower"].iloc[0]), str(above["letter"].iloc[0])
        measure = tell("actions.reach", lang, edge=numbers.number(edge, 2, lang), letter=letter)
    return Action(
        subject=wording.name_of("element", element.key, lang),
        state=f"{numbers.number(element.index, 2, lang)} · {element.grade}",
        action=tell(f"actions.do_skm_{element.key}", lang),
        measure=measure,
        responsible=_responsible(run, f"skm_{element.key}", lang),
        quarters=_quarters(run, place),
    )


def _for_indicator(run: PeriodRun, line: IndicatorLine, place: int, lang: Language) -> Action:
    value = line.value
    names = furthest_behind(run) if value.code in _WHERE else []
    where = tell("actions.where", lang, names=numbers.joined(names, lang)) if names else ""
    half = None
    if value.value is not None and value.target is not None:
        half = (value.value + value.target) / 2
    return Action(
        subject=indicator_name(run, value.code, lang),
        state=value_words(value.value, value.unit, lang),
        action=tell(f"actions.do_{value.code}", lang, where=where),
        measure=tell("actions.half", lang, value=value_words(half, value.unit, lang)),
        responsible=_responsible(run, value.code, lang),
        quarters=_quarters(run, place),
    )


def _for_missing(run: PeriodRun, lang: Language) -> list[Action]:
    waiting: dict[str, int] = {}
    for value in run.values:
        if value.reason is not None and value.reason.code == "source_missing":
            source = run.catalogue[value.code].sources[0]
            waiting[source] = waiting.get(source, 0) + 1
    if not waiting or report_kind(run) != "service":
        return []
    count = sum(waiting.values())
    names = numbers.joined([in_sentence("source", s, lang) for s in waiting], lang)
    return [
        Action(
            subject=tell("actions.missing", lang, count=count),
            state=numbers.ABSENT,
            action=tell("actions.do_missing", lang, names=names),
            measure=tell("actions.missing_measure", lang, count=count),
            responsible=tell("actions.by_umum", lang),
            quarters=_quarters(run, 0)[:1],
        )
    ]


def _quarters(run: PeriodRun, place: int) -> tuple[int, ...]:
    """Return two quarters of the plan's year, later ones for what comes further down."""
    begins = run.period.end + timedelta(days=1)
    first = (begins.month - 1) // QUARTER_MONTHS + 1 + (place >= MOST_ACTIONS_FIRST)
    chosen = tuple(q for q in (first, first + 1) if q <= QUARTERS)
    return chosen or (QUARTERS,)


def _responsible(run: PeriodRun, code: str, lang: Language) -> str:
    if report_kind(run) != "service":
        return tell("actions.by_unit", lang)
    unit = next((unit for unit, codes in _UNITS.items() if code in codes), "dafduk")
    return tell(f"actions.by_{unit}", lang)


# Parts of a civil-registry office that usually answer for each subject; the rest falls to
# the field of population registration (dafduk). Drafted, to be settled by the head.
_UNITS = {
    "piak": ("skm_sarana", "schedule_given", "publication_freshness", "ikd_activation"),
    "sekretariat": (
        "skm_pengaduan",
        "complaints_in_time",
        "follow_up_done",
        "service_standards_published",
        "accountability_documents_published",
        "survey_participation",
        "free_of_charge",
    ),
    "umum": (
        "skm_perilaku",
        "skm_kompetensi",
        "opening_on_time",
        "counters_open",
        "staff_on_time",
        "sanction_follow_through",
    ),
}
