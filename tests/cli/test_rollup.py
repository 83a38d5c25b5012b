"""``ektp rollup`` as a user meets it: from a workspace, and from tallies that were sent."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ektp_analytics.batch.export import export_tally
from ektp_analytics.periods import Period
from ektp_analytics.synthetic import made_up_code, write_office
from ektp_analytics.workspace import Workspace

Ektp = Callable[..., Any]
PERIOD = "2025-Q4"
OFFICES = ("dua", "satu")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a workspace with the tallies of two offices, and a copy of them as they are sent."""
    root = tmp_path_factory.mktemp("rekaan")
    (root / "kiriman").mkdir()
    for number, office in enumerate(OFFICES, start=1):
        write_office(root, office=office, code=made_up_code(number), periods=[PERIOD], scale=0.05)
        export_tally(Workspace(root), office, Period.parse(PERIOD), root / "kiriman")
    return root


@pytest.fixture
def sent(made_up: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_up / "kiriman", tmp_path / "kiriman"))


def test_a_workspace_is_rolled_up(ektp: Ektp, made_up: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    command = ("rollup", PERIOD, "--workspace", made_up, "--out", out, "--format", "xlsx")
    answer = ektp(*command, "--json")
    assert answer.code == 0
    record = answer.record
    assert (record["offices"], record["units"]) == (2, 2)
    assert 25 <= record["index_pooled"] <= 100
    assert record["files"] == [str(out / "rekap.xlsx")]
    assert (out / "rekap.xlsx").is_file()
    assert ektp(*command).code == 0


def test_tallies_alone_give_the_same_figures(ektp: Ektp, made_up: Path, sent: Path) -> None:
    whole = ektp("rollup", PERIOD, "--workspace", made_up, "--format", "html", "--json",
                 "--out", sent.parent / "a").record  # fmt: skip
    alone = ektp("rollup", PERIOD, "--from", sent, "--format", "html", "--json").record
    assert alone["files"] == [str(sent.parent / f"rekap-{PERIOD}" / "rekap.html")]
    differing = {"files"}
    assert {k: v for k, v in alone.items() if k not in differing} == {
        k: v for k, v in whole.items() if k not in differing
    }


def test_everything_wrong_with_what_was_sent_is_named_at_once(ektp: Ektp, sent: Path) -> None:
    """An office twice, a file that is no tally, and one of a schema version to come."""
    one, two = sorted(sent.iterdir())
    shutil.copy(one, sent / "lagi-rahasia.parquet")
    (sent / "rusak-rahasia.parquet").write_bytes(b"bukan rekap")
    table = pq.read_table(two)
    header = json.loads(table.schema.metadata[b"ektp_tally"]) | {"schema": 99}
    pq.write_table(table.replace_schema_metadata({"ektp_tally": json.dumps(header)}), two)
    answer = ektp("rollup", PERIOD, "--from", sent, "--json")
    assert answer.code == 1
    assert sorted(answer.rules) == [
        "tally_office_twice",
        "tally_schema_unknown",
        "tally_unreadable",
    ]
    assert two.name in answer.out and "rusak-rahasia.parquet" in answer.out
    assert not (sent.parent / f"rekap-{PERIOD}").exists()


def test_two_offices_with_one_code_are_named(ektp: Ektp, sent: Path) -> None:
    one, two = sorted(sent.iterdir())
    table = pq.read_table(two)
    header = json.loads(table.schema.metadata[b"ektp_tally"])
    header["code"] = json.loads(pq.read_schema(one).metadata[b"ektp_tally"])["code"]
    pq.write_table(table.replace_schema_metadata({"ektp_tally": json.dumps(header)}), two)
    answer = ektp("rollup", PERIOD, "--from", sent, "--json")
    assert answer.code == 1
    assert answer.rules == ["office_code_shared"]


@pytest.mark.parametrize(
    ("arguments", "code"), [(("2019-Q1",), 1), (("besok",), 1), ((PERIOD, "--format", "gif"), 2)]
)
def test_what_cannot_be_rolled_up(
    ektp: Ektp, sent: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert ektp("rollup", *arguments, "--from", sent).code == code
    assert [path.name for path in sent.parent.iterdir()] == ["kiriman"]


def test_a_place_that_cannot_be_written_is_named(ektp: Ektp, sent: Path) -> None:
    (sent.parent / "berkas").write_text("bukan folder", encoding="utf-8")
    out = sent.parent / "berkas" / "hasil"
    answer = ektp("rollup", PERIOD, "--from", sent, "--out", out, "--format", "xlsx", "--json")
    assert answer.code == 1
    assert answer.rules == ["folder_not_writable"]
    assert len(list(sent.iterdir())) == len(OFFICES)
