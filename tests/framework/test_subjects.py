"""The words of an office's plan lead to one indicator, or to none."""

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.framework.subjects import indicator_named


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("skm_waktu", "skm_waktu"),
        ("Waktu penyelesaian", "skm_waktu"),
        ("Unsur waktu", "skm_waktu"),
        ("UNSUR  Waktu Penyelesaian (SKM)", "skm_waktu"),
        ("Sistem, Mekanisme, dan Prosedur", "skm_prosedur"),
        ("Biaya/Tarif", "skm_biaya"),
        ("Legal time limit", "legal_time_limit"),
        ("Indikator: Janji layanan ditepati", "promise_kept"),
    ],
)
def test_names_in_any_spelling(words: str, code: str) -> None:
    """Code, printed name in either language, or the name of a survey element."""
    assert indicator_named(words, load_catalogue()) == code


@pytest.mark.parametrize(("words", "code"), [("U8", "skm_pengaduan"), ("Unsur U9", "skm_sarana")])
def test_numbers_follow_the_regulations_order(words: str, code: str) -> None:
    """PermenPAN-RB 14/2017, annex: complaints eighth, facilities ninth."""
    assert indicator_named(words, load_catalogue()) == code


@pytest.mark.parametrize("words", ["", "Pelayanan", "waktu tunggu di loket", "U10", "SKM"])
def test_other_words_name_nothing(words: str) -> None:
    """Nothing is guessed from a word in common."""
    assert indicator_named(words, load_catalogue()) is None


def test_every_printed_name_leads_back() -> None:
    """No two indicators share a name in any language."""
    catalogue = load_catalogue()
    for item in catalogue.indicators.values():
        for words in (item.code, *item.name.values()):
            assert indicator_named(words, catalogue) == item.code
