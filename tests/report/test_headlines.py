"""Headlines state the finding, also when there is none."""

import re

import pytest

from ektp_analytics.report import headlines


def test_the_summary_names_what_there_is():
    """Index and share in time; a direction only if the caller found one."""
    assert headlines.summary(84.44, "Baik", "same", 70.7, "24 jam") == (
        "Kepuasan masyarakat 84,44 (Baik), tidak berubah nyata; 70,7% permohonan selesai dalam "
        "24 jam"
    )
    assert headlines.summary(84.44, "Baik", "down", None, "24 jam").startswith(
        "Kepuasan masyarakat turun menjadi 84,44"
    )
    assert "naik" not in headlines.summary(84.44, "Baik", "no previous", 1.0, "24 jam")


def test_the_only_element_in_a_band_is_called_so_only_when_sure():
    """With an interval across a boundary the letter of another may be the same."""
    ranked = [("Waktu penyelesaian", 75.06, "C"), ("Prosedur", 80.97, "B"), ("Biaya", 96.9, "A")]
    assert headlines.elements(ranked) == (
        "Waktu penyelesaian adalah unsur terendah dan satu-satunya bermutu C"
    )
    assert "satu-satunya" not in headlines.elements(ranked, near=1)
    assert "satu-satunya" not in headlines.elements([*ranked, ("Sarana", 76.0, "C")])


def test_respondents_against_the_sample():
    """404 of 372 is met, 360 is 12 short (Krejcie and Morgan 1970: N 11,482 needs 372)."""
    assert headlines.respondents(404, 372, 1) == (
        "Jumlah responden memenuhi syarat (404); satu jenis layanan masih kurang"
    )
    assert "12 kurang" in headlines.respondents(360, 372)
    assert "belum dapat dihitung" in headlines.respondents(49, None)


def test_coverage_counts_the_kecamatan():
    """Five of 21, none and all have their own words."""
    assert headlines.coverage(98.49, 5, 21, 99.4) == (
        "Cakupan perekaman 98,49%: lima dari 21 kecamatan mencapai target"
    )
    assert "tidak satu pun dari 21" in headlines.coverage(90.0, 0, 21, 99.4)
    assert "seluruh 21" in headlines.coverage(99.9, 21, 21, 99.4)
    assert "mencapai target" not in headlines.coverage(99.9, 0, 21, None)


def test_waiting_trend_and_points():
    """Shares by limit, signals by name."""
    assert headlines.completion([(70.7, "24 jam"), (98.7, "14 hari")]) == (
        "Permohonan selesai: 70,7% dalam 24 jam dan 98,7% dalam 14 hari"
    )
    assert headlines.trend([("selesai dalam 24 jam", "down")], 4) == (
        "Satu dari empat ukuran keluar dari batas kendali: selesai dalam 24 jam turun"
    )
    assert not re.search("naik|turun", headlines.trend([], 4))
    assert headlines.points_lost(["a", "b", "c", "d"]) == "Poin terbanyak hilang pada a, b, dan c"


def test_nothing_recorded_is_not_called_good():
    """No complaint recorded is no proof of good handling."""
    assert "belum dapat dinilai" in headlines.complaints(0, 0)
    assert headlines.complaints(31, 37) == "31 dari 37 pengaduan selesai tepat waktu"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_has_a_headline_without_data(lang):
    """An office with nothing delivered still gets sentences, without a full stop."""
    found = [
        headlines.summary(None, "", "no previous", None, "24 jam", lang),
        headlines.elements([], lang=lang),
        headlines.respondents(0, None, lang=lang),
        headlines.coverage(None, 0, 0, None, lang),
        headlines.completion([], lang),
        headlines.trend([], 0, lang),
        headlines.points_lost([], lang),
        headlines.published(0, 0, lang=lang),
        headlines.opening(None, lang),
        headlines.follow_up(0, None, 0, lang),
        headlines.why(0, None, lang),
        headlines.quality(0, 0, lang),
    ]
    assert all(text and not text.endswith(".") and text[0].isupper() for text in found)
    assert not any(re.search(r"None|\bnan\b|\{", text) for text in found)
