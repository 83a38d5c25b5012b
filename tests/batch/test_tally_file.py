"""Tally files: versioned, marked, read back whole, and refused where they do not fit."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from ektp_analytics.batch.tally import OfficeTally, tally_of
from ektp_analytics.batch.tally_file import METADATA_KEY, read_tallies, read_tally, write_tally
from ektp_analytics.batch.tally_rows import COLUMNS
from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.scoring.period_run import PeriodRun

WHEN = Period.parse("2025-Q4")


@pytest.fixture(scope="module")
def tally(one_run: PeriodRun) -> OfficeTally:
    return tally_of(one_run)


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule for finding in refused.value.findings}


def test_written_and_read_back_it_is_the_same(tally: OfficeTally, tmp_path: Path) -> None:
    again = read_tally(write_tally(tally, tmp_path / "a.parquet"))
    pd.testing.assert_frame_equal(again.counts, tally.counts)
    assert again.answers() == tally.answers()
    assert again.durations("legal") == tally.durations("legal")
    assert [v.value for v in again.values] == [v.value for v in tally.values]
    assert [v.interval for v in again.values] == [v.interval for v in tally.values]


def test_the_file_says_that_it_is_confidential(tally: OfficeTally, tmp_path: Path) -> None:
    path = write_tally(tally, tmp_path / "a.parquet")
    header = json.loads(pq.read_schema(path).metadata[METADATA_KEY])
    assert header["marking"] == "rahasia"
    assert header["schema"] == 1


def test_the_same_tally_gives_the_same_bytes(tally: OfficeTally, tmp_path: Path) -> None:
    first, second = (write_tally(tally, tmp_path / f"{name}.parquet") for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_schema_version_is_refused(tally: OfficeTally, tmp_path: Path) -> None:
    path = write_tally(tally, tmp_path / "a.parquet")
    table = pq.read_table(path)
    header = json.loads(table.schema.metadata[METADATA_KEY]) | {"schema": 99}
    changed = table.replace_schema_metadata({METADATA_KEY: json.dumps(header).encode()})
    pq.write_table(changed, path)
    with pytest.raises(Refused) as refused:
        read_tally(path)
    assert rules(refused) == {"tally_schema_unknown"}
    assert "99" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"bukan tabel"])
def test_what_is_no_tally_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_tally(path)
    assert rules(refused) == {"tally_unreadable"}


def test_a_table_that_is_no_tally_is_refused(tmp_path: Path) -> None:
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(Refused) as refused:
        read_tally(tmp_path / "a.parquet")
    assert rules(refused) == {"tally_unreadable"}


@pytest.mark.parametrize("column", COLUMNS[:5])
def test_a_count_without_a_name_is_refused(column: str, tally: OfficeTally, tmp_path: Path) -> None:
    named = tally.counts.assign(**{column: tally.counts[column].mask(tally.counts.index == 0)})
    path = write_tally(replace(tally, counts=named), tmp_path / "a.parquet")
    with pytest.raises(Refused) as refused:
        read_tally(path)
    assert rules(refused) == {"tally_unreadable"}


def test_many_tallies_are_read_as_each_alone(tally: OfficeTally, tmp_path: Path) -> None:
    """All but the long margins no roll-up shows; texts as categories, the same values."""
    other = replace(tally, office="lain", code="99.02", counts=tally.counts.iloc[:-30])
    paths = [write_tally(t, tmp_path / f"{t.office}.parquet") for t in (tally, other)]
    for found in read_tallies(paths, WHEN):
        whole = (other if found.office == "lain" else tally).counts
        long = whole["margin"].isin(["kecamatan", "citizen"])
        expected = whole[~long | whole["part"].eq("registrations")].reset_index(drop=True)
        texts = found.counts.reset_index(drop=True).astype(dict.fromkeys(COLUMNS[:5], "str"))
        pd.testing.assert_frame_equal(texts, expected)


def test_everything_wrong_is_told_at_once(tally: OfficeTally, tmp_path: Path) -> None:
    """An office twice, two offices with one code, and a broken file: all three are named."""
    other = replace(tally, office="lain")
    paths = [
        write_tally(tally, tmp_path / "a.parquet"),
        write_tally(tally, tmp_path / "b.parquet"),
        write_tally(other, tmp_path / "c.parquet"),
        tmp_path / "d.parquet",
    ]
    paths[-1].write_bytes(b"rusak")
    with pytest.raises(Refused) as refused:
        read_tallies(paths, WHEN)
    assert rules(refused) == {"tally_office_twice", "office_code_shared", "tally_unreadable"}


def test_no_tally_of_the_period_is_refused(tally: OfficeTally, tmp_path: Path) -> None:
    path = write_tally(tally, tmp_path / "a.parquet")
    with pytest.raises(Refused) as refused:
        read_tallies([path], Period.parse("2024-Q1"))
    assert rules(refused) == {"tally_none"}
