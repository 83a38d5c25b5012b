"""Which checks an index row is given."""

import pandas as pd

from ektp_analytics.measures.index_relations import IndexGroup
from ektp_analytics.measures.mean_judges import AnswerScale
from ektp_analytics.measures.printed_table import PrintedTable
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
