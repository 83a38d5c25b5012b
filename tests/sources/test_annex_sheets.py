"""The processing sheet of PermenPAN-RB 14/2017 as offices lay it out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ektp_analytics.sources.published_tables import PublishedTable, read_published

Write = Callable[..., Path]
ELEMENTS = [f"U{i}" for i in range(1, 10)]
ANSWERS = [["1", *"433433433"], ["2", *"334434433"]]
FOOT = [
    ["Nilai/Unsur", *"767867866", ""],
    ["NRR/Unsur", "3,5", "3", "3,5", "4", "3", "3,5", "4", "3", "3", ""],
    ["NRR tertimbang/Unsur", *["0,37"] * 9, "*) 3,389"],
    ["IKM Unit Pelayanan", *[""] * 9, "**) 84,72"],
    ["Mutu Pelayanan : B", *[""] * 10],
    ["Jumlah responden", "2", *[""] * 9],
    ["Keterangan: NRR = nilai rata-rata", *[""] * 10],
]


@pytest.fixture
def table(write: Write) -> PublishedTable:
    rows = [["PENGOLAHAN SKM TAHUN 2024", *[""] * 10], ["No", *ELEMENTS, "Ket"]]
    rows += [[*a, ""] for a in ANSWERS] + FOOT
    return read_published(write("lembar.csv", rows))


def test_answers_and_foot_are_parted(table: PublishedTable) -> None:
    assert table.layout == "sheet"
    assert table.annex is not None
    assert table.annex.answers.to_numpy().tolist() == [list("433433433"), list("334434433")]
    assert list(table.annex.answers.index) == [3, 4]


def test_each_foot_row_is_known_by_its_words(table: PublishedTable) -> None:
    assert table.annex is not None
    kinds = table.annex.feet.groupby("row")["kind"].first().to_dict()
    assert kinds == {
        5: "sum", 6: "mean", 7: "weighted", 8: "index", 9: "grade", 10: "respondents",
    }  # fmt: skip


def test_marks_and_colons_are_no_part_of_a_figure(table: PublishedTable) -> None:
    assert table.annex is not None
    feet = table.annex.feet.set_index(["row", "column"])["text"]
    assert feet[7, "Ket"] == "3,389"
    assert feet[8, "Ket"] == "84,72"
    assert feet[9, "No"] == "B"


def test_a_table_of_means_is_no_sheet(write: Write) -> None:
    rows = [["Unit", *ELEMENTS, "IKM"], ["A", *["3,5"] * 9, "87,5"], ["Jumlah", *["3"] * 10]]
    assert read_published(write("a.csv", rows)).layout == "rows"


def test_answers_without_a_foot_hold_no_printed_figure(write: Write) -> None:
    annex = read_published(write("a.csv", [["No", *ELEMENTS], *ANSWERS])).annex
    assert annex is not None
    assert annex.feet.empty
