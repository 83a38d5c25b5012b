"""What is said of each distinct cell of a column, spread over its rows."""

import pandas as pd

from ektp_analytics.sources.distinct import Distinct


def _column() -> pd.Series:
    return pd.Series(["ya", "tidak", "ya", None], index=[2, 3, 4, 7], dtype="str")


def test_each_cell_stands_once_in_the_order_of_the_rows() -> None:
    assert Distinct(_column()).cells == ["ya", "tidak"]


def test_a_value_for_each_cell_stands_at_every_row_that_holds_it() -> None:
    spread = Distinct(_column()).spread([1, None], "Int64")
    assert spread.index.tolist() == [2, 3, 4, 7]
    assert spread.tolist() == [1, pd.NA, 1, pd.NA]


def test_flags_mark_rows_and_never_a_missing_cell() -> None:
    distinct = Distinct(_column())
    assert distinct.rows([True, False]).tolist() == [True, False, True, False]
    assert distinct.among({"tidak"}).tolist() == [False, True, False, False]


def test_cells_of_several_types_stay_what_they_are() -> None:
    cells = pd.Series(["8.00", 8.5, pd.Timestamp("2025-01-31"), 8.5], dtype=object)
    assert Distinct(cells).cells == ["8.00", 8.5, pd.Timestamp("2025-01-31")]


def test_a_column_without_rows_has_no_cells() -> None:
    distinct = Distinct(pd.Series([], dtype="str"))
    assert distinct.cells == []
    assert distinct.spread([], "Float64").empty
    assert distinct.rows([]).empty
