"""No figure is NaN, infinite, or certain without a reason; order and parts do not matter."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics import coverage, skm_index, time_to_completion
from ektp_analytics.errors import Reason
from ektp_analytics.indicators.index_trend import index_trend
from ektp_analytics.measures.answer_tally import merge_tallies, tally_by
from ektp_analytics.measures.backlog import Backlog, backlog
from ektp_analytics.measures.change import Reading, moved_beyond_noise
from ektp_analytics.measures.clustered_share import clustered_share
from ektp_analytics.measures.control_chart import xmr_chart
from ektp_analytics.measures.deadlines import (
    DeadlineTally,
    share_within_own_limits,
    tally_deadlines,
)
from ektp_analytics.measures.duration_tally import merge
from ektp_analytics.measures.durations import finished_by, time_to_event
from ektp_analytics.measures.index_change import index_change
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.log_rank import log_rank
from ektp_analytics.measures.mean_index import index_of_units
from ektp_analytics.measures.proportions import Interval, share_difference
from ektp_analytics.measures.reliability import cronbach_alpha
from ektp_analytics.measures.request_tally import tally_by_group, tally_durations
from ektp_analytics.measures.shrinkage import shrink_shares
from ektp_analytics.measures.stages import SplitClock, split_clock
from ektp_analytics.measures.stratified import weighted_index
from ektp_analytics.measures.survival import kaplan_meier, share_finished, time_quantile
from ektp_analytics.standards.skm import elements

NINE = [element.key for element in elements()]
AS_OF = date(2025, 3, 31)
PAIRS = {"interval", "bounds", "interval_in_family", "within_limit_interval"}
# No figures of a sample; the range is there only for stamps without a time of day, and the
# standard error shares the reason of the interval.
MAY_BE_NONE = {"reason", "limit", "code", "material", "within_limit_range", "standard_error"}


def flaws(thing: Any, path: str = "") -> Iterator[str]:
    """Name every number that is none, every interval without width, every silent None."""
    if isinstance(thing, float | np.floating):
        yield from () if math.isfinite(thing) else (f"{path} is {thing}",)
    elif isinstance(thing, pd.DataFrame):
        yield from _flaws_of_table(thing, path)
    elif is_dataclass(thing) and not isinstance(thing, Reason):
        yield from _flaws_of_record(thing, path)
    elif isinstance(thing, Mapping | tuple | list):
        pairs = thing.items() if isinstance(thing, Mapping) else enumerate(thing)
        for place, value in pairs:
            yield from flaws(value, f"{path}[{place}]")


def _flaws_of_table(table: pd.DataFrame, path: str) -> Iterator[str]:
    for column in table.select_dtypes("number"):
        known = table[column].dropna().to_numpy(dtype=float)
        if not np.isfinite(known).all():
            yield f"{path}.{column} is infinite"


def _flaws_of_record(thing: Any, path: str) -> Iterator[str]:
    reasons = getattr(thing, "reasons", {})
    told = getattr(thing, "reason", None) is not None
    speaks = hasattr(thing, "reason") or hasattr(thing, "reasons")
    if isinstance(thing, Interval) and thing.low is not None and thing.low == thing.high:
        yield f"{path} has no width"
    for item in fields(thing):
        value = getattr(thing, item.name)
        here = f"{path}.{item.name}"
        if item.name in PAIRS and isinstance(value, tuple) and value[0] == value[1]:
            yield f"{here} has no width"
        if value is None and speaks and not told and item.name not in {*MAY_BE_NONE, *reasons}:
            yield f"{here} is None without a reason"
        yield from flaws(value, here)


def check(*found: Any) -> None:
    """Assert that results hold no flaw."""
    assert [flaw for one in found for flaw in flaws(one, type(one).__name__)] == []


answer = st.one_of(st.none(), st.integers(1, 4))
answers = st.lists(st.lists(answer, min_size=9, max_size=9), max_size=13)
alike = st.tuples(st.integers(0, 14), st.integers(1, 4)).map(lambda p: [[p[1]] * 9] * p[0])
surveys = st.one_of(answers, alike)
span = st.sampled_from([0, 1, 60, 3_600, 86_399, 86_400, 86_401, 259_200, 950_400])
begun = st.sampled_from([0, 0, 60, 86_400, 2_505_600, 2_592_000])
requests = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 60, 86_400, 2_505_600, 2_592_000]), st.one_of(st.none(), span)
    ),
    max_size=14,
)
shares = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def survey(rows: list[list[int | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NINE).astype("Int64")
    at = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.arange(len(frame)), unit="h")
    group = pd.Series(np.arange(len(frame)) % 3, index=frame.index).map({0: "a", 1: "b", 2: "c"})
    return frame.assign(submitted_at=at.astype("datetime64[us]"), group=group.astype("str"))


def log(rows: list[tuple[int, int | None]], dates: bool = False) -> pd.DataFrame:
    origin = pd.Timestamp("2025-03-01")
    start = [origin + pd.Timedelta(seconds=s) for s, _ in rows]
    end = [pd.NaT if e is None else origin + pd.Timedelta(seconds=s + e) for s, e in rows]
    frame = pd.DataFrame({"complete_at": start, "printed_at": end}).astype("datetime64[us]")
    if dates:
        frame = frame.apply(lambda column: column.dt.normalize())
    return frame.assign(group=[("a", "b", "c")[k % 3] for k in range(len(rows))])


@given(surveys, surveys, st.booleans())
def test_survey_figures(one: Any, other: Any, drawn: bool) -> None:
    """None to fourteen questionnaires, blank, equal or mixed."""
    first, second = survey(one), survey(other)
    method = "random" if drawn else "voluntary"
    found = skm_index(first, population=max(len(first), 1), method=method)
    tallies = {str(k): t for k, t in tally_by(first, "group", NINE).items()}
    served = dict.fromkeys(tallies, 20)
    after = skm_index(second)
    unknown = found.summary.standard_error is None
    assert unknown == (found.summary.interval is None) == ("interval" in found.summary.reasons)
    check(
        found.summary,
        weighted_index(tallies, served, random_sample=drawn),
        index_of_units(tallies) if tallies else None,
        index_change(found.tally, after.tally),
        index_trend({"2025-Q1": found, "2025-Q2": after}),
        cronbach_alpha(first[NINE]),
    )


@given(requests, st.sampled_from(["24h", "3d"]), st.booleans())
def test_duration_figures(rows: Any, limit: str, dates: bool) -> None:
    """None to fourteen requests: all open, all equal, finished at the limit or at the view."""
    table = log(rows, dates)
    start, end = table["complete_at"], table["printed_at"]
    tally = tally_durations(start, end, AS_OF, limits=[limit, "1h"])
    curve = kaplan_meier(tally.elapsed)
    groups = tally_by_group(table["group"], start, end, AS_OF, limits=[limit])
    due = tally_deadlines(start, end, start + pd.Timedelta(days=1), AS_OF)
    waiting = backlog(start, end, "2025-03-02", limit=limit)
    split = split_clock(start, end, start, end, AS_OF)
    check(
        time_to_completion(table, AS_OF, limit=limit),
        time_to_event(tally, limit, AS_OF),
        *(share_finished(curve, time) for time in (0, 1, 60, 1_440, 50_000)),
        *(time_quantile(curve, q) for q in (0.1, 0.5, 0.9)),
        finished_by(tally, [0, 1, 24, 900]),
        share_within_own_limits([(t, Limit.parse(limit)) for t in groups.values()]),
        log_rank({name: t.elapsed for name, t in groups.items()}),
        due.kept_share(),
        split,
        [split.elsewhere_percent, split.median_own_hours],
        [waiting.median_age_hours, waiting.oldest_hours],
    )
    assert (waiting.median_age_hours is None) == (waiting.reason is not None)
    assert (split.median_own_hours is None) == (split.reason is not None)


@given(st.lists(shares, min_size=1, max_size=8), shares, shares)
def test_share_figures(clusters: Any, before: Any, after: Any) -> None:
    """No trial, one trial, none and all of them hits."""
    hits, trials = ([pair[k] for pair in clusters] for k in (0, 1))
    readings = (Reading.share(*before), Reading.share(*after))
    changes = moved_beyond_noise({"a": readings, "b": readings[::-1]}, material=1)
    check(clustered_share(hits, trials), changes, share_difference(before, after))
    known = [(h, n) for h, n in clusters if n]
    if len(known) > 1:
        shrunk = shrink_shares([h for h, _ in known], [n for _, n in known])
        assert np.isfinite(shrunk.shares).all()


@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=1, max_size=16))
def test_chart_figures(values: list[int | None]) -> None:
    """A blank, a single point, no variation."""
    chart = xmr_chart(pd.Series(values, dtype="Float64"))
    check(chart.points, chart.phases)


@given(surveys.filter(len), requests.filter(len), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: Any, logged: Any, shuffle: Any) -> None:
    """A file sorted by anything else gives the same figures to the last digit."""
    order = list(range(len(rows)))
    shuffle.shuffle(order)
    table = survey(rows)
    assert skm_index(table).summary == skm_index(table.iloc[order]).summary
    order = list(range(len(logged)))
    shuffle.shuffle(order)
    requested = log(logged)
    one, other = (time_to_completion(t, AS_OF) for t in (requested, requested.iloc[order]))
    assert one == other
    registered = registrations([(100, 90, 80), (50, 50, 60), (70, 10, 0)])
    turned = coverage(registered.iloc[[2, 0, 1]])
    assert turned.total == coverage(registered).total
    assert sorted(turned.rows, key=str) == sorted(coverage(registered).rows, key=str)


@given(surveys, surveys, requests, requests)
def test_the_whole_is_its_parts_merged(one: Any, other: Any, first: Any, second: Any) -> None:
    """Two offices' tallies give the province's figures, as if all rows lay in one table."""
    parts = [skm_index(survey(rows)).tally for rows in (one, other)]
    assert merge_tallies(parts) == skm_index(survey([*one, *other])).tally
    logs = [log(rows) for rows in (first, second)]
    tallies = [
        tally_durations(t["complete_at"], t["printed_at"], AS_OF, limits=["24h"], resolution=1,
                        date_only=False)
        for t in logs
    ]  # fmt: skip
    whole = pd.concat(logs, ignore_index=True).assign(
        complete_at_has_time=True, printed_at_has_time=True
    )
    assert time_to_event(merge(tallies), "24h", AS_OF) == time_to_completion(whole, AS_OF)
    for count in (_promises, _backlog, _split):
        assert count(logs[0]) + count(logs[1]) == count(pd.concat(logs))


def _promises(table: pd.DataFrame) -> DeadlineTally:
    start, end = table["complete_at"], table["printed_at"]
    return tally_deadlines(
        start, end, start + pd.Timedelta(days=1), AS_OF, date_only=False, deadline_is_date=False
    )


def _backlog(table: pd.DataFrame) -> Backlog:
    stamps = table["complete_at"], table["printed_at"]
    return backlog(*stamps, "2025-03-02", limit="24h", date_only=False)


def _split(table: pd.DataFrame) -> SplitClock:
    stamps = table["complete_at"], table["printed_at"]
    return split_clock(*stamps, *stamps, AS_OF, date_only=False)


counts = st.tuples(st.integers(1, 500), st.integers(0, 600), st.integers(0, 600))


def registrations(rows: list[tuple[int, int, int]], first: int = 1) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["obligated", "recorded", "holders"]).astype("Int64")
    names = [f"Kecamatan {first + k}" for k in range(len(rows))]
    codes = [f"99.01.{first + k:02d}" for k in range(len(rows))]
    return frame.assign(kecamatan=names, code=codes, as_of=pd.Timestamp("2025-03-31"))


@given(st.lists(counts, min_size=1, max_size=4), st.lists(counts, min_size=1, max_size=4))
def test_coverage_of_the_whole_is_that_of_its_parts(one: Any, other: Any) -> None:
    """Rows stay as they are; counts add; rates are those of the sums, also above 100 %."""
    parts = [registrations(one), registrations(other, first=11)]
    whole = coverage(pd.concat(parts, ignore_index=True))
    apart = [coverage(part) for part in parts]
    assert whole.rows == (*apart[0].rows, *apart[1].rows)
    for name in ("obligated", "recorded", "holders"):
        assert getattr(whole.total, name) == sum(getattr(c.total, name) for c in apart)
    base = Fraction(100, whole.total.obligated or 1)
    assert whole.total.card_possession == pytest.approx(float(base * (whole.total.holders or 0)))
    check(whole)
