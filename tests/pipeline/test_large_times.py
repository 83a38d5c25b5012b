"""A log through the database gives exactly what it gives row by row."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.indicators.service_times import time_to_completion
from ektp_analytics.measures.limits import Limit
from ektp_analytics.pipeline.large_times import head_of, large_times
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.service_log import read_spans

pytest.importorskip("duckdb")

STAMPS = ("complete_at", "printed_at")
AS_OF = date(2025, 3, 31)
HEADERS = {
    "id": "No Permohonan",
    "start": "Persyaratan Lengkap",
    "end": "Tanggal Cetak",
    "status": "Status",
    "service": "Layanan",
}


def log(rows: int = 600, seed: int = 7, *, dates_only: bool = False) -> pd.DataFrame:
    """Make a log with what goes wrong: odd and unreadable stamps, repeats, conflicts, reversal."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2025-01-02") + pd.to_timedelta(rng.integers(0, 95 * 86_400, rows), "s")
    end = start + pd.to_timedelta(rng.exponential(50_000, rows).round(), "s")
    form = "%Y-%m-%d" if dates_only else "%Y-%m-%d %H:%M:%S"
    frame = pd.DataFrame(
        {
            "id": [f"P-{number:05}" for number in range(rows)],
            "start": start.strftime(form),
            "end": end.strftime(form),
            "status": rng.choice(["selesai", "Dibatalkan", ""], rows, p=[0.9, 0.05, 0.05]),
            "service": "Ganti KTP-el",
        }
    )
    frame.loc[10:40, "end"] = ""
    frame.loc[41:44, "start"] = ["-", "", "besok", "31/02/2025"]
    frame.loc[45, "end"] = "6 Nop 2025" if dates_only else "6 Nop 2025 07.30"
    frame.loc[46:49, "end"] = "2024-12-01" if dates_only else "2024-12-01 08:00:00"
    frame.loc[50, "start"] = "20/01/2025" if dates_only else "20/01/2025 24:00"
    frame.loc[51, "end"] = "2025-04-01" if dates_only else "2025-04-01 00:00:00"
    frame.loc[52, "id"] = "1,2E+15"
    frame.loc[53:55, "id"] = ["P-00100", "P-00100", ""]
    again = frame.loc[[100, 100, 200, 201, 53]]
    return pd.concat([frame, again], ignore_index=True).rename(columns=HEADERS)


def both(path: Path, limit: str, how: ReadOptions) -> list[tuple[dict, dict]]:
    """Return figures and account by both routes."""
    read = read_spans(path, *STAMPS, how)
    plain = time_to_completion(read.table, AS_OF, limit=limit, start=STAMPS[0], end=STAMPS[1])
    with head_of(path) as head:
        large, counted = large_times(path, head, STAMPS, AS_OF, Limit.parse(limit), how)
    return [(plain.to_record(), read.account()), (large.to_record(), counted.account())]


@pytest.mark.parametrize("limit", ["24h", "3d", "3wd"])
@pytest.mark.parametrize("repeats", ["merge", "keep"])
def test_a_dirty_csv_both_ways(tmp_path: Path, limit: str, repeats: str) -> None:
    path = tmp_path / "log.csv"
    log().to_csv(path, index=False, sep=";")
    plain, large = both(path, limit, ReadOptions(repeats=repeats))
    assert large == plain
    assert plain[1]["rejected"] > 0
    assert (plain[1]["repeats"] > 0) == (repeats == "merge")


@pytest.mark.parametrize("limit", ["24h", "3d"])
def test_dates_without_times_both_ways(tmp_path: Path, limit: str) -> None:
    path = tmp_path / "log.csv"
    log(dates_only=True).to_csv(path, index=False)
    plain, large = both(path, limit, ReadOptions())
    assert large == plain
    if limit == "24h":
        assert plain[0]["within_limit_range"] is not None


def test_parquet_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    frame = log()
    for name in (HEADERS["start"], HEADERS["end"]):
        frame[name] = pd.to_datetime(frame[name], errors="coerce", format="%Y-%m-%d %H:%M:%S")
    frame.to_parquet(path, index=False)
    plain, large = both(path, "24h", ReadOptions())
    assert large == plain


def test_a_clean_file_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    log().iloc[300:500].to_csv(path, index=False)
    with head_of(path) as head:
        _, read = large_times(path, head, STAMPS, AS_OF, Limit.parse("24h"), ReadOptions())
    assert read.findings == ()
    assert read.read == read.kept == 200


def test_what_was_wrong_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    log().to_csv(path, index=False)
    with head_of(path) as head:
        _, read = large_times(path, head, STAMPS, AS_OF, Limit.parse("24h"), ReadOptions())
    rules = {f.rule: f.count for f in read.findings}
    assert set(rules) == {
        "stamp_unreadable_many",
        "row_repeated_many",
        "id_conflict_many",
        "end_before_start_many",
    }
    rejected = sum(count for rule, count in rules.items() if rule != "row_repeated_many")
    assert rejected == read.rejected
    assert rules["row_repeated_many"] == read.repeats


def test_mixed_day_and_month_order_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    frame = log()
    frame.loc[5, HEADERS["start"]] = "02/25/2025 08:00"
    frame.to_csv(path, index=False)
    with head_of(path) as head, pytest.raises(Refused) as refused:
        large_times(path, head, STAMPS, AS_OF, Limit.parse("24h"), ReadOptions())
    assert refused.value.findings[0].rule == "date_order_mixed"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("No Permohonan;Status\n1;“selesai”\n".encode("cp1252"))
    with pytest.raises(Refused) as refused, head_of(path):
        pass
    assert refused.value.findings[0].rule == "large_log_encoding"


def test_numbers_that_differ_by_blanks_only_are_one(tmp_path: Path) -> None:
    """Blanks and no-break spaces at the ends belong to no number."""
    path = tmp_path / "log.csv"
    frame = log()
    frame.loc[[300, 301, 302], HEADERS["id"]] = ["P-00310 ", "\u00a0P-00311", " P-00312"]
    frame.to_csv(path, index=False)
    plain, large = both(path, "24h", ReadOptions())
    assert large == plain


def test_a_log_without_numbers_is_told_apart_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    log().drop(columns=HEADERS["id"]).to_csv(path, index=False)
    plain, large = both(path, "24h", ReadOptions())
    assert large == plain
    assert plain[1]["repeats"] > 0


def test_a_clean_parquet_of_dates_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    frame = log(dates_only=True).iloc[100:400]
    for name in (HEADERS["start"], HEADERS["end"]):
        frame[name] = pd.to_datetime(frame[name], errors="coerce", format="%Y-%m-%d")
    frame.to_parquet(path, index=False)
    plain, large = both(path, "24h", ReadOptions())
    assert large == plain
    assert plain[0]["undecided"] > 0
