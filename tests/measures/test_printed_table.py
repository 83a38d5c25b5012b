"""A table shows what its separators mean; roles and labels are read from its columns."""

import pandas as pd
import pytest

from ektp_analytics.measures.printed_table import PrintedTable


def table(rows: list[dict[str, str]], roles: dict[str, str]) -> PrintedTable:
    return PrintedTable.from_frame(pd.DataFrame(rows), roles)


def settled(rows: list[dict[str, str]], roles: dict[str, str], column: int = 0) -> bool:
    found = table(rows, roles)
    figure = found.figure(found.rows[0], column)
    assert figure is not None
    return figure.settled


ROLES = {"t": "total", "p": "part", "pct": "percent"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"t": "1.325", "p": "1.325.996", "pct": ""}, True),
        ({"t": "1.325", "p": "1200", "pct": "93,68"}, True),
        ({"t": "1.325", "p": "956", "pct": "72.15"}, True),
        ({"t": "1.325", "p": "1.200", "pct": ""}, True),
        ({"t": "1.325", "p": "1200", "pct": "93.68"}, False),
        ({"t": "1.325", "p": "1.2", "pct": "90.57"}, False),
        ({"t": "106,51", "p": "1.325.996", "pct": ""}, False),
    ],
)
def test_what_the_table_shows_about_a_separator(row: dict[str, str], expected: bool) -> None:
    """1.325 is a thousand where other figures show it; 106,51 beside whole counts is open."""
    assert settled([row], ROLES) is expected


def test_counts_in_thousands_are_settled_as_decimals() -> None:
    """A column mostly printed with decimals is read so (population in thousands)."""
    rows = [{"t": "836,9"}, {"t": "854,6"}, {"t": "839,4"}]
    assert settled(rows, {"t": "total"})


def test_rows_and_cells_keep_their_place() -> None:
    """The header is row 1; blanks and words are no figures; other columns are left out."""
    found = table([{"a": " 12 ", "x": "?"}, {"a": "-", "x": ""}], {"a": "n"})
    assert [r.row for r in found.rows] == [2, 3]
    assert [c.header for c in found.columns] == ["a"]
    assert found.text(found.rows[0], 0) == "12"
    assert found.figure(found.rows[1], 0) is None


@pytest.mark.parametrize(
    "label", ["Jumlah", "TOTAL", "Jumlah Kabupaten", "Sub Jumlah", "Grand Total"]
)
def test_sum_rows(label: str) -> None:
    """Rows that Indonesian tables close with."""
    found = table([{"k": label, "t": "1"}], {"k": "label", "t": "total"})
    assert found.is_sum(found.rows[0])
    assert not found.is_mean(found.rows[0])


def test_mean_rows_and_ordinary_rows() -> None:
    """A row of averages is no sum; Jumlahrejo is a village."""
    found = table([{"k": "Rata-rata"}, {"k": "Jumlahrejo"}], {"k": "label"})
    assert found.is_mean(found.rows[0])
    assert not found.is_sum(found.rows[1])


def test_unknown_roles_are_refused() -> None:
    """A role that does not exist is a mistake of the caller."""
    with pytest.raises(ValueError, match="unknown roles"):
        table([{"a": "1"}], {"a": "sum"})
