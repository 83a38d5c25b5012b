"""The declared schemes of the satisfaction survey."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.standards.skm import elements
from ektp_analytics.standards.survey_scheme import (
    FOURTEEN_ELEMENTS,
    NINE_ELEMENTS,
    survey_scheme,
)


def test_the_fourteen_elements_of_2004() -> None:
    """KepmenPAN 25/2004, annex: from procedure to safety, each weighing 0.071."""
    old = survey_scheme(FOURTEEN_ELEMENTS)
    assert len(old.elements) == 14
    assert (old.elements[0], old.elements[-1]) == ("prosedur_pelayanan", "keamanan_pelayanan")
    assert old.weights == ("0.071",)
    assert [edge for edge, _, _ in old.edges()] == ["25.00", "43.76", "62.51", "81.26"]


def test_the_nine_elements_in_force() -> None:
    """PermenPAN-RB 14/2017: the bands of today and no printed weight."""
    now = survey_scheme()
    assert now.key == NINE_ELEMENTS
    assert now.elements == tuple(element.key for element in elements())
    assert [edge for edge, _, _ in now.edges("en")] == ["25.00", "65.00", "76.61", "88.31"]
    assert now.weights == ()


def test_the_two_questionnaires_share_no_key() -> None:
    """What is asked differently must not be compared as one element."""
    assert not set(survey_scheme(NINE_ELEMENTS).elements) & set(
        survey_scheme(FOURTEEN_ELEMENTS).elements
    )


def test_an_unknown_scheme_names_the_nearest() -> None:
    with pytest.raises(Refused, match="kepmenpan-25-2004"):
        survey_scheme("kepmenpan-25-2005")
