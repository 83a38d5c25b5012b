"""The satisfaction index by service, channel and kind of respondent, and the sample behind it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.labels import word
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.respondent_classes import (
    ATTRIBUTES,
    attribute_name,
    plain,
)
from ektp_analytics.indicators.satisfaction import (
    counted_questionnaires,
    ektp_survey,
    ektp_users_served,
    unit_survey,
    users_served,
    users_served_by,
)
from ektp_analytics.indicators.skm import (
    PROBABILITY_METHODS,
    SkmIndex,
    asked_elements,
    index_bands,
)
from ektp_analytics.indicators.survey_profile import SafeClasses, survey_classes
from ektp_analytics.measures.answer_tally import AnswerTally, tally_answers, tally_by_each
from ektp_analytics.measures.index_interval import IndexInterval, index_interval
from ektp_analytics.measures.mean_index import INDEX_DECIMALS, Bands, grade_of
from ektp_analytics.measures.rounding import round_half_up
from ektp_analytics.measures.sampling import required_sample
from ektp_analytics.measures.small_cells import SHOWN
from ektp_analytics.measures.stratified import WeightedIndex, weighted_index

SMALL_N = 30
"""Below it an index is marked as resting on few questionnaires (setting of the scores)."""
WEIGHTED_BY = ("service", "kecamatan")
COLUMNS = (
    "key", "attribute", "class", "name", "n", "index", "low", "high", "grade", "label", "note",
    "hidden", "total",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SurveyBreakdown:
    """The index of the unit and of every group that may be printed.

    Parameters
    ----------
    unit
        Official index, all services together, unweighted.
    ektp
        Index of the e-KTP services; that of the unit where they cannot be told apart.
    told_apart
        Whether they can.
    groups
        One row per group: ``key`` (attribute), ``attribute``, ``class``, ``name``, ``n``
        (Int64), ``index``, ``low``, ``high`` (Float64, index points), ``grade``,
        ``label``, ``note`` (str), ``hidden`` (``primary``, ``secondary`` or empty: no
        figures), ``total`` (bool). Services end with the e-KTP services and the unit.
    weighted
        By attribute, the index weighted by users served, with its stratified interval or
        the reason why there is none.
    sample
        One row per service and the unit: ``name``, ``users``, ``required``,
        ``respondents`` (Int64), ``total`` (bool).
    notes
        What must be said beside the figures.
    """

    unit: SkmIndex
    ektp: SkmIndex
    told_apart: bool
    groups: pd.DataFrame
    weighted: Mapping[str, WeightedIndex]
    sample: pd.DataFrame
    notes: tuple[Reason, ...] = field(default=())

    def by(self, attribute: str) -> pd.DataFrame:
        """Return the groups of one attribute."""
        return self.groups[self.groups["key"].eq(attribute)].reset_index(drop=True)

    def to_frame(self) -> pd.DataFrame:
        """Return all groups."""
        return self.groups


def survey_breakdown(data: OfficeData, lang: Language = "id") -> SurveyBreakdown:
    """Compute the index of every group, small groups of persons merged or hidden.

    Parameters
    ----------
    data
        Needs the survey.
    lang
        Language of the names.
    """
    return data.once(("survey_breakdown", lang), lambda: _breakdown(data, lang))


def _breakdown(data: OfficeData, lang: Language) -> SurveyBreakdown:
    unit, (ektp, told_apart) = unit_survey(data), ektp_survey(data)
    safe = {a: survey_classes(data, a, lang) for a in ATTRIBUTES}
    asked = {attribute: found for attribute, found in safe.items() if found is not None}
    made = {a: _groups(a, found, data, lang) for a, found in asked.items()}
    lines = [line for of_attribute, _ in made.values() for line in of_attribute]
    lines += _totals(unit, ektp if told_apart else None, data, lang)
    return SurveyBreakdown(
        unit=unit,
        ektp=ektp,
        told_apart=told_apart,
        groups=_conformed(lines),
        weighted={
            by: _weighted(made[by][1], by, asked[by], data) for by in WEIGHTED_BY if by in asked
        },
        sample=_sample(data, asked.get("service"), unit.tally.n, lang),
        notes=_notes(data, told_apart),
    )


def survey_tallies(
    data: OfficeData, attribute: str, lang: Language = "id"
) -> Mapping[Hashable, AnswerTally]:
    """Return the tally of each class of `survey_classes`; rows without a class are under None."""
    found = data.once(("survey_tallies", lang), lambda: _survey_tallies(data, lang))
    return found.get(attribute, {})


def _survey_tallies(data: OfficeData, lang: Language) -> dict[str, dict[Hashable, AnswerTally]]:
    rows = counted_questionnaires(data)
    safe = {attribute: survey_classes(data, attribute, lang) for attribute in ATTRIBUTES}
    asked = {attribute: found.of_rows for attribute, found in safe.items() if found is not None}
    return tally_by_each(rows, asked, asked_elements(rows))


def _groups(
    attribute: str, safe: SafeClasses, data: OfficeData, lang: Language
) -> tuple[list[dict[str, Any]], dict[str, AnswerTally]]:
    """Return the rows of one attribute, and the tallies they come from by class."""
    tallied = survey_tallies(data, attribute, lang)
    tallies = {str(key): tally for key, tally in tallied.items() if key is not None}
    nobody = data.once("nobody", lambda: _nobody(data))
    bands = index_bands(data.period.end, lang, unit_survey(data).scheme)
    served = _served(data, attribute, safe) if _drawn(data) else {}
    place = {"key": attribute, "attribute": attribute_name(attribute, lang), "total": False}
    found = []
    for (key, name), hidden in zip(safe.names.items(), safe.hidden.tolist(), strict=True):
        row = place | {"class": key, "name": name, "hidden": hidden}
        if hidden == SHOWN:
            tally = tallies.get(key, nobody)
            row |= _figures(index_interval(tally, served.get(key)), tally.n, bands, lang)
        found.append(row)
    return found, tallies


def _nobody(data: OfficeData) -> AnswerTally:
    """Return the tally of a class without questionnaires."""
    rows = counted_questionnaires(data)
    return tally_answers(rows[:0], asked_elements(rows))


def _figures(interval: IndexInterval, n: int, bands: Bands, lang: Language) -> dict[str, Any]:
    """Return index, interval, letter and notes of one group."""
    low, high = interval.bounds or (None, None)
    band = None if interval.index is None else grade_of(interval.index, bands)
    notes = [because("small_n", n=n)] if n < SMALL_N else []
    notes += [because("single_respondent")] if n == 1 else []
    notes += [*interval.notes, *([interval.reason] if interval.reason else [])]
    return {
        "n": n,
        "index": None
        if interval.index is None
        else float(round_half_up(interval.index, INDEX_DECIMALS)),
        "low": low,
        "high": high,
        "grade": band.letter if band else None,
        "label": band.label if band else None,
        "note": "; ".join(note.text(lang) for note in notes),
    }


def _drawn(data: OfficeData) -> bool:
    """Tell whether respondents were drawn at random or systematically."""
    return data.office.survey.get("method", "voluntary") in PROBABILITY_METHODS


def _served(data: OfficeData, attribute: str, safe: SafeClasses) -> dict[str, int]:
    """Return the users the profile says each class served, by class."""
    classes = {plain(key): key for key in safe.names}
    given = users_served_by(data, attribute).items()
    return {classes.get(plain(name), name): count for name, count in given}


def _totals(
    unit: SkmIndex, ektp: SkmIndex | None, data: OfficeData, lang: Language
) -> list[dict[str, Any]]:
    """Return the e-KTP services and the unit as the last rows of the services."""
    bands = index_bands(data.period.end, lang, unit.scheme)
    populations = {"ektp": ektp_users_served(data), "total": users_served(data)}
    place = {"key": "service", "attribute": attribute_name("service", lang), "total": True}
    found = []
    for name, index in {"ektp": ektp, "total": unit}.items():
        if index is None:
            continue
        population = populations[name] if _drawn(data) else None
        row = place | {"class": name, "name": word(name, lang), "hidden": SHOWN}
        interval = index_interval(index.tally, population)
        found.append(row | _figures(interval, index.tally.n, bands, lang))
    return found


def _conformed(lines: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    texts = ("key", "attribute", "class", "name", "grade", "label", "note", "hidden")
    numbers = dict.fromkeys(("index", "low", "high"), "Float64")
    return frame.astype({**dict.fromkeys(texts, "str"), **numbers, "n": "Int64", "total": "bool"})


def _weighted(
    tallies: Mapping[str, AnswerTally], attribute: str, safe: SafeClasses, data: OfficeData
) -> WeightedIndex:
    """Weight the index by the users the profile says each group served."""
    served = _served(data, attribute, safe)
    return weighted_index(
        {safe.names[key]: tally for key, tally in tallies.items()},
        {safe.names.get(key, key): count for key, count in served.items()},
        random_sample=_drawn(data),
    )


def _sample(
    data: OfficeData, services: SafeClasses | None, respondents: int, lang: Language
) -> pd.DataFrame:
    """Return respondents against the sample the users served require."""
    served = {plain(name): count for name, count in users_served_by(data, "service").items()}
    found = []
    if services is not None:
        for key, name in services.names.items():
            found.append(_sample_row(name, served.get(key), int(services.counts[key])))
        ektp = ektp_survey(data)[0].tally.n
        found.append(
            _sample_row(word("ektp", lang), ektp_users_served(data), ektp) | {"total": True}
        )
    whole = _sample_row(word("total", lang), users_served(data), respondents) | {"total": True}
    frame = pd.DataFrame([*found, whole])
    counts = dict.fromkeys(("users", "required", "respondents"), "Int64")
    return frame.astype({"name": "str", **counts, "total": "bool"})


def _sample_row(name: str, users: int | None, respondents: int) -> dict[str, Any]:
    required = required_sample(users) if users else None
    return {
        "name": name,
        "users": users,
        "required": required,
        "respondents": respondents,
        "total": False,
    }


def _notes(data: OfficeData, told_apart: bool) -> tuple[Reason, ...]:
    notes = []
    if not _drawn(data):
        notes.append(because("self_selected"))
    if not told_apart:
        notes.append(because("services_not_told_apart"))
    return tuple(notes)


def mean_of_groups(breakdown: SurveyBreakdown, attribute: str) -> tuple[float | None, int]:
    """Return the plain mean of the groups' indices, and how many groups it is the mean of.

    The official index pools all questionnaires; this counts each group alike, whatever its
    size, and must be called so where it is printed. Hidden groups are left out.
    """
    rows = breakdown.by(attribute)
    known = rows.loc[~rows["total"], "index"].dropna()
    return (float(known.mean()), len(known)) if len(known) else (None, 0)
