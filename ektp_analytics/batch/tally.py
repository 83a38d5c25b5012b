"""What one office hands over of one period: counts that add up, and no person.

A tally holds one-way margins only (by service, channel, kecamatan and sex; no two of them
crossed), answers as counts, sums and cross-products, durations in whole minutes by service,
the registration counts of each kecamatan, the account of rows, and the office's indicator
values. Every number of a roll-up is computed from tallies. They are not for publication:
small cells are still in them and are hidden only when the sum of all is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from ektp_analytics.batch.tally_rows import (
    CountBlock,
    answer_rows,
    answers_from,
    counts_frame,
    duration_rows,
    durations_from,
    part_of,
    registration_rows,
    registrations_from,
    single,
)
from ektp_analytics.indicators.cohort import cancelled_words
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.participation import office_coverage
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.service_times import cancelled_rows, date_only_rows
from ektp_analytics.indicators.skm import asked_elements
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.indicators.windows import in_period, in_window
from ektp_analytics.measures.answer_tally import AnswerTally, tally_answers, tally_by_each
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.request_tally import tally_parts
from ektp_analytics.measures.time_counts import IntArray
from ektp_analytics.scoring.period_run import PeriodRun

MARGINS = ("service", "channel", "kecamatan", "sex")
"""Attributes by which answers and requests are counted, one at a time."""

ALL, EKTP, BLANK = "all", "ektp", ""
"""The margin of everything, that of the e-KTP services, and the class of blank cells."""

CLOCKS: Mapping[str, tuple[str, str]] = {
    "legal": ("complete_at", "printed_at"),
    "citizen": ("registered_at", "handed_over_at"),
}
"""The two clocks that are tallied: requirements complete to printed, registered to in hand."""

LIMITS = ("24h",)
"""Limits counted to the second (Permendagri 19/2018: 24 hours); days follow from the counts."""

ALL_SERVICES, EKTP_SERVICES = "*", "*ektp"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OfficeTally:
    """The counts of one office and one period.

    Parameters
    ----------
    office, name, region, code, label
        Who the office is; `label` marks made-up data.
    period, catalogue
        Canonical period; version of the catalogue the indicators were made with.
    as_of
        Day of the registration counts, ISO text.
    counts
        Every count, one per row; see `ektp_analytics.batch.tally_rows`. Texts are str, or
        categories where `read_tallies` read them.
    values
        Every indicator of the office.
    """

    office: str
    name: str
    region: str
    code: str
    label: str = ""
    period: str
    catalogue: str = ""
    as_of: str | None = None
    counts: pd.DataFrame = field(repr=False)
    values: tuple[IndicatorValue, ...] = ()

    def answers(self, margin: str = ALL, name: str = BLANK) -> AnswerTally | None:
        """Return the survey answers of one class, None where there are none."""
        return answers_from(part_of(self.counts, "answers", margin, name))

    def durations(self, clock: str, service: str = ALL_SERVICES) -> DurationTally | None:
        """Return the durations of one clock and service, None where there are none."""
        return durations_from(part_of(self.counts, "durations", clock, service))

    def registrations(self) -> pd.DataFrame:
        """Return one row per kecamatan: code, obligated, recorded, holders (``Int64``)."""
        return registrations_from(part_of(self.counts, "registrations"))


def names_of(tallies: Sequence[OfficeTally]) -> dict[str, str]:
    """Return what each office is called beside others, by its id.

    Its region, which is short; its full name where two share a region, with its id where
    they share that too.
    """
    regions = Counter(tally.region for tally in tallies)
    names = Counter(tally.name for tally in tallies)
    told = {}
    for tally in tallies:
        alike = tally.name if names[tally.name] == 1 else f"{tally.name} ({tally.office})"
        told[tally.office] = tally.region if tally.region and regions[tally.region] == 1 else alike
    return told


def tally_of(run: PeriodRun) -> OfficeTally:
    """Reduce a run of one office to its tally.

    Parameters
    ----------
    run
        What `run_period` gave.

    Returns
    -------
    OfficeTally
    """
    office, data = run.office, run.data
    rows = [*_account(run)]
    if data.has("survey"):
        rows += _answers(data)
    if data.has("service_log"):
        rows += [*_requests(data), *_durations(data)]
    as_of = None
    if data.has("registrations"):
        found = office_coverage(data)
        rows += registration_rows(found)
        as_of = found.as_of.isoformat() if found.as_of else None
    return OfficeTally(
        office=office.id,
        name=office.name,
        region=office.region,
        code=office.code,
        label=office.label,
        period=str(run.period),
        catalogue=run.catalogue.version,
        as_of=as_of,
        counts=counts_frame(rows),
        values=tuple(_bare(value) for value in run.values),
    )


def _bare(value: IndicatorValue) -> IndicatorValue:
    """Keep what scoring and ranking need of an indicator; files and notes stay behind."""
    correlation = value.inputs.get("correlation")
    return replace(
        value,
        notes=(),
        sources=(),
        counter=None,
        legal_basis="",
        inputs={"correlation": dict(correlation)} if correlation else {},
    )


def _account(run: PeriodRun) -> list[CountBlock]:
    return [
        single("account", source, BLANK, item, count)
        for source, result in run.sources.items()
        for item, count in result.account().items()
    ]


def _answers(data: OfficeData) -> list[CountBlock]:
    """Tally the answers in the survey's window: the unit, e-KTP services, and each margin."""
    table = data.tables["survey"]
    inside = table[in_window(data, "survey", "submitted_at")]
    elements, whole = asked_elements(table), unit_survey(data).tally
    rows = answer_rows(whole, ALL, BLANK)
    if "ektp" in inside:
        ours = tally_answers(inside[inside["ektp"]], elements, whole.minimum_answered)
        rows += answer_rows(ours, EKTP, BLANK)
    for margin, tallies in _by_margin(inside, elements, whole.minimum_answered).items():
        for name, tally in tallies.items():
            rows += answer_rows(tally, margin, str(name))
    return rows


