"""A file audited from its cells to its verdicts.

The accusations of the collected tables are computed by hand in
``tests/measures/test_published_figures.py`` and ``test_figure_list.py``.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.measures.printed_number import half_up
from ektp_analytics.pipeline.audit import audit_published, grade_bands

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
PRESS = "ktp_el_recording_published_figures.csv"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Write rows of cells as a CSV file with semicolons, as Excel does in Indonesia."""

    def written(*rows: list[str]) -> Path:
        path = tmp_path / "tabel.csv"
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        return path

    return written


@needs_data
def test_the_press_table() -> None:
    """223,445 - 168,160 = 55,285 and 2,476,092 - 2,319,656 = 156,436; nothing else is wrong."""
    result = audit_published(SHARED / PRESS)
    assert {(c.row, c.column, c.recomputed) for c in result.accused} == {
        (16, "belum_rekam", 55285), (17, "belum_rekam", 156436),
    }  # fmt: skip


@needs_data
def test_the_registration_table() -> None:
    """All fifteen KIA percentages, and no other figure."""
    result = audit_published(SHARED / "bolmong_2021_kecamatan_registration.csv")
    assert Counter(c.column for c in result.accused) == {"pct_kia_published": 15}


@needs_data
def test_the_index_rows() -> None:
    """Nothing is accused; the letter A of 97.22 lies in the band of 2025."""
    result = audit_published(SHARED / "skm_published_indices.csv")
    assert result.ok
    grades = {(c.row, c.verdict) for c in result.checks if c.check == "grade"}
    assert grades == {(2, "follows"), (3, "follows")}


@needs_data
def test_a_mapping_that_says_what_is_recognised_changes_nothing() -> None:
    pairs = [("total", "wajib_ktp"), ("part", "sudah_rekam"), ("percent", "pct_published"),
             ("complement", "belum_rekam")]  # fmt: skip
    plain = {(c.row, c.column) for c in audit_published(SHARED / PRESS).accused}
    assert {(c.row, c.column) for c in audit_published(SHARED / PRESS, pairs).accused} == plain


def test_the_case_study() -> None:
    """Of the eleven figures four are accused; see the test of the list for the arithmetic."""
    result = audit_published(ROOT / "data/raw/banyuasin/2017-Q4/published_figures.csv")
    assert {(c.printed, c.check) for c in result.accused} == {
        ("1.325.996", "bound"), ("8,98%", "percent"), ("106,51", "whole_count"),
        ("23 %", "percent"),
    }  # fmt: skip


def test_headers_nobody_knows_with_a_mapping(table: Table) -> None:
    """700 of 800 is 87.5 %, printed 85.7: two digits swapped."""
    path = table(["X", "Y", "Z"], ["800", "700", "85,7"])
    with pytest.raises(Refused, match="--map"):
        audit_published(path)
    pairs = [("total", "X"), ("part", "Y"), ("percent", "Z")]
    (check,) = audit_published(path, pairs).accused
    assert check.recomputed == 87.5
    assert ("87,5", "digits swapped") in {(r.would_be, r.slip) for r in check.repairs}


def test_shares_printed_behind_their_counts(table: Table) -> None:
    """127.682 of 1.560.211 is 8.18 %; 8,98 is not what 1.325.996 is of it (84.99)."""
    path = table(
        ["Kecamatan", "Wajib KTP", "Sudah Rekam", "Belum Rekam"],
        ["A", "1.560.211", "1.325.996 (8,98%)", "234.215 (15,01%)"],
    )
    assert {c.column for c in audit_published(path).accused} == {"Sudah Rekam (%)"}


def test_a_total_that_serves_two_groups(table: Table) -> None:
    """650 of 700 hold a card: 92.9 %, whatever was recorded (public case R01)."""
    path = table(
        ["Kecamatan", "Wajib KTP", "Sudah Rekam", "% Sudah Rekam", "Memiliki KTP-el",
         "% Memiliki KTP-el"],
        ["A", "700", "690", "98,6", "650", "92,9"], ["B", "700", "690", "98,6", "650", "95,0"],
    )  # fmt: skip
    result = audit_published(path)
    assert [(c.row, c.column) for c in result.accused] == [(3, "% Memiliki KTP-el")]


