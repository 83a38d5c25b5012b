"""Recaps for portals: every figure once, marked as unverified, no formula."""

import csv
from pathlib import Path
from typing import Any

import openpyxl

from ektp_analytics.report.uploads import guarded, write_uploads


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_the_recap_holds_the_index_and_says_that_its_shape_is_unverified(
    sekadau: Any, tmp_path: Path
) -> None:
    """49 respondents, 78.74, B: the Sekadau rows."""
    files = write_uploads(sekadau, tmp_path)
    assert [f.name for f in files] == ["rekap-skm.csv", "rekap-skm.xlsx", "rtl.csv"]
    recap = rows(files[0])
    assert "belum diverifikasi" in recap[0][0]
    values = {(row[0], row[1]): row[2] for row in recap[2:]}
    assert values["Hasil unit", "IKM"] == "78,74"
    assert values["Hasil unit", "Mutu"] == "B"
    assert values["Responden", "Jumlah responden"] == "49"
    assert sum(name == "NRR" for _, name in values) == 9
    assert len(values) == len(recap) - 2


def test_the_workbook_holds_the_same_figures_as_numbers(sekadau: Any, tmp_path: Path) -> None:
    files = write_uploads(sekadau, tmp_path)
    sheet = openpyxl.load_workbook(files[1]).active
    found = {(r[0].value, r[1].value): r[2].value for r in sheet.iter_rows()}
    assert found["Hasil unit", "IKM"] == 78.74
    assert found["Responden", "Jumlah responden"] == 49


def test_the_plan_is_marked_too_and_there_without_a_survey(office_run: Any, tmp_path: Path) -> None:
    run = office_run(registrations="code,kecamatan,obligated,recorded\n99.02.01,A,100,90\n")
    (plan,) = write_uploads(run, tmp_path)
    lines = rows(plan)
    assert plan.name == "rtl.csv"
    assert "belum diverifikasi" in lines[0][0]
    assert [line[0] for line in lines[2:]] == [str(k) for k in range(1, len(lines) - 1)]


def test_no_cell_starts_like_a_formula() -> None:
    """OWASP, CSV injection: an apostrophe before = + - @, tab and carriage return."""
    assert guarded("=1+1") == "'=1+1"
    assert guarded("@nama") == "'@nama"
    assert guarded("–") == "–"
    assert guarded("84,10") == "84,10"
