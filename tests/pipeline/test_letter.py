"""Where the letter of correction goes: never among the raw files."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.pipeline.data_files import check_path
from ektp_analytics.pipeline.letter import LETTER_NAME, write_letter

HEADER = "persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,pengaduan,sarana"
SURVEY = f"{HEADER}\n3,3,3,4,3,3,3,3,3\n3,3,7,4,3,3,3,3,3\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make a workspace with one office and one wrong survey."""
    folder = tmp_path / "data" / "raw" / "satu"
    (folder / "2025-Q1").mkdir(parents=True)
    (folder / "office.yaml").write_text(
        'id: satu\nname: Dinas\nregion: Kabupaten\ncode: "16.07"\n', encoding="utf-8"
    )
    (folder / "2025-Q1" / "survey.csv").write_text(SURVEY, encoding="utf-8")
    return folder


def _raw(office: Path) -> list[Path]:
    return sorted(office.rglob("*"))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("2025-Q1/survey.csv", "reports/satu/2025-Q1"),
        ("2025-Q1", "reports/satu/2025-Q1"),
        ("", "reports/satu"),
        ("..", "reports"),
    ],
)
def test_inside_a_workspace_it_goes_to_the_reports(
    office: Path, tmp_path: Path, part: str, place: str
) -> None:
    before = _raw(office)
    path = office / part
    assert write_letter(path, check_path(path)) == tmp_path / place / LETTER_NAME
    assert (tmp_path / place / LETTER_NAME).is_file()
    assert _raw(office) == before


def test_a_wrong_profile_is_in_the_letter_not_in_its_way(office: Path, tmp_path: Path) -> None:
    (office / "office.yaml").write_text("id: satu\n", encoding="utf-8")
    letter = write_letter(office, check_path(office))
    assert letter == tmp_path / "reports" / "satu" / LETTER_NAME


def test_outside_it_goes_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "survei.csv"
    path.write_text(SURVEY, encoding="utf-8")
    assert write_letter(path, check_path(path)) == tmp_path / LETTER_NAME


def test_a_file_or_folder_can_be_named(office: Path, tmp_path: Path) -> None:
    checked = check_path(office)
    assert write_letter(office, checked, tmp_path) == tmp_path / LETTER_NAME
    named = tmp_path / "surat" / "ke-loket.docx"
    assert write_letter(office, checked, named) == named
    assert [p.name for p in named.parent.iterdir()] == ["ke-loket.docx"]


def test_a_place_that_cannot_be_written_is_one_sentence(office: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_letter(office, check_path(office), tmp_path / "berkas" / "surat.docx")
    assert refused.value.findings[0].rule == "folder_not_writable"