def test_a_column_that_is_not_known_is_not_checked(table: Table) -> None:
    path = table(["Kecamatan", "Wajib KTP", "Sudah Rekam", "Rumah"], ["A", "10", "9", "4"])
    (check,) = [c for c in audit_published(path).checks if c.check == "column"]
    assert (check.column, check.verdict) == ("Rumah", "not checkable")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["Wajib KTP", "Sudah Rekam", "%"], ["100", "", "90"]], "Sudah Rekam"),
        ([["Sudah Rekam", "%"], ["90", "90"]], "jumlah seluruhnya"),
        ([["Wajib KTP", "Sudah Rekam", "%"], ["100", "90", "hampir semua"]], "hampir semua"),
        ([["Rata-rata", "Jumlah Responden"], ["3,48", ""]], "Jumlah Responden"),
        ([["Wajib KTP", "Wajib KTP-el", "Sudah Rekam", "%"], ["100", "200", "90", "77"]],
         "Wajib KTP, Wajib KTP-el"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_accused(
    table: Table, rows: list[list[str]], why: str
) -> None:
    """A blank count, no total, a percentage in words, n missing, two candidate totals."""
    result = audit_published(table(*rows))
    assert result.ok
    assert any(why in str(c.explanation) for c in result.checks if c.verdict == "not checkable")


@pytest.mark.parametrize(
    "rows", [[["Wajib KTP", "Sudah Rekam"]], [["Wajib KTP", "Sudah Rekam"], ["", "-"]]]
)
def test_a_table_without_figures_is_refused(table: Table, rows: list[list[str]]) -> None:
    with pytest.raises(Refused):
        audit_published(table(*rows))


def test_the_letter_is_judged_by_the_scheme_of_its_date(table: Table) -> None:
    """82.00 was A until May 2017 (81.26 up) and is B since (76.61 to 88.30); public case C10."""
    rows = [["2013", "82,00", "A"], ["2025", "82,00", "A"], ["2025", "82,00", "B"]]
    result = audit_published(table(["Tahun", "IKM", "Mutu"], *rows))
    assert [c.verdict for c in result.checks if c.check == "grade"] == [
        "follows", "does not follow", "follows",
    ]  # fmt: skip


def test_the_bands_are_those_of_the_regulations() -> None:
    """KepmenPAN 25/2004 and PermenPAN-RB 14/2017, four bands each, dated."""
    schemes = {(b.scheme, b.valid_from is None or b.valid_from.year) for b in grade_bands()}
    assert schemes == {("KepmenPAN 25/2004", 2004), ("PermenPAN-RB 14/2017", 2017)}
    assert len(grade_bands()) == 8


def test_the_processing_sheet_of_sekadau(table: Table) -> None:
    """49 published rows; sums by hand, index 79.42…: a foot computed from them follows."""
    source = (ROOT / "data/raw/sekadau/2019-S1/survey.csv").read_text(encoding="utf-8")
    answers = [line.split(",") for line in source.splitlines()[1:]]
    sums = [sum(int(row[i]) for row in answers) for i in range(1, 10)]
    index = half_up(Fraction(sum(sums) * 25, 9 * len(answers)), 2)
    printed = f"{float(index):.2f}".replace(".", ",")
    foot = [["Nilai per unsur", *map(str, sums), ""], ["IKM", *[""] * 9, printed]]
    header = ["No", *[f"U{i}" for i in range(1, 10)], "Ket"]
    rows = [header, *[[*row, ""] for row in answers]]
    assert audit_published(table(*rows, *foot)).ok
    wrong = [foot[0], ["IKM", *[""] * 9, printed[::-1]]]
    assert not audit_published(table(*rows, *wrong)).ok
