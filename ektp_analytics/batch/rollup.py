"""Province or nation from tallies alone: who stands where, who moved, what all give together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import pandas as pd

from ektp_analytics.batch.pooling import by_office, pooled_answers, pooled_durations, stacked
from ektp_analytics.batch.tally import (
    ALL,
    ALL_SERVICES,
    BLANK,
    EKTP_SERVICES,
    OfficeTally,
    names_of,
)
from ektp_analytics.batch.tally_rows import (
    REGISTRATION_COUNTS,
    answers_from,
    durations_from,
    part_of,
)
from ektp_analytics.errors import Finding, Refused
from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.skm import index_bands
from ektp_analytics.measures.cell_ranges import told_by_sums
from ektp_analytics.measures.change import Reading, moved_beyond_noise
from ektp_analytics.measures.durations import DurationResult, time_to_event
from ektp_analytics.measures.index_change import index_reading
from ektp_analytics.measures.index_interval import index_interval
from ektp_analytics.measures.mean_index import (
    INDEX_DECIMALS,
    UnitIndices,
    grade_of,
    index_of_units,
    mean_index,
)
from ektp_analytics.measures.rounding import round_half_up
from ektp_analytics.measures.small_cells import SHOWN, SMALLEST_SHOWN, hide_small
from ektp_analytics.measures.survey_means import IndexSummary, index_summary
from ektp_analytics.periods import Period
from ektp_analytics.scoring.comparison import rank_offices, rank_ranges
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import DEFAULT_SETTINGS

ROLLUP_SETTINGS = replace(DEFAULT_SETTINGS, draws=500)
"""A rank range needs fewer draws than an interval that is printed with decimals."""

_NO_INTERVALS = replace(DEFAULT_SETTINGS, draws=0)
"""A league shows no interval of an office's score, so none is drawn."""

LEGAL_LIMIT = "24h"
PERCENT = 100
MATERIAL = 1.0
"""Least step in points of a complete count that counts as moved (as in the catalogue)."""

