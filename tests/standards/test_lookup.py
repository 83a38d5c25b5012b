"""Legal values are asked for by name and date and are complete or refused."""

from datetime import date, datetime

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.standards import all_standards, standard, standards_used


def test_the_issue_limit_follows_the_date_of_the_request() -> None:
    """UU 23/2006: 14 days; Permendagri 19/2018 Pasal 3(2), in force 9 April 2018: 24 hours."""
    before = standard("ektp_time_limits.issue", on=date(2018, 4, 8))
    after = standard("ektp_time_limits.issue", on=datetime(2018, 4, 9, 0, 0))
    assert (before.value, before.unit) == (14, "days")
    assert (after.value, after.unit, after.regulation) == (
        24,
        "hours",
        "Permendagri 19/2018",
    )


@pytest.mark.parametrize(
    ("year", "target"), [(2021, 100.0), (2022, 99.3), (2023, 99.4), (2024, 99.4)]
)
def test_the_recording_target_is_the_years_own(year: int, target: float) -> None:
    """Press: all obliged in 2021; 99.3 % in 2022; 99.4 % by 29 Mar 2023 and 7 Aug 2024."""
    found = standard("coverage_targets.recording", on=date(year, 12, 31))
    assert found.value == target
    assert found.verified


def test_a_target_carried_on_without_a_source_is_not_verified() -> None:
    """No source was found for 2025, so the last known target is marked as unverified."""
    assert not standard("coverage_targets.recording", on="2025-06-30").verified


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("complaint_limits.first_response", 3),
        ("complaint_limits.information", 5),
        ("complaint_limits.without_inspection", 14),
        ("complaint_limits.with_inspection", 60),
        ("free_of_charge.issue", 0),
        ("obliged_age.age", 17),
        ("survey_periodicity.longest_gap", 12),
    ],
)
def test_values_as_the_sources_state_them(key: str, value: int) -> None:
    """SP4N-LAPOR 3/5/14/60; UU 24/2013 79A and 63; PermenPAN-RB 14/2017 Pasal 1."""
    assert standard(key, on="2025-01-01").value == value


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    """A slip of the pen in a name is answered with the name that was meant."""
    with pytest.raises(Refused, match="ektp_time_limits"):
        standard("ektp_time_limit.isue", on="2025-01-01")


def test_a_day_before_any_version_is_refused() -> None:
    """UU 24/2013 made the service free; nothing is claimed for the years before."""
    with pytest.raises(Refused, match="2010-01-01"):
        standard("free_of_charge.issue", on="2010-01-01")


def test_the_standards_used_can_be_listed() -> None:
    """Each is listed once, inner blocks also reach the outer list."""
    with standards_used() as used:
        standard("ektp_time_limits.issue", on="2025-01-01")
        with standards_used() as inner:
            standard("free_of_charge.issue", on="2025-01-01")
        standard("ektp_time_limits.issue", on="2025-02-01")
    assert [found.key for found in inner] == ["free_of_charge.issue"]
    assert [found.key for found in used] == [
        "ektp_time_limits.issue",
        "free_of_charge.issue",
    ]


def test_every_standard_says_where_it_is_written_in_both_languages() -> None:
    """An unverified value must say what was not checked."""
    for found in all_standards():
        assert found.regulation and found.article
        assert found.verified or (found.note and found.note_en), found.key
