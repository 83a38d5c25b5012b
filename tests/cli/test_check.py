"""``ektp check`` on files, periods, offices and workspaces."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]

ELEMENTS = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan",
    "sarana",
)  # fmt: skip
SURVEY = ",".join(ELEMENTS) + "\n3,3,3,4,3,3,3,3,3\n4,3,4,4,3,4,3,3,4\n"
PROFILE = 'id: {id}\nname: Disdukcapil Contoh\nregion: Kabupaten Contoh\ncode: "{code}"\n'


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make a workspace with one office and one clean survey; return the office's folder."""
    return _office(tmp_path, "satu", "16.07")


def _office(root: Path, office_id: str, code: str) -> Path:
    folder = root / "data" / "raw" / office_id
    (folder / "2025-Q1").mkdir(parents=True)
    (folder / "office.yaml").write_text(PROFILE.format(id=office_id, code=code), encoding="utf-8")
    (folder / "2025-Q1" / "survey.csv").write_text(SURVEY, encoding="utf-8")
    return folder


def test_a_clean_file_outside_a_workspace(ektp: Ektp, tmp_path: Path) -> None:
    path = tmp_path / "isian.csv"
    path.write_text(SURVEY, encoding="utf-8")
    answer = ektp("check", path, "--json")
    assert answer.code == 0
    assert answer.record["ok"] is True
    assert answer.record["files"] == [
        {"file": "isian.csv", "source": "survey", "read": 2, "kept": 2, "rejected": 0, "repeats": 0}
    ]
    assert "Tidak ada kesalahan." in ektp("check", path).out


def test_an_error_finding_gives_exit_1_and_the_whole_account(ektp: Ektp, tmp_path: Path) -> None:
    path = tmp_path / "isian.csv"
    path.write_text(SURVEY + "5,3,3,4,3,3,3,3,3\n", encoding="utf-8")
    answer = ektp("check", path, "--json")
    assert answer.code == 1
    assert answer.record["ok"] is False
    assert answer.record["files"][0]["read"] == 3
    finding = next(f for f in answer.record["findings"] if f["severity"] == "error")
    assert (finding["row"], finding["column"], finding["value"]) == (4, "persyaratan", "5")
    assert finding.keys() >= {
        "severity", "source", "file", "sheet", "row", "column", "value", "rule", "message",
        "remedy", "count",
    }  # fmt: skip


def test_alike_findings_are_gathered_for_people(ektp: Ektp, tmp_path: Path) -> None:
    path = tmp_path / "isian.csv"
    path.write_text(SURVEY + "5,3,3,4,3,3,3,3,3\n" * 6, encoding="utf-8")
    answer = ektp("check", path)
    assert answer.code == 1
    assert "… dan 3 temuan yang sama, baris 7, 8, 9" in answer.err
    assert "Ada 6 kesalahan yang harus diperbaiki." in answer.out


def test_a_source_can_be_told(ektp: Ektp, tmp_path: Path) -> None:
    path = tmp_path / "isian.csv"
    path.write_text(SURVEY, encoding="utf-8")
    assert ektp("check", path, "--source", "survey").code == 0
    unknown = ektp("check", path, "--source", "survei", "--json")
    assert unknown.code == 1 and unknown.rules == ["source_unknown"]


@pytest.mark.parametrize("part", ["2025-Q1/survey.csv", "2025-Q1", "", "..", "../.."])
def test_any_part_of_a_workspace_can_be_checked(ektp: Ektp, office: Path, part: str) -> None:
    answer = ektp("check", office / part, "--json")
    assert answer.code == 0
    (account,) = answer.record["files"]
    assert account["file"].endswith("survey.csv")
    assert (account["source"], account["read"]) == ("survey", 2)


def test_the_profile_says_how_its_files_are_read(ektp: Ektp, office: Path) -> None:
    survey = office / "2025-Q1" / "survey.csv"
    survey.write_text(SURVEY.replace("waktu", "lekas?"), encoding="utf-8")
    profile = office / "office.yaml"
    profile.write_text(profile.read_text("utf-8") + 'mapping: {survey: {waktu: "lekas?"}}\n')
    for path in (survey, office):
        answer = ektp("check", path, "--json")
        assert "element_missing" not in answer.rules