PUBLISHED_MARGINS = ("service", "channel", "sex")
# Margins whose classes the offices' own reports print too, small ones hidden.
PRINTED_BY_OFFICES = ("sex",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """What the offices of a province or of the nation give together.

    Parameters
    ----------
    period, offices, names, labels
        Period, number of offices, what `names_of` calls them, labels of made-up data.
    league
        ``key`` (principle or ``overall``), ``office``, ``score``, ``rank``, ``rank_low``,
        ``rank_high``, ``note``.
    index
        Survey index by office: ``office``, ``n``, ``index``, ``low``, ``high``, ``grade``.
    pooled
        Index of all questionnaires together, each counting once; None without a survey.
    mean_of_units, units
        Mean of the offices' indices, each office counting once, and how many there are.
    coverage
        By office ``as_of``, the three counts and two rates; the last row is the sum over the
        offices that gave all counts, with their number in ``n_offices``.
    waiting
        By office the legal clock: ``n``, ``finished``, ``open``, ``median_hours``,
        ``p90_hours``, ``within_limit``, ``low``, ``high``, ``late``.
    waiting_pooled
        The same of all requests together; None where no office tallied them.
    margins
        ``margin``, ``name``, ``questionnaires``, ``index``, ``requests``, ``hidden``: sums
        over all offices with small cells hidden.
    moved
        ``office``, ``figure`` (``index`` or ``recording_coverage``), ``before``, ``after``,
        ``difference``, ``verdict``; empty without tallies of the period before.
    """

    period: Period
    offices: int
    names: Mapping[str, str]
    labels: tuple[str, ...]
    league: pd.DataFrame
    index: pd.DataFrame
    pooled: IndexSummary | None
    mean_of_units: float | None
    units: int
    coverage: pd.DataFrame
    waiting: pd.DataFrame
    waiting_pooled: DurationResult | None
    margins: pd.DataFrame
    moved: pd.DataFrame


def roll_up(
    tallies: Sequence[OfficeTally],
    before: Sequence[OfficeTally] = (),
    *,
    smallest: int = SMALLEST_SHOWN,
) -> Rollup:
    """Compute the roll-up of the tallies of one period.

    Parameters
    ----------
    tallies
        One per office, as `read_tallies` gives them.
    before
        Those of the period before, for what moved.
    smallest
        Least number of persons whose class is shown.

    Returns
    -------
    Rollup

    Raises
    ------
    Refused
        When an office's indicators were made with another version of the catalogue.
    """
    _check_catalogue(tallies)
    period = Period.parse(tallies[0].period)
    rows = stacked(tallies)
    index, units = _index_by_office(rows, period)
    answers = pooled_answers(rows, ALL)
    pooled = index_summary(answers[BLANK][0], index_bands(period.end)) if answers else None
    return Rollup(
        period=period,
        offices=len(tallies),
        names=names_of(tallies),
        labels=tuple(dict.fromkeys(t.label for t in tallies if t.label)),
        league=league(tallies),
        index=index,
        pooled=pooled,
        mean_of_units=_rounded(units.mean_of_units),
        units=len(units.units) - len(units.without_answers),
        coverage=coverage_by_office(tallies, rows),
        waiting=_waiting_by_office(rows, period),
        waiting_pooled=_waiting_pooled(rows, period),
        margins=margins(rows, smallest),
        moved=moved(before, tallies),
    )


def _check_catalogue(tallies: Sequence[OfficeTally]) -> None:
    """Refuse tallies whose indicators follow another catalogue, naming every office.

    An office's own catalogue stands on the package's (``1.0+own``) and changes no value that
    the package computes; such a tally can be used.
    """
    known = load_catalogue().version
    others = [tally for tally in tallies if tally.catalogue.partition("+")[0] != known]
    if others:
        raise Refused(
            Finding(
                rule="tally_other_catalogue",
                severity="error",
                value=tally.catalogue,
                details={"office": tally.office, "known": known},
            )
            for tally in others
        )


def league(tallies: Sequence[OfficeTally]) -> pd.DataFrame:
    """Rank the offices by principle and overall, with the range their ranks move in.

    All are scored by the package's catalogue: an office's own indicators and weights hold in
    its own report and never in a comparison.
    """
    catalogue = load_catalogue()
    cards = [
        score(
            [value for value in tally.values if value.code in catalogue.indicators],
            catalogue,
            settings=_NO_INTERVALS,
        )
        for tally in tallies
    ]
    cards = [replace(card, settings=ROLLUP_SETTINGS) for card in cards]
    ranks, ranges = rank_offices(cards), rank_ranges(cards)
    return ranks.merge(ranges, on=["key", "office"], how="left")


def _index_by_office(rows: pd.DataFrame, period: Period) -> tuple[pd.DataFrame, UnitIndices]:
    """Return each office's index, and the exact ones with their mean."""
    given = {
        office: answers_from(part) for office, part in by_office(part_of(rows, "answers", ALL))
    }
    answers = {office: tally for office, tally in given.items() if tally is not None}
    bands, told = index_bands(period.end), []
    for office, tally in answers.items():
        found = index_interval(tally)
        low, high = found.bounds or (None, None)
        grade = None if found.index is None else grade_of(found.index, bands).letter
        told.append((office, tally.n, _rounded(found.index), low, high, grade))
    frame = pd.DataFrame(told, columns=["office", "n", "index", "low", "high", "grade"])
    numbers = dict.fromkeys(("index", "low", "high"), "Float64")
    return frame.astype({"n": "Int64", "grade": "str", **numbers}), index_of_units(answers)


def coverage_by_office(tallies: Sequence[OfficeTally], rows: pd.DataFrame) -> pd.DataFrame:
    """Return the registration counts and rates of each office, and the sum of the whole ones.

    A count missing in one kecamatan makes the office's own count and rate missing.
    """
    as_of = {t.office: date.fromisoformat(t.as_of) if t.as_of else None for t in tallies}
    given = part_of(rows, "registrations")
    missing = given["count"].isna()
    keys = [given["office"], given["item"]]
    sums = (
        given["count"]
        .groupby(keys, observed=True)
        .sum()
        .mask(missing.groupby(keys, observed=True).any())
    )
    wide = sums.unstack("item").reindex(columns=list(REGISTRATION_COUNTS))  # noqa: PD010
    names = ["office", "as_of", "n_offices", *REGISTRATION_COUNTS]
    frame = wide.rename_axis(columns=None).reset_index().astype({"office": "str"})
    frame = frame.assign(as_of=frame["office"].map(as_of), n_offices=1)[names]
    frame = frame.astype(dict.fromkeys(names[2:], "Int64"))
    if not frame.empty:
        whole = frame.dropna(subset=list(REGISTRATION_COUNTS))
        added = {name: whole[name].sum() for name in names[2:]}
        total = pd.DataFrame([{"office": "", "as_of": None, **added}]).astype(frame.dtypes)
        frame = pd.concat([frame, total], ignore_index=True)
    base = frame["obligated"].mask(frame["obligated"].eq(0)).astype("Float64")
    return frame.assign(
        recording_coverage=PERCENT * frame["recorded"].astype("Float64") / base,
        card_possession=PERCENT * frame["holders"].astype("Float64") / base,
    )


def _waiting_by_office(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the legal clock of each office: its e-KTP requests, else those of all services."""
    legal = part_of(rows, "durations", "legal")
    parts: dict[str, pd.DataFrame] = {}
    for service in (ALL_SERVICES, EKTP_SERVICES):
        parts |= dict(by_office(legal[legal["name"].eq(service)]))
    told = [
        {"office": office, **_figures(durations_from(part), period.end)}
        for office, part in parts.items()
    ]
    names = ("n", "finished", "open", "late")
    columns = ["office", *names, "median_hours", "p90_hours", "within_limit", "low", "high"]
    frame = pd.DataFrame(told, columns=columns)
    return frame.astype(dict.fromkeys(names, "Int64") | dict.fromkeys(columns[5:], "Float64"))


def _figures(tally: object, as_of: date) -> dict[str, float | int | None]:
    found = time_to_event(tally, LEGAL_LIMIT, as_of)  # type: ignore[arg-type]
    low, high = found.within_limit_interval or (None, None)
    return {
        "n": found.n,
        "finished": found.finished,
        "open": found.open,
        "late": found.late,
        "median_hours": found.median_hours,
        "p90_hours": found.p90_hours,
        "within_limit": found.within_limit,
        "low": low,
        "high": high,
    }


def _waiting_pooled(rows: pd.DataFrame, period: Period) -> DurationResult | None:
    """Pool the e-KTP requests; all services where an office does not tell them apart."""
    found = pooled_durations(rows, "legal", [EKTP_SERVICES, ALL_SERVICES])
    legal = part_of(rows, "durations", "legal")
    whole, apart = (
        set(legal.loc[legal["name"].eq(service), "office"].unique())
        for service in (ALL_SERVICES, EKTP_SERVICES)
    )
    tally = found.get(EKTP_SERVICES if whole <= apart else ALL_SERVICES)
    return None if tally is None else time_to_event(tally, LEGAL_LIMIT, period.end)


def margins(rows: pd.DataFrame, smallest: int = SMALLEST_SHOWN) -> pd.DataFrame:
    """Add up the one-way margins and hide small cells, after merging as publishing needs it.

    Both counts of a class are hidden together with its index: one would give the other away.
    """
    counted = part_of(rows, "requests").astype({"margin": "str", "name": "str"})
    requests = counted.groupby(["margin", "name"])["count"].sum()
    parts = []
    for margin in PUBLISHED_MARGINS:
        answers = pooled_answers(rows, margin)
        asked = requests[requests.index.get_level_values("margin") == margin].droplevel("margin")
        names = sorted({*answers, *asked.index})
        if not names:
            continue
        part = pd.DataFrame({"margin": margin, "name": names})
        part["questionnaires"] = [answers[n][0].n if n in answers else 0 for n in names]
        part["requests"] = [int(asked.get(n, 0)) for n in names]
        part["index"] = [
            _rounded(mean_index(answers[n][0])) if n in answers else None for n in names
        ]
        told = _told_by_sums(rows, margin, smallest)
        parts.append(_with_small_hidden(part, smallest, part["name"].isin(told)))
    columns = ["margin", "name", "questionnaires", "index", "requests", "hidden"]
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    types = {"questionnaires": "Int64", "requests": "Int64", "index": "Float64", "hidden": "bool"}
    return frame[columns].astype(types).reset_index(drop=True)


def _rounded(exact: Fraction | None) -> float | None:
    return None if exact is None else float(round_half_up(exact, INDEX_DECIMALS))


def _told_by_sums(rows: pd.DataFrame, margin: str, smallest: int) -> frozenset[str]:
    """Name the classes whose sum, less the offices that print them, tells a hidden count."""
    if margin not in PRINTED_BY_OFFICES:
        return frozenset()
    answers = part_of(rows, "answers", margin)
    counted = answers[answers["item"].eq("n")].astype({"name": "str", "office": "str"})
    counts = counted.pivot_table("count", "office", "name", aggfunc="sum", fill_value=0)
    return told_by_sums(counts, smallest)


def _with_small_hidden(part: pd.DataFrame, smallest: int, told: pd.Series) -> pd.DataFrame:
    """Hide classes of too few persons in either count, and as many more as needed."""
    hidden = told.copy()
    for column in ("questionnaires", "requests", "questionnaires"):
        marks = hide_small(part[column], smallest, also=list(part.index[hidden]))
        hidden |= marks.ne(SHOWN)
    blanked = {name: part[name].mask(hidden) for name in ("questionnaires", "requests", "index")}
    return part.assign(**blanked, hidden=hidden)


def moved(before: Sequence[OfficeTally], after: Sequence[OfficeTally]) -> pd.DataFrame:
    """Tell which offices moved beyond noise; Holm over the offices, for each figure.

    Returns
    -------
    DataFrame
        One row per office and figure known in both periods.
    """
    earlier = {tally.office: tally for tally in before}
    shared = [(earlier[t.office], t) for t in after if t.office in earlier]
    readings = {"index": _index_pairs(shared), "recording_coverage": _coverage_pairs(shared)}
    rows = [
        (office, figure, *(r.value for r in pairs[office]), change.difference, change.verdict)
        for figure, pairs in readings.items()
        for office, change in (moved_beyond_noise(pairs, MATERIAL) if pairs else {}).items()
    ]
    columns = ["office", "figure", "before", "after", "difference", "verdict"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[2:5], "Float64"))


Pairs = dict[str, tuple[Reading, Reading]]


def _index_pairs(shared: Sequence[tuple[OfficeTally, OfficeTally]]) -> Pairs:
    """Read the index of both periods; other elements answered make another basis."""
    found: Pairs = {}
    for old, new in shared:
        tallies = old.answers(), new.answers()
        if tallies[0] is not None and tallies[1] is not None:
            first, second = (index_reading(t, basis=t.answered) for t in tallies if t is not None)
            found[new.office] = (first, second)
    return found


def _coverage_pairs(shared: Sequence[tuple[OfficeTally, OfficeTally]]) -> Pairs:
    """Read recording coverage of both periods; another list of kecamatan is another basis."""
    found: Pairs = {}
    for old, new in shared:
        first, second = _coverage_reading(old), _coverage_reading(new)
        if first.value is not None and second.value is not None:
            found[new.office] = (first, second)
    return found


def _coverage_reading(tally: OfficeTally) -> Reading:
    counts = tally.registrations()
    sums = [counts[name].sum(skipna=False) for name in ("recorded", "obligated")]
    known = counts[["recorded", "obligated"]].notna().to_numpy().all() and sums[1] > 0
    value = PERCENT * float(sums[0]) / float(sums[1]) if known else None
    return Reading(value=value, basis=tuple(sorted(counts["code"])), complete=True)
