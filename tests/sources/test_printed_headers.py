"""Headers one or two rows deep (merged heads are public case S26)."""

import pandas as pd

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.printed_headers import header_rows


def sheet(*rows: list[str]) -> Sheet:
    cells = pd.DataFrame(list(rows), dtype=object)
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Sheet(None, cells, cells.astype("str"))


def test_a_head_above_two_columns_covers_both() -> None:
    found = list(
        header_rows(sheet(["Kecamatan", "Wajib KTP", "Sudah Rekam", ""], ["", "", "Jumlah", "%"]))
    )
    (both,) = [h for h in found if h.first_row != h.last_row]
    assert both.texts == ("Kecamatan", "Wajib KTP", "Sudah Rekam Jumlah", "Sudah Rekam %")
    assert (both.first_row, both.last_row) == (1, 2)


def test_a_title_above_elements_is_left_out() -> None:
    """The annex prints "NILAI UNSUR PELAYANAN" above U1 to U9."""
    found = list(header_rows(sheet(["No", "PERAN SERTA", ""], ["", "U1", "U2"])))
    (both,) = [h for h in found if h.first_row != h.last_row]
    assert both.texts == ("No", "U1", "U2")


def test_single_rows_come_first() -> None:
    found = list(header_rows(sheet(["a", "b"], ["1", "2"])))
    assert [(h.first_row, h.last_row) for h in found] == [(1, 1), (2, 2), (1, 2)]
