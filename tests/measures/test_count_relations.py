"""Which checks a row of counts is given, and on which figures."""

import pandas as pd

from ektp_analytics.measures.count_relations import CountGroup
from ektp_analytics.measures.printed_table import PrintedTable
from ektp_analytics.measures.relation import Relation, evaluate

ROLES = {
    "w": "total",
    "r": "part",
    "pr": "percent",
    "b": "complement",
    "pb": "complement_percent",
    "pop": "population",
}


def relations(row: dict[str, str], roles: dict[str, str] | None = None) -> list[Relation]:
    table = PrintedTable.from_frame(pd.DataFrame([row]), roles or ROLES)
    return list(CountGroup(table, table.rows[0], "").relations())


def test_a_full_row_has_every_check() -> None:
    """Complement, both percentages, their sum, and a bound for each count."""
    row = {"w": "1000", "r": "900", "pr": "90", "b": "100", "pb": "10", "pop": "1500"}
    found = relations(row)
    assert [r.check for r in found] == [
        "complement",
        "percent",
        "complement_percent",
        "percent_sum",
        "bound",
        "bound",
        "bound",
    ]
    assert {evaluate(r).verdict for r in found} == {"follows"}


def test_the_place_is_the_figure_checked() -> None:
    """A complement is checked where it stands, with the total and the part."""
    (check,) = [r for r in relations({"w": "10", "r": "7", "b": "4"}) if r.check == "complement"]
    assert (check.row, check.column, check.printed) == (2, "b", "4")
    assert [f.column for f in check.figures] == ["b", "w", "r"]


def test_a_missing_count_is_taken_from_the_other() -> None:
    """No recorded count: the percentage rests on the total less the rest (2021-S2)."""
    row = {"w": "198628692", "r": "", "pr": "99.21", "b": "1569178"}
    (check,) = [r for r in relations(row) if r.check == "percent"]
    assert [f.column for f in check.figures] == ["pr", "b", "w"]
    assert evaluate(check).verdict == "rounded"


def test_men_and_women_make_the_population() -> None:
    """Without a total of its own, a group of parts is summed against the population."""
    roles = {"l": "part", "p": "part", "pop": "population"}
    (check,) = relations({"l": "5941", "p": "5431", "pop": "11372"}, roles)
    assert (check.check, check.column) == ("parts", "pop")
    assert evaluate(check).verdict == "follows"


def test_a_count_that_lost_a_digit_is_no_count() -> None:
    """106,51 beside 1.325.996 is impossible as printed (the paper)."""
    row = {"w": "1.325.996", "b": "106,51"}
    (check,) = [r for r in relations(row) if r.check == "whole_count"]
    assert evaluate(check).verdict == "impossible"


def test_decimals_throughout_are_a_unit_not_a_slip() -> None:
    """A row wholly in thousands is checked as such."""
    found = relations({"w": "586,2", "r": "550,1", "b": "36,1", "pr": "93,84"})
    assert "whole_count" not in {r.check for r in found}
    assert {evaluate(r).verdict for r in found} <= {"follows", "rounded"}


def test_percentages_pair_with_parts_in_order() -> None:
    """Three parts with three percentages; with two it is not told which part is meant."""
    row = {"t": "17", "a": "12", "b": "4", "c": "1", "pa": "70,6", "pb": "23,5", "pc": "5,9"}
    roles = {"t": "total", "a": "part", "b": "part", "c": "part"} | dict.fromkeys(
        ("pa", "pb", "pc"), "percent"
    )
    verdicts = [evaluate(r).verdict for r in relations(row, roles) if r.check == "percent"]
    assert verdicts == ["rounded"] * 3
    roles.pop("pc")
    two = relations(row | {"pb": "50"}, roles)
    assert [evaluate(r).verdict for r in two if r.check == "percent"] == [
        "rounded",
        "not checkable",
    ]
