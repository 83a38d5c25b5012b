"""The sum of the parts is the whole: tallies of any split give what the pooled rows give."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.batch.pooling import (
    merge_answers,
    pooled_answers,
    pooled_durations,
    stacked,
    widened,
)
from ektp_analytics.batch.tally import CLOCKS, MARGINS, OfficeTally, tally_of
from ektp_analytics.indicators.skm import index_bands
from ektp_analytics.measures.answer_tally import tally_answers
from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.measures.survey_means import index_summary
from ektp_analytics.scoring.period_run import PeriodRun

SPLIT = ("survey", "service_log")


@pytest.fixture(scope="module")
def whole(one_run: PeriodRun) -> OfficeTally:
    return tally_of(one_run)


def parts_of(run: PeriodRun, parts: int, seed: int) -> list[OfficeTally]:
    """Deal the rows of one office out to several at random, and tally each of them."""
    rng = np.random.default_rng(seed)
    dealt = {key: rng.integers(parts, size=len(run.data.tables[key])) for key in SPLIT}
    found = []
    for part in range(parts):
        tables = {key: run.data.tables[key][dealt[key] == part] for key in SPLIT}
        data = replace(run.data, tables={**run.data.tables, **tables})
        found.append(replace(tally_of(replace(run, data=data)), office=f"bagian-{part}"))
    return found


@settings(max_examples=6, deadline=None)
@given(parts=st.integers(2, 4), seed=st.integers(0, 2**32 - 1))
def test_any_split_gives_the_answers_of_the_pooled_rows(
    one_run: PeriodRun, whole: OfficeTally, parts: int, seed: int
) -> None:
    tallies = parts_of(one_run, parts, seed)
    for margin in ("all", "ektp", *MARGINS):
        pooled = pooled_answers(stacked(tallies), margin)
        names = whole.counts.loc[
            whole.counts["part"].eq("answers") & whole.counts["margin"].eq(margin), "name"
        ].unique()
        assert sorted(pooled) == sorted(names)
        for name in names:
            assert pooled[name][0] == whole.answers(margin, name)
    bands = index_bands(one_run.period.end)
    one, many = whole.answers(), pooled_answers(stacked(tallies), "all")[""][0]
    assert one is not None
    assert index_summary(many, bands).to_record() == index_summary(one, bands).to_record()


@settings(max_examples=6, deadline=None)
@given(parts=st.integers(2, 4), seed=st.integers(0, 2**32 - 1))
def test_any_split_gives_the_durations_of_the_pooled_rows(
    one_run: PeriodRun, whole: OfficeTally, parts: int, seed: int
) -> None:
    tallies = parts_of(one_run, parts, seed)
    as_of = one_run.period.end
    for clock in CLOCKS:
        for service, pooled in pooled_durations(stacked(tallies), clock).items():
            expected = whole.durations(clock, service)
            assert expected is not None
            assert pooled == expected
            figures = [time_to_event(t, "24h", as_of).to_record() for t in (pooled, expected)]
            assert figures[0] == figures[1]


def test_requests_of_every_margin_add_up(one_run: PeriodRun, whole: OfficeTally) -> None:
    def requests(tallies: list[OfficeTally]) -> pd.Series:
        rows = pd.concat([tally.counts for tally in tallies])
        rows = rows[rows["part"].eq("requests")]
        return rows.groupby(["margin", "name"])["count"].sum().sort_index()

    pd.testing.assert_series_equal(requests(parts_of(one_run, 3, 5)), requests([whole]))


@pytest.fixture
def answers() -> Callable[[int, list[str]], pd.DataFrame]:
    def made(seed: int, elements: list[str]) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        drawn = pd.DataFrame(rng.integers(1, 5, (40, len(elements))), columns=elements)
        return drawn.mask(rng.random(drawn.shape) < 0.2).astype("Int64")

    return made


def test_an_element_not_asked_counts_as_left_blank(
    answers: Callable[[int, list[str]], pd.DataFrame],
) -> None:
    """Pooled by hand: the table of both offices with the column absent in one left blank."""
    asked = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi"]
    first, second = answers(1, asked), answers(2, asked[:-1])
    merged = merge_answers([tally_answers(first, asked), tally_answers(second, asked[:-1])])
    by_hand = tally_answers(pd.concat([first, second], ignore_index=True), asked, 5)
    assert merged == by_hand


def test_widening_by_nothing_changes_nothing(
    answers: Callable[[int, list[str]], pd.DataFrame],
) -> None:
    asked = ["persyaratan", "prosedur", "waktu"]
    tally = tally_answers(answers(3, asked), asked)
    assert widened(tally, asked, tally.minimum_answered) == tally
