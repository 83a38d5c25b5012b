"""``ektp tally export`` as a user meets it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ektp_analytics.synthetic import made_up_code, write_office

Ektp = Callable[..., Any]
PERIOD = "2025-Q4"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rekaan")
    write_office(root, office="satu", code=made_up_code(1), periods=[PERIOD], scale=0.05)
    return root


def test_a_tally_is_written_where_it_is_wanted(ektp: Ektp, place: Path, tmp_path: Path) -> None:
    """Into a folder under the name of office and period, marked confidential."""
    answer = ektp(
        "tally", "export", "satu", PERIOD, "--workspace", place, "--out", tmp_path, "--json"
    )
    assert answer.code == 0
    path = tmp_path / f"satu-{PERIOD}-rahasia.parquet"
    assert answer.record == {"ok": True, "office": "satu", "period": PERIOD, "file": str(path)}
    header = json.loads(pq.read_schema(path).metadata[b"ektp_tally"])
    assert (header["office"], header["marking"]) == ("satu", "rahasia")


def test_without_a_place_it_stays_beside_the_scores(ektp: Ektp, place: Path) -> None:
    answer = ektp("tally", "export", "satu", PERIOD, "--workspace", place)
    assert answer.code == 0
    kept = place / "data" / "processed" / "satu" / PERIOD / "tally-rahasia.parquet"
    assert kept.is_file()
    assert str(kept) in answer.out.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("tidak-ada", PERIOD), 1), (("satu", "besok"), 1), (("satu", "2019-Q1"), 1), (("satu",), 2)],
)
def test_what_cannot_be_handed_over(
    ektp: Ektp, place: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    answer = ektp("tally", "export", *arguments, "--workspace", place, "--out", tmp_path)
    assert answer.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(ektp: Ektp, place: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    target = tmp_path / "berkas" / "rekap.parquet"
    answer = ektp(
        "tally", "export", "satu", PERIOD, "--workspace", place, "--out", target, "--json"
    )
    assert answer.code == 1
    assert answer.rules == ["folder_not_writable"]
