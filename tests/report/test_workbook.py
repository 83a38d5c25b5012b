"""The workbook: its formulas recompute the printed figures, and nothing in it is dangerous."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_analytics.pipeline import run_period
from ektp_analytics.report.workbook import workbook_bytes, write_workbook

OFFICE = "soffice"
ELEMENTS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku",
            "pengaduan", "sarana")  # fmt: skip
# A value no formula of ours can give: what is read back instead was computed anew.
WITHOUT_VALUES = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")
# Five elements asked of 200 persons, answers adding up to 3,533: 3533 / 1000 × 25 is 88.325
# exactly and no binary number; half-up it is 88.33, half-even or cut 88.32.
TIED_SUM, TIED_N = 3_533, 200


def forms(rows: list[list[int | str]], names: tuple[str, ...] = ELEMENTS) -> str:
    """Write questionnaires as CSV."""
    lines = [",".join(names), *(",".join(map(str, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def tied() -> str:
    threes = 4 * 5 * TIED_N - TIED_SUM
    answers = [3] * threes + [4] * (5 * TIED_N - threes)
    return forms([answers[5 * k : 5 * k + 5] for k in range(TIED_N)], ELEMENTS[:5])


def cells(book: Any) -> dict[tuple[str, str], Any]:
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row}


def read(content: bytes, *, computed: bool) -> dict[tuple[str, str], Any]:
    return cells(openpyxl.load_workbook(BytesIO(content), data_only=computed))


def recomputed(contents: dict[str, bytes], folder: Path) -> dict[str, dict[tuple[str, str], Any]]:
    """Let LibreOffice compute every formula anew, its stored values taken out before."""
    if shutil.which(OFFICE) is None:
        pytest.skip("LibreOffice is not installed; it recomputes the formulas in this test")
    (folder / "baru").mkdir()
    for name, content in contents.items():
        with (
            zipfile.ZipFile(BytesIO(content)) as old,
            zipfile.ZipFile(folder / f"{name}.xlsx", "w") as new,
        ):
            for entry in old.infolist():
                new.writestr(entry.filename, WITHOUT_VALUES.sub(rb"\1", old.read(entry)))
    files = [str(folder / f"{name}.xlsx") for name in contents]
    kind = "xlsx:Calc MS Excel 2007 XML"
    target = str(folder / "baru")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", target, *files],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {n: read((folder / "baru" / f"{n}.xlsx").read_bytes(), computed=True) for n in contents}


def index_cell(values: dict[tuple[str, str], Any]) -> tuple[Any, Any]:
    """Return index and grade of the unit on the processing sheet."""
    place = next(k for k, v in values.items() if k[0] == "Pengolahan" and v == "IKM unit pelayanan")
    row = place[1].removeprefix("A")
    return values["Pengolahan", f"B{row}"], values["Pengolahan", f"C{row}"]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return bool(one == pytest.approx(other, rel=1e-9, abs=1e-9))
    return bool(one == other)


@pytest.fixture(scope="module")
def demo() -> Any:
    root = Path(__file__).parents[2]
    return run_period(root, "contoh", "2025-Q1")


def test_every_formula_recomputes_to_its_stored_value(
    sekadau: Any, demo: Any, office_run: Any, tmp_path: Path
) -> None:
    """LibreOffice, given no stored values, gets the figures the library computed.

    The 49 Sekadau rows give 78.74 (B); 3,533 points of 1,000 answers are 88.325 and round
    half-up to 88.33, an A (bands of PermenPAN-RB 14/2017).
    """
    runs = {"sekadau": sekadau, "contoh": demo, "seri": office_run(survey=tied()),
            "satu": office_run(survey=forms([[3] * 9]), period="2025-Q2")}  # fmt: skip
    contents = {name: workbook_bytes(run) for name, run in runs.items()}
    computed = recomputed(contents, tmp_path)
    for name, content in contents.items():
        stored, formulas = read(content, computed=True), read(content, computed=False)
        live = [k for k, v in formulas.items() if isinstance(v, str) and v.startswith("=")]
        assert len(live) > 60
        assert {k: computed[name][k] for k in live if not same(stored[k], computed[name][k])} == {}
    assert index_cell(computed["sekadau"]) == (78.74, "B")
    assert index_cell(computed["seri"]) == (88.33, "A")
    assert index_cell(computed["satu"]) == (75, "C")


def test_the_stored_index_is_the_printed_one(sekadau: Any) -> None:
    """A viewer that computes nothing shows 78.74 for the 49 Sekadau rows, in B."""
    stored = read(workbook_bytes(sekadau), computed=True)
    assert index_cell(stored) == (78.74, "B")
    overview = [v for k, v in stored.items() if k[0] == "Ringkasan"]
    assert 78.74 in overview
    assert "Mutu B · Baik" in overview


def test_the_same_run_gives_the_same_bytes(sekadau: Any) -> None:
    assert workbook_bytes(sekadau) == workbook_bytes(sekadau)


def test_what_remarks_on_sources_share_is_said_once(demo: Any) -> None:
    """The remarks on the made-up office's sources begin with the same sentence."""
    shared = "Data sintetis untuk peragaan"
    assert sum(words.startswith(shared) for words in demo.office.notices.values()) > 1
    values = read(workbook_bytes(demo), computed=True)
    said = [str(words) for (sheet, _), words in values.items() if sheet == "Ringkasan"]
    assert " ".join(said).count(shared) == 1


