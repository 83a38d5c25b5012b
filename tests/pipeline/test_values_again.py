"""Values computed once are the values computed anew, and only of the very same."""

from dataclasses import replace
from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.pipeline.values_again import compute_values, values_again

ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def data() -> OfficeData:
    return run_period(ROOT, "sekadau", "2019-S1").data


def test_the_same_is_given_again(data: OfficeData) -> None:
    first = compute_values(data, CATALOGUE)
    assert values_again(data, CATALOGUE) is first
    assert first == compute_indicators(data, CATALOGUE)


def test_another_profile_or_file_is_computed_anew(data: OfficeData) -> None:
    """A profile changed between two calls in a notebook, and a file of another content."""
    first = compute_values(data, CATALOGUE)
    changed = replace(data.office, profile={**data.office.profile, "settings": {"x": 1}})
    assert values_again(replace(data, office=changed), CATALOGUE) is not first
    (source,) = data.files
    other = {source: tuple(replace(f, sha256="0" * 64) for f in data.files[source])}
    assert values_again(replace(data, files=other), CATALOGUE) is not first


def test_a_report_compares_with_what_the_period_before_says_of_itself() -> None:
    """Both ways of coming to the values of 2025-Q3 of the made-up office agree."""
    later = run_period(ROOT, "contoh", "2025-Q4")
    own = run_period(ROOT, "contoh", "2025-Q3")
    told = {v.code: v.value for v in later.earlier}
    assert told == {v.code: v.value for v in own.values}
