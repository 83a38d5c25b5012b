"""``ektp init`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Ektp = Callable[..., Any]

OFFICE = ("--office", "Disdukcapil Kabupaten Ogan Ilir", "--code", "16.10")

SURVEY = "Persyaratan,Prosedur,Kecepatan waktu,Biaya,Produk,Kompetensi,Perilaku,Pengaduan,Sarana\n"
SURVEY += "3,3,4,4,3,3,3,3,3\n"


def test_a_new_office_says_what_comes_next(ektp: Ektp, tmp_path: Path) -> None:
    answer = ektp("init", tmp_path / "kerja", *OFFICE)
    assert answer.code == 0
    assert "lengkapi" in answer.out and "office.yaml" in answer.out and "templat" in answer.out
    assert (tmp_path / "kerja" / "data" / "raw" / "ogan-ilir" / "office.yaml").is_file()
    english = ektp("init", tmp_path / "lain", *OFFICE, "--lang", "en")
    assert "Next: complete" in english.out


def test_json(ektp: Ektp, tmp_path: Path) -> None:
    record = ektp("init", tmp_path, *OFFICE, "--id", "oi", "--json").record
    assert record["ok"] is True and record["office"] == "oi"
    assert Path(record["folder"]).name == "oi"


def test_an_own_export_shows_the_mapping(ektp: Ektp, tmp_path: Path) -> None:
    own = tmp_path / "ekspor.csv"
    own.write_text(SURVEY, encoding="utf-8")
    answer = ektp("init", tmp_path / "kerja", *OFFICE, "--from", own)
    assert answer.code == 0
    assert "survey" in answer.out and "Kecepatan waktu" in answer.out


def test_what_is_needed_is_asked_for(ektp: Ektp, tmp_path: Path) -> None:
    assert "--office" in ektp("init", tmp_path).err
    assert "--code" in ektp("init", tmp_path, "--office", "Dinas X").err
    assert "--id" in ektp("init", tmp_path, "--templates").err
    assert ektp("init", tmp_path).code == 2


def test_refusals_are_one_object(ektp: Ektp, tmp_path: Path) -> None:
    ektp("init", tmp_path, *OFFICE)
    answer = ektp("init", tmp_path, *OFFICE, "--json")
    assert answer.code == 1 and answer.rules == ["office_exists"]


def test_templates_can_be_written_again(ektp: Ektp, tmp_path: Path) -> None:
    ektp("init", tmp_path, *OFFICE)
    template = tmp_path / "data" / "raw" / "ogan-ilir" / "templat" / "survey.xlsx"
    template.unlink()
    assert ektp("init", tmp_path, "--templates", "--id", "ogan-ilir").code == 0
    assert template.is_file()
    unknown = ektp("init", tmp_path, "--templates", "--id", "tidak-ada", "--json")
    assert unknown.code == 1 and unknown.rules == ["office_unknown"]
