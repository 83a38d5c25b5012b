"""Numbering of exhibits belongs to one report."""

import datetime as dt

from ektp_analytics.report.edition import Edition


def test_numbers_follow_the_order_of_first_use_and_stay():
    """Running a notebook cell twice must not change the number of its figure."""
    edition = Edition()
    assert edition.figure_label("elements") == "Gambar 1"
    assert edition.figure_label("coverage") == "Gambar 2"
    assert edition.figure_label("elements") == "Gambar 1"
    assert edition.table_label("files") == "Tabel 1"


def test_two_reports_do_not_share_numbers():
    """No state is kept outside the edition."""
    first, second = Edition(), Edition("en")
    first.figure("a")
    assert second.figure_label("b") == "Figure 1"


def test_the_source_line_names_source_and_cut_off():
    """n, source and cut-off date stand under every exhibit."""
    edition = Edition(as_of=dt.date(2025, 12, 31))
    assert edition.source_line(["n = 404.", ""], "kuesioner SKM TW IV 2025") == (
        "n = 404. Sumber: kuesioner SKM TW IV 2025, keadaan 31 Desember 2025."
    )
    assert edition.source_line() == "Keadaan 31 Desember 2025."
    assert Edition("en").source_line([], "the log") == "Source: the log."
