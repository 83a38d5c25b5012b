"""``ektp synth`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]
SMALL = ("--scale", "0.02", "--period", "2025-Q1")


def test_a_made_up_office_is_written_and_can_be_checked(ektp: Ektp, tmp_path: Path) -> None:
    answer = ektp("synth", tmp_path, *SMALL)
    assert answer.code == 0
    assert "DATA CONTOH (sintetis)" in answer.out
    assert (tmp_path / "data" / "raw" / "contoh" / "2025-Q1" / "survey.xlsx").is_file()
    assert ektp("check", tmp_path, "--json").code == 0


def test_each_office_has_a_code_of_its_own(ektp: Ektp, tmp_path: Path) -> None:
    first = ektp("synth", tmp_path, *SMALL, "--office", "satu", "--json").record
    second = ektp("synth", tmp_path, *SMALL, "--office", "dua", "--json").record
    again = ektp("synth", tmp_path, *SMALL, "--office", "satu", "--json").record
    assert first["code"] == again["code"] != second["code"]
    assert "office_code_shared" not in ektp("check", tmp_path, "--json").rules


def test_the_same_seed_gives_the_same_files(ektp: Ektp, tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        ektp("synth", tmp_path / name, *SMALL, "--seed", seed)
    logs = [
        (tmp_path / name / "data/raw/contoh/2025-Q1/service_log.csv").read_bytes()
        for name in ("a", "b", "c")
    ]
    assert logs[0] == logs[1] != logs[2]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--office", "../luar"), 1), (("--period", "besok"), 1), (("--scale", "0"), 2)],
)
def test_what_cannot_be_written(
    ektp: Ektp, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert ektp("synth", tmp_path / "kerja", *arguments).code == code
    assert not (tmp_path / "kerja").exists()


def test_a_real_office_is_never_written_over(ektp: Ektp, tmp_path: Path) -> None:
    ektp("init", tmp_path, "--office", "Disdukcapil Kabupaten Ogan Ilir", "--code", "16.10")
    profile = tmp_path / "data" / "raw" / "ogan-ilir" / "office.yaml"
    before = profile.read_bytes()
    answer = ektp("synth", tmp_path, *SMALL, "--office", "ogan-ilir", "--json")
    assert answer.code == 1 and answer.rules == ["synthetic_over_real"]
    assert profile.read_bytes() == before


def test_many_offices_each_with_a_code_of_its_own(ektp: Ektp, tmp_path: Path) -> None:
    answer = ektp("synth", tmp_path, *SMALL, "--offices", 3, "--json")
    assert answer.code == 0
    assert answer.record["offices"] == ["rekaan-001", "rekaan-002", "rekaan-003"]
    checked = ektp("check", tmp_path, "--json")
    assert checked.code == 0
    assert "office_code_shared" not in checked.rules
    assert ektp("synth", tmp_path, *SMALL, "--offices", 0).code == 2
    assert ektp("synth", tmp_path, *SMALL, "--offices", 595).code == 2
