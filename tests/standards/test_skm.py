"""Elements and bands of PermenPAN-RB 14/2017."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.standards.skm import band_of, bands, elements


def test_nine_elements_in_the_regulations_order() -> None:
    """PermenPAN-RB 14/2017, annex: pengaduan is eighth, sarana ninth."""
    assert [element.key for element in elements()] == [
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "kompetensi",
        "perilaku",
        "pengaduan",
        "sarana",
    ]
    assert [element.number for element in elements()] == list(range(1, 10))


def test_the_answers_that_differ_from_the_common_pattern() -> None:
    """The forms of the regulation: cost ends in gratis, complaints in a managed desk."""
    answers = {element.key: element.answers["id"] for element in elements("2025-01-01")}
    assert answers["biaya"] == ("sangat mahal", "cukup mahal", "murah", "gratis")
    assert answers["sarana"] == ("buruk", "cukup", "baik", "sangat baik")
    assert answers["pengaduan"][0] == "tidak ada"
    assert answers["pengaduan"][3] == "dikelola dengan baik"
    assert all(len(labels) == 4 for labels in answers.values())


def test_three_questions_may_be_replaced() -> None:
    """Cost where law makes the service free; competence and behaviour where it is online."""
    replaceable = {e.key: e.replaceable for e in elements() if e.replaceable}
    assert replaceable == {
        "biaya": "free_service",
        "kompetensi": "online_service",
        "perilaku": "online_service",
    }


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100", "A"),
    ],
)
def test_edges_of_the_2017_bands(index: str, grade: str) -> None:
    """PermenPAN-RB 14/2017, annex, column nilai interval konversi."""
    assert band_of(Decimal(index), "2025-01-01").grade == grade


def test_the_same_index_reads_differently_in_the_old_scheme() -> None:
    """KepmenPAN 25/2004: 82 is A there and B under the scheme of 2017."""
    assert band_of(Decimal("82.00"), "2017-03-31").grade == "A"
    assert band_of(Decimal("82.00"), "2017-06-30").grade == "B"


@given(
    st.integers(min_value=2500, max_value=10000),
    st.sampled_from(["2010-01-01", "2025-01-01"]),
)
def test_every_rounded_index_has_exactly_one_band(hundredths: int, on: str) -> None:
    """At two decimals both schemes cover 25 to 100 without gap or overlap."""
    index = Decimal(hundredths) / 100
    assert sum(band.lower <= index <= band.upper for band in bands(on)) == 1


@pytest.mark.parametrize("index", ["24.99", "100.01", "64.993"])
def test_an_index_without_a_band_is_refused(index: str) -> None:
    """Outside the scale, or in the gap that the printed limits leave."""
    with pytest.raises(Refused, match=index):
        band_of(Decimal(index), "2025-01-01")
