"""A Jumlah row against the rows it sums."""

import pandas as pd

from ektp_analytics.measures.printed_table import PrintedTable
from ektp_analytics.measures.relation import evaluate
from ektp_analytics.measures.total_rows import total_row_relations


def verdicts(rows: list[tuple[str, str]], dates: list[str] | None = None) -> list[str]:
    frame = pd.DataFrame(rows, columns=["k", "t"])
    roles = {"k": "label", "t": "total"}
    if dates:
        frame["d"], roles["d"] = dates, "as_of"
    table = PrintedTable.from_frame(frame, roles)
    return [evaluate(r).verdict for r in total_row_relations(table)]


def test_a_sum_that_holds_and_one_that_does_not() -> None:
    """8,650 + 13,916 = 22,566 (the first two kecamatan of Bolmong)."""
    rows = [("1", "8650"), ("2", "13916")]
    assert verdicts([*rows, ("Jumlah", "22566")]) == ["follows"]
    assert verdicts([*rows, ("Jumlah", "22656")]) == ["does not follow"]
    assert verdicts([("Jumlah", "22566"), *rows]) == ["follows"]


def test_sub_totals_and_a_grand_total() -> None:
    """Each sub-total sums its own rows; the grand total all rows or all sub-totals."""
    rows = [
        ("a", "1"),
        ("b", "2"),
        ("Sub jumlah", "3"),
        ("c", "4"),
        ("Sub jumlah", "4"),
        ("Jumlah", "7"),
    ]
    assert verdicts(rows) == ["follows", "follows", "follows"]
    assert verdicts([*rows[:-1], ("Jumlah", "8")])[-1] == "does not follow"


def test_rows_of_averages_are_left_out() -> None:
    """A row of averages is neither summed nor a sum."""
    assert verdicts([("a", "10"), ("b", "20"), ("Rata-rata", "15"), ("Jumlah", "30")]) == [
        "follows"
    ]


def test_a_blank_row_stops_the_sum() -> None:
    """Something is missing, so nothing is accused."""
    assert verdicts([("a", "10"), ("b", ""), ("Jumlah", "30")]) == ["not checkable"]


def test_rows_of_different_dates_are_not_added() -> None:
    """Counts of 2022 and 2023 make no sum."""
    rows = [("a", "10"), ("b", "20"), ("Jumlah", "35")]
    assert verdicts(rows, ["2022", "2023", "2023"]) == ["not checkable"]
    assert verdicts(rows, ["2023", "2023", "2023"]) == ["does not follow"]


def test_no_sum_row_no_check() -> None:
    """A table without a Jumlah row is not summed."""
    assert verdicts([("a", "10"), ("b", "20")]) == []