def _by_margin(
    rows: pd.DataFrame, elements: Sequence[str], minimum: int
) -> dict[str, dict[Hashable, AnswerTally]]:
    margins = {m: names for m in MARGINS if (names := _names(rows, m)) is not None}
    return tally_by_each(rows, margins, elements, minimum) if margins else {}


def _requests(data: OfficeData) -> list[CountBlock]:
    """Count the requests registered in the period: all, e-KTP, and each margin."""
    table = data.tables["service_log"]
    inside = table[in_period(table, data.period, "registered_at")]
    found = {(ALL, BLANK): len(inside)}
    if "ektp" in inside:
        found[EKTP, BLANK] = int(inside["ektp"].sum())
    for margin in MARGINS:
        if (names := _names(inside, margin)) is not None:
            counts = names.value_counts().sort_index()
            found |= {(margin, str(name)): int(count) for name, count in counts.items()}
    return [single("requests", *key, "n", count) for key, count in found.items()]


def _names(table: pd.DataFrame, margin: str) -> pd.Series | None:
    """Return the class of each row by one attribute; kecamatan by code where there is one."""
    column = "kecamatan_code" if margin == "kecamatan" and "kecamatan_code" in table else margin
    if column not in table or table.empty:
        return None
    return table[column].fillna(BLANK).astype("str")


def _durations(data: OfficeData) -> list[CountBlock]:
    """Tally both clocks over all services, the e-KTP ones, and each service."""
    table = data.tables["service_log"]
    rows: list[CountBlock] = []
    for clock, (start, end) in CLOCKS.items():
        if not data.has("service_log", start, end):
            continue
        inside = table[in_period(table, data.period, start)]
        plain = date_only_rows(inside, start, end)
        tallies = tally_parts(
            _services(inside),
            inside[start],
            inside[end],
            data.as_of,
            limits=LIMITS,
            cancelled=cancelled_rows(inside, cancelled_words(data)).to_numpy(dtype=bool),
            date_only=False if plain is None else plain,
        )
        for name, tally in tallies.items():
            rows += duration_rows(tally, clock, name)
    return rows


def _services(rows: pd.DataFrame) -> dict[str, IntArray]:
    """Return the positions of all rows, the e-KTP ones, and those of each service."""
    found = {ALL_SERVICES: np.arange(len(rows))}
    if "ektp" in rows:
        found[EKTP_SERVICES] = np.flatnonzero(rows["ektp"].to_numpy(dtype=bool))
    if (names := _names(rows, "service")) is not None:
        codes, services = pd.factorize(names, sort=True)
        found |= {str(name): np.flatnonzero(codes == k) for k, name in enumerate(services)}
    return found
