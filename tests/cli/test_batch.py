"""``ektp batch`` as a user meets it: three small offices, one of which may be broken."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.batch.office_task import Outcome
from ektp_analytics.cli.batch import _progress
from ektp_analytics.cli.console import Output
from ektp_analytics.synthetic import made_up_code, write_office

Ektp = Callable[..., Any]
PERIOD = "2025-Q4"
OFFICES = ("dua", "satu", "tiga")
SCORES = ("--format", "none", "--workers", "2")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rekaan")
    for number, office in enumerate(OFFICES, start=1):
        write_office(root, office=office, code=made_up_code(number), periods=[PERIOD], scale=0.05)
    return root


@pytest.fixture
def place(made_up: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_up, tmp_path / "kerja"))


def states(record: dict[str, Any]) -> dict[str, str]:
    return {office["office"]: office["state"] for office in record["offices"]}


def test_a_second_run_does_only_what_changed_and_force_does_all(ektp: Ektp, place: Path) -> None:
    """One object on standard output; progress with names, number and state on standard error."""
    command = ("batch", PERIOD, *SCORES, "--workspace", place, "--json")
    first = ektp(*command)
    assert first.code == 0
    assert first.record["ok"] is True
    assert (first.record["done"], first.record["failed"]) == (3, 0)
    lines = first.err.splitlines()
    assert [line.split()[0] for line in lines] == ["[1/3]", "[2/3]", "[3/3]"]
    assert {line.split()[1] for line in lines} == set(OFFICES)
    log = place / "data" / "raw" / "dua" / PERIOD / "service_log.csv"
    rows = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(rows[:-1]), encoding="utf-8")
    assert states(ektp(*command).record) == {
        "dua": "done",
        "satu": "unchanged",
        "tiga": "unchanged",
    }
    assert set(states(ektp(*command, "--force").record).values()) == {"done"}


def test_an_office_that_fails_is_named_with_its_reason_and_the_others_finish(
    ektp: Ektp, place: Path
) -> None:
    broken = place / "data" / "raw" / "satu" / PERIOD / "service_log.csv"
    broken.write_text("bukan log\n1\n", encoding="utf-8")
    answer = ektp("batch", PERIOD, *SCORES, "--workspace", place, "--json")
    assert answer.code == 3
    assert answer.record["ok"] is False
    assert states(answer.record) == {"dua": "done", "satu": "failed", "tiga": "done"}
    reasons = next(o["reasons"] for o in answer.record["offices"] if o["office"] == "satu")
    assert "service_log.csv" in " ".join(reasons)
    failed = next(line for line in answer.err.splitlines() if " satu " in line)
    assert "service_log.csv" in failed
    plain = ektp("batch", PERIOD, *SCORES, "--workspace", place)
    assert plain.code == 3
    assert "- satu: " in plain.out
    assert not (place / "data" / "processed" / "satu").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("besok",), 1),
        (("2019-Q1",), 1),
        ((PERIOD, "--offices", "kab-*"), 1),
        ((PERIOD, "--format", "gif"), 2),
        ((PERIOD, "--workers", "0"), 2),
        ((), 2),
    ],
)
def test_what_cannot_be_run(ektp: Ektp, place: Path, arguments: tuple[str, ...], code: int) -> None:
    assert ektp("batch", *arguments, "--workspace", place).code == code
    assert not (place / "data" / "processed").exists()


def test_two_offices_with_one_code_are_refused_by_name(ektp: Ektp, place: Path) -> None:
    profile = place / "data" / "raw" / "dua" / "office.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace(made_up_code(1), made_up_code(2)), encoding="utf-8")
    answer = ektp("batch", PERIOD, *SCORES, "--workspace", place, "--json")
    assert answer.code == 1
    assert answer.rules == ["office_code_shared"]
    assert "dua" in answer.out and "satu" in answer.out


def test_a_terminal_is_told_how_many_are_left_and_for_how_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two of five offices done, one every minute: three minutes are left; a failure is named."""
    clock = [0.0]
    monkeypatch.setattr("rich.console.monotonic", lambda: clock[0])
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    with _progress(5, Output(as_json=False, lang="id")) as seen:
        for outcome in (Outcome("satu", "done"), Outcome("dua", "failed", ("disk penuh",))):
            clock[0] += 60
            seen(outcome)
    told = capsys.readouterr()
    assert not told.out
    assert "[2/5] dua" in told.err and "disk penuh" in told.err
    assert "[1/5] satu" not in told.err
    last = [line for line in told.err.splitlines() if "/5" in line][-1]
    assert "2/5" in last and "0:03:00" in last and "dua" in last