def test_files_no_report_would_read_are_told(ektp: Ektp, office: Path) -> None:
    (office / "2025-Q1" / "survei baru.csv").write_text(SURVEY, encoding="utf-8")
    (office / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (office / "2025 lama").mkdir()
    (office / "2025-Q1" / "survey.csv.source.yaml").write_text("producer: …\n", encoding="utf-8")
    answer = ektp("check", office, "--json")
    assert answer.code == 0
    by_rule = {f["rule"]: f["file"] for f in answer.record["findings"]}
    assert by_rule["file_not_named_for_source"].endswith("2025-Q1/survei baru.csv")
    assert by_rule["file_outside_period"].endswith("satu/survey.csv")
    assert by_rule["folder_not_period"].endswith("satu/2025 lama")


def test_a_misspelt_entry_of_the_profile_is_told_with_its_line(ektp: Ektp, office: Path) -> None:
    profile = office / "office.yaml"
    profile.write_text(profile.read_text("utf-8") + "kecamatn: []\n", encoding="utf-8")
    answer = ektp("check", office, "--json")
    finding = next(f for f in answer.record["findings"] if f["rule"] == "profile_entry_unknown")
    assert finding["row"] == 5
    assert "kecamatan" in finding["remedy"]


def test_a_wrong_profile_is_told_and_the_other_offices_are_checked(
    ektp: Ektp, office: Path, tmp_path: Path
) -> None:
    _office(tmp_path, "dua", "16.08")
    (office / "office.yaml").write_text("id: satu\ncode: 16.07\n", encoding="utf-8")
    answer = ektp("check", tmp_path, "--json")
    assert answer.code == 1
    assert "profile_entry_wrong" in answer.rules and "profile_entry_missing" in answer.rules
    assert [account["file"] for account in answer.record["files"]] == [
        "data/raw/dua/2025-Q1/survey.csv"
    ]


def test_two_offices_may_not_share_a_code(ektp: Ektp, office: Path, tmp_path: Path) -> None:
    _office(tmp_path, "dua", "16.07")
    answer = ektp("check", tmp_path / "data" / "raw", "--json")
    assert answer.code == 1
    finding = next(f for f in answer.record["findings"] if f["rule"] == "office_code_shared")
    assert "dua, satu" in finding["message"]


def test_a_period_under_an_alias_names_the_canonical_folder(ektp: Ektp, office: Path) -> None:
    (office / "2025-Q1").rename(office / "2025-TW1")
    answer = ektp("check", office, "--json")
    assert answer.code == 1
    assert answer.rules == ["period_folder_alias"]
    assert "2025-Q1" in answer.record["findings"][0]["remedy"]


def test_a_folder_outside_a_workspace(ektp: Ektp, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "survei.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "~$survei.xlsx").write_bytes(b"kunci")
    (tmp_path / "catatan.docx").write_bytes(b"bukan data")
    answer = ektp("check", tmp_path, "--json")
    assert [account["file"] for account in answer.record["files"]] == [
        "a/survei.csv", "b/survei.csv",
    ]  # fmt: skip


def test_a_folder_without_data_is_refused(ektp: Ektp, tmp_path: Path) -> None:
    answer = ektp("check", tmp_path, "--json")
    assert answer.code == 1 and answer.rules == ["folder_without_files"]


def test_the_letter_is_named_and_the_exit_code_stays(
    ektp: Ektp, office: Path, tmp_path: Path
) -> None:
    (office / "2025-Q1" / "survey.csv").write_text(SURVEY + "7,3,3,4,3,3,3,3,3\n", encoding="utf-8")
    answer = ektp("check", office / "2025-Q1", "--letter", "--json")
    assert answer.code == 1
    letter = Path(answer.record["letter"])
    assert letter == tmp_path / "reports" / "satu" / "2025-Q1" / "surat-perbaikan-data.docx"
    assert letter.read_bytes()[:2] == b"PK"
    named = tmp_path / "kirim.docx"
    shown = ektp("check", office / "2025-Q1", "--output", named)
    assert f"Surat perbaikan data: {named}" in shown.out and named.is_file()


def test_a_copied_file_is_told(ektp: Ektp, office: Path) -> None:
    copy = office / "2025-Q1" / "survey (1).csv"
    copy.write_bytes((office / "2025-Q1" / "survey.csv").read_bytes())
    answer = ektp("check", office, "--json")
    assert answer.code == 1
    assert "file_is_copy" in answer.rules
    assert len(answer.record["files"]) == 2


def test_english_is_english_throughout(ektp: Ektp, tmp_path: Path) -> None:
    path = tmp_path / "isian.csv"
    path.write_text(SURVEY + "5,3,3,4,3,3,3,3,3\n" * 5, encoding="utf-8")
    answer = ektp("check", path, "--lang", "en")
    shown = answer.out + answer.err
    assert "There are 5 errors to correct." in shown and "row 4" in shown
    for word in ("berkas", "dibaca", "baris", "KESALAHAN", "Periksa"):
        assert word not in shown