def test_words_that_look_like_formulas_stay_words(office_run: Any) -> None:
    """Names from files start with = + - @ or a tab; none becomes a formula (CWE-1236)."""
    evil = '=HYPERLINK("http://contoh.invalid";"klik")'
    follow_up = f'subject,action\n+waktu,"{evil.replace(chr(34), chr(34) * 2)}"\n@biaya,-1+1\n'
    content = workbook_bytes(
        office_run({"name": "=1+1", "short_name": "@uji"}, follow_up=follow_up)
    )
    book = openpyxl.load_workbook(BytesIO(content))
    found = [c for s in book for row in s.iter_rows() for c in row if c.value in (evil, "-1+1")]
    assert {c.value for c in found} == {evil, "-1+1"}
    assert all(c.data_type == "s" and c.quotePrefix for c in found)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n)
        links = [n for n in archive.namelist() if "_rels/sheet" in n]
    assert b"<f>HYPERLINK" not in text
    assert links == []


def test_the_document_names_the_office_and_nobody_else(sekadau: Any) -> None:
    properties = openpyxl.load_workbook(BytesIO(workbook_bytes(sekadau))).properties
    assert properties.creator == properties.lastModifiedBy == sekadau.office.name
    assert str(properties.created)[:10] == "2019-06-30"


def test_rows_carry_no_attribute_and_not_the_order_of_the_file(demo: Any) -> None:
    """Only nine answers a row, in another order than they were handed in (DESIGN of the annex)."""
    values = read(workbook_bytes(demo), computed=True)
    rows = [k[1] for k, v in values.items() if k[0] == "Pengolahan" and k[1][0] == "A" and v == 1]
    first = int(rows[0][1:])
    count = demo.data.tables["survey"].shape[0]
    printed = [values["Pengolahan", f"D{first + k}"] for k in range(20)]
    filed = demo.data.tables["survey"]["waktu"].head(20).tolist()
    assert count > 100
    assert printed != filed
    names = {str(v) for k, v in values.items() if k[0] == "Pengolahan"}
    assert not names & {"Laki-laki", "Perempuan", "SMA", "loket"}


def test_without_a_survey_there_is_no_processing_sheet_and_no_zero(office_run: Any) -> None:
    run = office_run(registrations="code,kecamatan,obligated,recorded\n99.02.01,Satu,100,90\n")
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(run)))
    assert "Pengolahan" not in book.sheetnames
    assert "Perekaman" in book.sheetnames
    told = [c.value for row in book["Ringkasan"].iter_rows() for c in row if c.value]
    assert any("belum dinilai: berkas survei SKM tidak disampaikan" in str(t) for t in told)


def test_every_sheet_prints_on_pages_as_wide_as_one(sekadau: Any) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(sekadau)))
    assert len(set(book.sheetnames)) == len(book.sheetnames)
    for sheet in book:
        assert sheet.print_area
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.right.text == "Halaman &P dari &N"
    assert book["Pengolahan"].freeze_panes.startswith("B")
    assert book["Pengolahan"].print_title_rows


@pytest.mark.parametrize("name", ["Kantor & <Contoh>", 'Dinas "Satu"', "مكتب السجل", "Kantor 🏛"])
def test_unusual_names_survive(office_run: Any, name: str, tmp_path: Path) -> None:
    run = office_run({"name": name}, survey=forms([[4] * 9] * 12))
    path = write_workbook(run, tmp_path / "hasil" / "lembar-kerja.xlsx", draft=True)
    book = openpyxl.load_workbook(path)
    assert name in str(book["Ringkasan"]["A2"].value)
    assert [p.name for p in path.parent.iterdir()] == ["lembar-kerja.xlsx"]
