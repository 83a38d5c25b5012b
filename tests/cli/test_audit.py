"""``ektp audit`` as it is called: the JSON object, the exit code, the table for people."""

import json
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.cli.main import run

KEYS = {"check", "place", "printed", "recomputed", "verdict", "explanation", "repairs"}
CLEAN = "Kecamatan,Wajib KTP,Sudah Rekam,Belum Rekam\nA,1000,900,100\n"
WRONG = "Kecamatan,Wajib KTP,Sudah Rekam,Belum Rekam\nA,223445,168160,55258\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tabel.csv"
    path.write_text(WRONG, encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = run(["audit", *arguments, "--json"])
    printed = capsys.readouterr().out
    return code, json.loads(printed)


def test_the_object_of_the_contract(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """223,445 - 168,160 = 55,285; exit 0 although the figure does not follow."""
    code, found = answer(capsys, str(file))
    assert code == 0
    assert set(found) == {"ok", "checks"}
    assert found["ok"] is False
    (check,) = [c for c in found["checks"] if c["verdict"] == "does not follow"]
    assert set(check) == KEYS
    assert check["place"] == "baris 2, kolom Belum Rekam"
    assert check["recomputed"] == 55285
    assert check["repairs"] == [
        {"place": "baris 2, kolom Belum Rekam", "printed": "55258", "would_be": "55285",
         "slip": "digits swapped"}
    ]  # fmt: skip


def test_every_null_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("Wajib KTP,Sudah Rekam,%\n100,,90\n", encoding="utf-8")
    _, found = answer(capsys, str(path))
    nulls = [c for c in found["checks"] if c["recomputed"] is None]
    assert nulls
    assert all(c["reasons"] == {"recomputed": c["explanation"]} for c in nulls)


def test_a_role_may_be_mapped_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """900 + 130 is not 1,000 (public case R07)."""
    path = tmp_path / "tabel.csv"
    path.write_text("X,Y,Z\n1000,900,130\n", encoding="utf-8")
    code, found = answer(
        capsys, str(path), "--map", "total=X", "--map", "part=Y", "--map", "part=Z"
    )
    assert code == 0
    assert [c["check"] for c in found["checks"] if c["verdict"] == "does not follow"] == ["parts"]


@pytest.mark.parametrize("content", ["", "Wajib KTP,Sudah Rekam\n", "Wajib KTP,Sudah Rekam\n-,\n"])
def test_no_figures_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text(content, encoding="utf-8")
    code, found = answer(capsys, str(path))
    assert code == 1
    assert found["ok"] is False
    assert found["findings"][0]["remedy"]


def test_an_unknown_header_exits_1_and_names_those_there_are(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = answer(capsys, str(file), "--map", "total=Wajib")
    assert code == 1
    assert "Sudah Rekam" in found["findings"][0]["message"]


def test_a_pair_without_an_equals_sign_is_wrong_usage(file: Path) -> None:
    assert run(["audit", str(file), "--map", "total"]) == 2


def test_for_people_in_both_languages(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(file)]) == 0
    indonesian = capsys.readouterr().out
    assert "tidak sesuai" in indonesian
    assert "dua angka berdampingan tertukar" in indonesian
    assert run(["audit", str(file), "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "does not follow" in english
    assert "baris" not in english


def test_a_clean_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text(CLEAN, encoding="utf-8")
    code, found = answer(capsys, str(path))
    assert (code, found["ok"]) == (0, True)
