"""Exit codes and refusals: whatever is given, one sentence or one object, never a traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.cli import app

Ektp = Callable[..., Any]

EKTP = (sys.executable, "-c", "from ektp_analytics.cli import main; main()")
SINGLE_FILE = {
    "skm": ("skm",),
    "times": ("times", "--as-of", "2025-01-31"),
    "coverage": ("coverage",),
    "check": ("check",),
}
HEADER = "persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,pengaduan,sarana"


def _bad_file(kind: str, folder: Path) -> Path:
    """Make a file of one unusable kind."""
    path = folder / f"{kind}.csv"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "blank":
        path.write_text("\n\n \n", encoding="utf-8")
    elif kind == "header_only":
        path.write_text(HEADER + ",complete_at,printed_at,Kecamatan,Wajib KTP\n", encoding="utf-8")
    elif kind == "prose":
        path.write_text("Ini surat biasa.\nTidak ada tabel di sini.\n", encoding="utf-8")
    elif kind == "picture":
        path = folder / "gambar.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    elif kind == "not_a_workbook":
        path = folder / "rekap.xlsx"
        path.write_bytes(b"bukan buku kerja")
    elif kind == "folder":
        path = folder / "isi"
        path.mkdir()
    return path


@pytest.mark.parametrize(
    "kind",
    ["missing", "empty", "blank", "header_only", "prose", "picture", "not_a_workbook", "folder"],
)
@pytest.mark.parametrize("command", SINGLE_FILE)
def test_an_unusable_file_is_refused_in_one_object(
    ektp: Ektp, tmp_path: Path, command: str, kind: str
) -> None:
    path = _bad_file(kind, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    answer = ektp(*SINGLE_FILE[command], path, "--json")
    assert answer.code == 1
    found = answer.record
    assert found["ok"] is False
    assert found["findings"], "a refusal says why"
    for finding in found["findings"]:
        assert finding["message"] and finding["remedy"]
    told = " ".join(f"{f['file']} {f['message']}" for f in found["findings"])
    assert path.name in told
    assert answer.err == ""
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", SINGLE_FILE)
def test_people_read_the_refusal_on_standard_error(
    ektp: Ektp, tmp_path: Path, command: str
) -> None:
    answer = ektp(*SINGLE_FILE[command], tmp_path / "tidak-ada.csv")
    assert answer.code == 1
    assert answer.out == ""
    assert "KESALAHAN" in answer.err and "tidak-ada.csv" in answer.err
    english = ektp(*SINGLE_FILE[command], tmp_path / "tidak-ada.csv", "--lang", "en")
    assert "ERROR" in english.err and "was not found" in english.err


def test_no_single_file_command_writes_a_file(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "survei.csv"
    path.write_text(f"{HEADER}\n3,3,3,4,3,3,3,3,3\n", encoding="utf-8")
    for command in ("skm", "check"):
        assert ektp(command, path, "--json").code == 0
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "tidak-ada", "2025-Q4"),
        ("score", "contoh", "2031-Q4"),
        ("score", "contoh", "besok"),
        ("score", "../contoh", "2025-Q4"),
        ("score", "Contoh", "2025-Q4"),
    ],
)
def test_an_unknown_office_or_period_is_refused(ektp: Ektp, arguments: tuple[str, ...]) -> None:
    answer = ektp(*arguments, "--workspace", Path(__file__).parents[2], "--json")
    assert answer.code == 1
    (finding,) = answer.record["findings"]
    assert finding["message"] and finding["remedy"]


def test_an_unknown_office_names_those_there_are(ektp: Ektp) -> None:
    answer = ektp("score", "conto", "2025-Q4", "--workspace", Path(__file__).parents[2])
    assert "contoh" in answer.err and "sekadau" in answer.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("skm",), "BERKAS belum disebutkan"),
        (("times", "log.csv"), "Pilihan --as-of belum diisi"),
        (("skm", "a.csv", "--jsn"), "Mungkin maksudnya --json"),
        (("skmm", "a.csv"), "Mungkin maksudnya skm"),
        (("hitung", "a.csv"), "Perintah yang ada"),
        (("skm", "a.csv", "b.csv"), "Isian berlebih: b.csv"),
        (("skm", "a.csv", "--map"), "Pilihan --map memerlukan nilai"),
        (("skm", "a.csv", "--map", "waktu"), "harus berbentuk kunci=nilai"),
        (("skm", "a.csv", "--map", "waktu=a", "--map", "waktu=b"), "disebut dua kali"),
        (("skm", "a.csv", "--lang", "jv"), "pilih id, en"),
        (("skm", "a.csv", "--zone", "UTC"), "pilih WIB, WITA, WIT"),
        (("skm", "a.csv", "--answers", "huruf"), "pilih label, number"),
        (("skm", "a.csv", "--json=ya"), "Pilihan --json tidak memakai nilai"),
        (("times", "a.csv", "--as-of", "2025-01-31", "--repeats", "drop"), "pilih merge, keep"),
        (("score", "contoh", "2025-Q4", "--what-if", "promise_kept=banyak"), "bukan angka"),
        (("score", "contoh", "2025-Q4", "--what-if", "promise_kept=inf"), "bukan angka"),
    ],
)
def test_wrong_usage_is_told_in_indonesian(
    ektp: Ektp, arguments: tuple[str, ...], told: str
) -> None:
    answer = ektp(*arguments)
    assert answer.code == 2
    assert told in answer.err
    assert "Bantuan: ektp" in answer.err
    assert answer.out == ""


def test_wrong_usage_is_told_in_english_when_asked(ektp: Ektp) -> None:
    answer = ektp("skm", "--lang", "en")
    assert answer.code == 2
    assert "BERKAS is missing" in answer.err and "Help: ektp skm --help" in answer.err


def test_every_command_has_a_plain_help_page(ektp: Ektp) -> None:
    page = ektp("--help")
    assert page.code == 0
    commands = {command.name: command for command in app.registered_commands}
    assert set(commands) >= {"init", "check", "skm", "times", "coverage", "score", "report"}
    for name in commands:
        assert f"\n  {name} " in page.out
        own = ektp(name, "--help")
        assert own.code == 0
        assert own.out.startswith(f"Cara pakai: ektp {name}")
        for english in ("Usage", "Options", "Arguments", "Show this", "[required]", "[default"):
            assert english not in own.out


def test_no_command_prints_the_help_page(ektp: Ektp) -> None:
    answer = ektp()
    assert answer.code == 2
    assert answer.err.startswith("Cara pakai: ektp")


def test_version(ektp: Ektp) -> None:
    answer = ektp("--version")
    assert answer.code == 0
    assert answer.out.strip()[0].isdigit()


def test_a_defect_of_ours_is_one_sentence_and_a_log(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("1/0")

    monkeypatch.setattr("ektp_analytics.cli.skm.record", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = tmp_path / "survei.csv"
    path.write_text(f"{HEADER}\n3,3,3,4,3,3,3,3,3\n", encoding="utf-8")
    answer = ektp("skm", path, "--json")
    assert answer.code == 70
    assert answer.out == ""
    assert "ZeroDivisionError" in answer.err and answer.err.count("\n") == 1
    (log,) = tmp_path.glob("ektp-*.log")
    assert log.name in answer.err
    assert "1/0" in log.read_text(encoding="utf-8")


def test_ctrl_c_stops_without_a_traceback(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ektp_analytics.cli.skm.record", interrupted)
    path = tmp_path / "survei.csv"
    path.write_text(f"{HEADER}\n3,3,3,4,3,3,3,3,3\n", encoding="utf-8")
    answer = ektp("skm", path, "--json")
    assert answer.code == 130
    assert answer.err == "Dihentikan.\n"


def test_the_installed_command_prints_utf8_on_any_console(sekadau: Path) -> None:
    """A console of another encoding must not break the Indonesian sentences."""
    done = subprocess.run(
        [*EKTP, "skm", str(sekadau), "--json"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.decode("utf-8"))
    assert found["index"] == 78.74
    assert any("“u8”" in finding["message"] for finding in found["findings"])


def test_the_installed_command_leaves_with_its_exit_code(tmp_path: Path) -> None:
    done = subprocess.run(
        [*EKTP, "coverage", str(tmp_path / "tidak-ada.xlsx"), "--json"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["rule"] == "file_missing"
    assert done.stderr == b""
