"""A tally keeps every count of its office, and no person."""

import pandas as pd
import pytest

from ektp_analytics.batch.tally import MARGINS, OfficeTally, tally_of
from ektp_analytics.batch.tally_rows import COLUMNS
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.score import score


@pytest.fixture(scope="module")
def tally(one_run: PeriodRun) -> OfficeTally:
    return tally_of(one_run)


def test_the_unit_s_answers_are_those_of_its_official_index(
    tally: OfficeTally, one_run: PeriodRun
) -> None:
    assert tally.answers() == unit_survey(one_run.data).tally


def test_margins_are_one_way(tally: OfficeTally) -> None:
    """No row names two attributes: only a margin and one class of it."""
    assert tuple(tally.counts.columns) == COLUMNS
    answers = tally.counts[tally.counts["part"].eq("answers")]
    assert set(answers["margin"]) == {"all", "ektp", *MARGINS}


def test_no_row_of_a_file_is_in_it(tally: OfficeTally, one_run: PeriodRun) -> None:
    log = one_run.data.tables["service_log"]
    texts = set(tally.counts["name"]) | set(tally.counts["of"])
    assert not texts & set(log["application_id"].dropna())
    stamps = {str(stamp) for stamp in log["registered_at"].dropna()}
    assert not texts & stamps


def test_requests_by_hand(tally: OfficeTally, one_run: PeriodRun) -> None:
    log, period = one_run.data.tables["service_log"], one_run.period
    start, stop = pd.Timestamp(period.start), pd.Timestamp(period.end) + pd.Timedelta(days=1)
    inside = log[log["registered_at"].ge(start) & log["registered_at"].lt(stop)]
    rows = tally.counts[tally.counts["part"].eq("requests")]
    whole = rows[rows["margin"].eq("all")]["count"].item()
    by_sex = rows[rows["margin"].eq("sex")].set_index("name")["count"]
    assert whole == len(inside)
    assert by_sex.sum() == len(inside)
    counted = inside["sex"].fillna("").value_counts()
    assert by_sex.to_dict() == counted.to_dict()


def test_scores_made_from_the_tally_are_the_scores_of_the_run(
    tally: OfficeTally, one_run: PeriodRun
) -> None:
    again = score(tally.values, one_run.catalogue)
    pd.testing.assert_frame_equal(again.to_frame(), one_run.scorecard.to_frame())


def test_registrations_are_those_of_the_common_day(tally: OfficeTally, one_run: PeriodRun) -> None:
    found = tally.registrations()
    value = one_run.value("recording_coverage")
    assert found["recorded"].sum() == value.inputs["recorded"]
    assert found["obligated"].sum() == value.inputs["obligated"]
