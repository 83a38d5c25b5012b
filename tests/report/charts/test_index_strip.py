"""The index on its bands."""

from ektp_analytics.report.charts.index_strip import index_strip
from ektp_analytics.report.edition import Edition


def test_index_interval_and_previous(edition, bands, sound, words_of, marks_of):
    """Example of the report's style: 84,44 with 83,42–85,47, B, was 84,00."""
    chart = index_strip(
        84.44,
        (83.42, 85.47),
        bands,
        edition,
        previous=("TW III", 84.0),
        distances=(3.87, 7.84),
    )
    figure = sound(chart)
    assert marks_of(figure, "circle") == [84.44]
    assert "<b>84,44</b>" in words_of(figure)
    assert "TW III: 84,00" in words_of(figure)
    assert "batas A (88,31): 3,87 poin" in chart.source
    assert "batas C (76,60): 7,84 poin" in chart.source
    assert chart.alt == ("Indeks 84,44 pada pita mutu B, selang kepercayaan 95% 83,42–85,47.")


def test_no_interval_no_line(edition, bands, sound, marks_of):
    """With n under 10 there is no interval; the point stands alone."""
    chart = index_strip(84.44, None, bands, edition)
    figure = sound(chart)
    assert marks_of(figure, "circle") == [84.44]
    assert len(figure["data"]) == 1
    assert "tanpa selang" in chart.alt


def test_not_assessed_draws_no_point(edition, bands, sound, words_of):
    """Absent is said in words, not drawn at zero."""
    figure = sound(index_strip(None, None, bands, edition))
    assert figure["data"] == []
    assert "belum dinilai" in words_of(figure)


def test_the_cut_axis_is_said(edition, bands):
    """Axes that do not start at the end of the scale say so."""
    assert "Sumbu dimulai dari 60." in index_strip(84.44, None, bands, edition).source
    assert "Sumbu" not in index_strip(40.0, None, bands, edition).source
    assert "The axis starts at 60." in index_strip(84.44, None, bands, Edition("en")).source
