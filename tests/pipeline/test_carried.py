"""A source without a file shows its last valid value, for at most twelve months."""

import shutil
from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.carried import carry_forward, values_before
from ektp_analytics.pipeline.office_sources import office_data, read_sources
from ektp_analytics.workspace import Workspace

Q3, Q4, Q1, LATER = (Period.parse(p) for p in ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q4"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Load the catalogue once."""
    return load_catalogue()


def _raw(place: Workspace, period: Period) -> Path:
    return place.raw / "kecil" / str(period)


def _without(place: Workspace, source: str, *periods: Period) -> None:
    for period in periods:
        for path in place.source_files("kecil", period, source):
            path.unlink()


def _only(place: Workspace, source: str) -> Workspace:
    """Leave one source of every period, so that nothing else is computed."""
    for period in (Q3, Q4, Q1, LATER):
        for path in place.files("kecil", period):
            if not path.name.startswith(source):
                path.unlink()
    return place


@pytest.fixture
def counts(place: Workspace) -> Workspace:
    """Make a workspace with registration counts alone."""
    return _only(place, "registrations")


def _own(place: Workspace, period: Period, catalogue: Catalogue) -> dict[str, IndicatorValue]:
    office = place.office("kecil")
    data = office_data(office, period, read_sources(place, office, period))
    return {value.code: value for value in compute_indicators(data, catalogue)}


def _carried(place: Workspace, period: Period, catalogue: Catalogue) -> dict[str, IndicatorValue]:
    own = tuple(_own(place, period, catalogue).values())
    values = carry_forward(own, place, place.office("kecil"), period, catalogue)
    assert [value.code for value in values] == [value.code for value in own]
    return {value.code: value for value in values}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("registrations", "recording_coverage"),
        ("survey", "skm_waktu"),
        ("service_log", "legal_time_limit"),
    ],
)
def test_the_last_value_is_carried_with_its_period(
    place: Workspace, catalogue: Catalogue, source: str, code: str
) -> None:
    _only(place, source)
    before = _own(place, Q4, catalogue)[code]
    _without(place, source, Q1)
    found = _carried(place, Q1, catalogue)[code]
    assert found.status == "carried"
    assert (found.value, found.n, found.interval) == (before.value, before.n, before.interval)
    assert found.period == "2025-Q1"
    assert "Triwulan IV 2024" in " ".join(note.text() for note in found.notes)
    assert any(item.file.endswith(f"2024-Q4/{_name(source)}") for item in found.sources)


def _name(source: str) -> str:
    return "survey.xlsx" if source == "survey" else f"{source}.csv"


def test_the_latest_of_several_is_carried(counts: Workspace, catalogue: Catalogue) -> None:
    _without(counts, "registrations", Q4, Q1)
    found = _carried(counts, Q1, catalogue)["recording_coverage"]
    assert "Triwulan III 2024" in " ".join(note.text() for note in found.notes)


def test_twelve_months_are_carried_and_not_one_more(
    counts: Workspace, catalogue: Catalogue
) -> None:
    """From the end of 2024-Q4 to the end of 2025-Q4 are twelve months; from 2024-Q3 fifteen."""
    _without(counts, "registrations", LATER, Q1)
    assert _carried(counts, LATER, catalogue)["recording_coverage"].status == "carried"
    _without(counts, "registrations", Q4)
    old = _carried(counts, LATER, catalogue)["recording_coverage"]
    assert (old.status, old.value) == ("not assessed", None)
    assert old.reason is not None and old.reason.code == "carried_too_old"
    assert "Triwulan III 2024" in old.reason.text()


def test_a_value_of_its_own_is_never_replaced(counts: Workspace, catalogue: Catalogue) -> None:
    own = _own(counts, Q1, catalogue)
    found = _carried(counts, Q1, catalogue)
    assert own["recording_coverage"] == found["recording_coverage"]
    assert not any(value.status == "carried" for value in found.values())


def test_nothing_earlier_stays_not_assessed(counts: Workspace, catalogue: Catalogue) -> None:
    _without(counts, "registrations", Q3)
    found = _carried(counts, Q3, catalogue)["recording_coverage"]
    assert (found.status, found.value) == ("not assessed", None)


def test_later_periods_are_never_carried_back(counts: Workspace, catalogue: Catalogue) -> None:
    _without(counts, "registrations", Q3, Q4)
    found = _carried(counts, Q4, catalogue)["recording_coverage"]
    assert found.value is None


def test_a_semester_serves_the_quarter_that_ends_with_it(
    counts: Workspace, catalogue: Catalogue
) -> None:
    semester = counts.raw / "kecil" / "2024-S2"
    semester.mkdir()
    shutil.move(_raw(counts, Q4) / "registrations.csv", semester / "registrations.csv")
    found = _carried(counts, Q4, catalogue)["recording_coverage"]
    assert found.status == "carried"
    assert "Semester II 2024" in " ".join(note.text() for note in found.notes)


def test_an_earlier_file_that_cannot_be_read_has_no_value(
    counts: Workspace, catalogue: Catalogue
) -> None:
    _without(counts, "registrations", Q1)
    (_raw(counts, Q4) / "registrations.csv").write_bytes(b"")
    found = _carried(counts, Q1, catalogue)["recording_coverage"]
    assert "Triwulan III 2024" in " ".join(note.text() for note in found.notes)


def test_the_values_of_the_period_before(counts: Workspace, catalogue: Catalogue) -> None:
    office = counts.office("kecil")
    before = {v.code: v.value for v in values_before(counts, office, Q1, catalogue)}
    assert before == {code: v.value for code, v in _own(counts, Q4, catalogue).items()}
    assert values_before(counts, office, Q3, catalogue) == ()
    assert values_before(counts, office, LATER, catalogue) == ()


def test_one_bad_file_takes_no_other_value_of_the_period_before(
    place: Workspace, catalogue: Catalogue
) -> None:
    _without(place, "complaints", Q4)
    before = {v.code: v.value for v in values_before(place, place.office("kecil"), Q1, catalogue)}
    (_raw(place, Q4) / "registrations.csv").write_bytes(b"")
    after = {v.code: v.value for v in values_before(place, place.office("kecil"), Q1, catalogue)}
    assert after["skm_waktu"] == before["skm_waktu"] is not None
    assert (before["recording_coverage"], after["recording_coverage"]) != (None, None)
    assert after["recording_coverage"] is None
