"""What one indicator of the catalogue knows."""

from datetime import date

from ektp_analytics.framework.catalogue import load_catalogue


def test_a_target_that_is_a_standard_follows_the_year() -> None:
    """National recording targets: 99.3 % for 2022, 99.4 % for 2023."""
    indicator = load_catalogue()["recording_coverage"]
    assert indicator.target_on(date(2022, 12, 31)) == 99.3
    assert indicator.target_on(date(2023, 3, 31)) == 99.4


def test_coverage_above_one_hundred_is_possible_an_index_below_25_is_not() -> None:
    """Mukomuko published 104.8 % recorded; the survey scale is 25 to 100."""
    catalogue = load_catalogue()
    assert catalogue["recording_coverage"].possible(104.8)
    assert not catalogue["recording_coverage"].possible(-0.1)
    assert not catalogue["skm_waktu"].possible(24.99)
    assert not catalogue["skm_waktu"].possible(float("nan"))


def test_the_survey_is_the_main_source_of_its_indicators() -> None:
    """Nine elements and the number of respondents come from the survey."""
    catalogue = load_catalogue()
    from_survey = {i.code for i in catalogue.scored if i.from_survey}
    assert len(from_survey) == 10
    assert "survey_participation" in from_survey
