"""The satisfaction index by service, channel and kind of respondent, and the sample behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.labels import word
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.respondent_classes import (
    ATTRIBUTES,
    attribute_name,
    classes_of,
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
from ektp_analytics.indicators.survey_profile import SafeClasses, safe_classes
from ektp_analytics.measures.answer_tally import tally_answers, tally_by
from ektp_analytics.measures.sampling import required_sample
from ektp_analytics.measures.small_cells import SHOWN
from ektp_analytics.measures.stratified import WeightedIndex, weighted_index
from ektp_analytics.measures.survey_means import IndexSummary, index_summary

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
    rows = counted_questionnaires(data)
    unit, (ektp, told_apart) = unit_survey(data), ektp_survey(data)
    safe = {a: safe_classes(rows, a, data, lang) for a in ATTRIBUTES}
    asked = {attribute: found for attribute, found in safe.items() if found is not None}
    tables = [_groups(rows, attribute, found, data, lang) for attribute, found in asked.items()]
    tables.append(_totals(unit, ektp if told_apart else None, lang))
    return SurveyBreakdown(
        unit=unit,
        ektp=ektp,
        told_apart=told_apart,
        groups=_conformed(tables),
        weighted={by: _weighted(rows, by, data) for by in WEIGHTED_BY if by in asked},
        sample=_sample(data, asked.get("service"), unit.tally.n, lang),
        notes=_notes(data, told_apart),
    )


def _groups(
    rows: pd.DataFrame, attribute: str, safe: SafeClasses, data: OfficeData, lang: Language
) -> pd.DataFrame:
    tallies = tally_by(rows.assign(_class=safe.of_rows), "_class", asked_elements(rows))
    nobody = tally_answers(rows[:0], asked_elements(rows))
    bands = index_bands(data.period.end, lang)
    found = []
    for key, name in safe.names.items():
        row = {"class": key, "name": name, "hidden": safe.hidden[key], "total": False}
        if safe.hidden[key] == SHOWN:
            row |= _figures(index_summary(tallies.get(key, nobody), bands), lang)
        found.append(row)
    frame = pd.DataFrame(found)
    return frame.assign(key=attribute, attribute=attribute_name(attribute, lang))


def _figures(summary: IndexSummary, lang: Language) -> dict[str, Any]:
    low, high = summary.interval or (None, None)
    # How complete cases differ is said once, of the unit.
    notes = [n.text(lang) for n in summary.notes if n.code != "complete_cases_differ"]
    if summary.n < SMALL_N:
        notes.insert(0, because("small_n", n=summary.n).text(lang))
    if summary.interval is None:
        notes.append(summary.reasons["interval"].text(lang))
    return {
        "n": summary.n,
        "index": summary.index,
        "low": low,
        "high": high,
        "grade": summary.grade,
        "label": summary.label,
        "note": "; ".join(dict.fromkeys(notes)),
    }


def _totals(unit: SkmIndex, ektp: SkmIndex | None, lang: Language) -> pd.DataFrame:
    """Return the e-KTP services and the unit as the last rows of the services."""
    wholes = {"ektp": ektp, "total": unit}
    found = [
        {"class": name, "name": word(name, lang), "hidden": SHOWN, "total": True}
        | _figures(index.summary, lang)
        for name, index in wholes.items()
        if index is not None
    ]
    return pd.DataFrame(found).assign(key="service", attribute=attribute_name("service", lang))


def _conformed(tables: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(tables, ignore_index=True).reindex(columns=list(COLUMNS))
    texts = ("key", "attribute", "class", "name", "grade", "label", "note", "hidden")
    numbers = dict.fromkeys(("index", "low", "high"), "Float64")
    return frame.astype({**dict.fromkeys(texts, "str"), **numbers, "n": "Int64", "total": "bool"})


def _weighted(rows: pd.DataFrame, attribute: str, data: OfficeData) -> WeightedIndex:
    """Weight the index by the users the profile says each group served."""
    found = classes_of(rows, attribute, data.office)
    names = {} if found is None else {plain(key): name for key, name in found.names.items()}
    served = {
        names.get(plain(key), key): count for key, count in users_served_by(data, attribute).items()
    }
    groups = pd.Series(pd.NA, index=rows.index, dtype="str")
    if found is not None:
        groups = found.of_rows.map(dict(found.names)).astype("str")
    tallied = tally_by(rows.assign(_class=groups), "_class", asked_elements(rows))
    tallies = {str(name): tally for name, tally in tallied.items() if name is not None}
    drawn = data.office.survey.get("method", "voluntary") in PROBABILITY_METHODS
    return weighted_index(tallies, served, random_sample=drawn)


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
    if data.office.survey.get("method", "voluntary") not in PROBABILITY_METHODS:
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
