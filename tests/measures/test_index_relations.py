"""Which checks an index row is given."""

import pandas as pd

from ektp_analytics.measures.index_relations import IndexGroup
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_table import PrintedTable
from ektp_analytics.measures.published_figures import audit_table
from ektp_analytics.measures.relation import Relation, evaluate


def relations(row: dict[str, str], roles: dict[str, str]) -> list[Relation]:
    table = PrintedTable.from_frame(pd.DataFrame([row]), roles)
    return list(IndexGroup(table, table.rows[0], "", AnswerScale(1, 4), ()).relations())


ELEMENTS = {f"u{i}": "element" for i in range(1, 10)}


def test_elements_are_tested_one_by_one() -> None:
    """Nine means of 20 answers: 3.48 is impossible, 3.45 is not."""
    row = {f"u{i}": "3,45" for i in range(1, 9)} | {"u9": "3,48", "n": "20"}
    found = relations(row, ELEMENTS | {"n": "n"})
    verdicts = {r.column: evaluate(r).verdict for r in found if r.check == "mean"}
    assert verdicts.pop("u9") == "impossible"
    assert set(verdicts.values()) == {"follows"}


def test_a_missing_element_stops_the_index() -> None:
    """Eight of nine means: the index is not recomputed, and the reason is given."""
    row = {f"u{i}": "3,45" for i in range(1, 9)} | {"u9": "", "i": "80,00"}
    (check,) = [r for r in relations(row, ELEMENTS | {"i": "index"}) if r.check == "index"]
    assert evaluate(check).verdict == "not checkable"


def test_a_missing_n_is_named() -> None:
    """The mean is printed, the number of answers is not."""
    (check,) = [r for r in relations({"m": "3,48"}, {"m": "mean"}) if r.check == "mean"]
    assert "jumlah responden" in str(evaluate(check).explanation)


def test_without_bands_no_letter_is_judged() -> None:
    """The bands come from the regulation; without them there is nothing to hold a letter to."""
    found = relations({"i": "80,00", "g": "A"}, {"i": "index", "g": "grade"})
    assert [evaluate(r).verdict for r in found if r.check == "grade"] == ["not checkable"]


def test_elements_on_the_scale_of_the_index() -> None:
    """(85.25 + 82.50 + 90.00) / 3 = 85.9167: 85.92 follows, 89.52 does not; no mean is accused.

    An element of 8.525 among them is impossible on the scale 25 to 100.
    """
    header = {"a": "element", "b": "element", "c": "element", "i": "index"}
    rows = [
        {"a": "85,25", "b": "82,50", "c": "90,00", "i": "85,92"},
        {"a": "85,25", "b": "82,50", "c": "90,00", "i": "89,52"},
        {"a": "8,525", "b": "82,50", "c": "90,00", "i": ""},
    ]
    result = audit_table(PrintedTable.from_frame(pd.DataFrame(rows), header))
    assert [(c.row, c.column) for c in result.accused] == [(3, "i"), (4, "a")]
    repairs = {(r.would_be, r.slip) for c in result.accused for r in c.repairs}
    assert {("85,92", "digits swapped"), ("85,25", "decimal mark")} <= repairs
