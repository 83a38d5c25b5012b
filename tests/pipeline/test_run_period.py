"""One office, one period: everything is there, and the order of rows changes nothing."""

import random
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.office_sources import office_data, read_sources
from ektp_analytics.workspace import Workspace

Q1 = Period.parse("2025-Q1")
DECIMALS = 9


def _values(place: Workspace, *only: str) -> dict[str, tuple[object, ...]]:
    office = place.office("kecil")
    data = office_data(office, Q1, read_sources(place, office, Q1, only or None))
    return {
        v.code: (
            None if v.value is None else round(v.value, DECIMALS),
            v.n,
            None if v.interval is None else tuple(round(end, DECIMALS) for end in v.interval),
            v.status,
            v.reason.code if v.reason else None,
        )
        for v in compute_indicators(data, load_catalogue())
    }


def _shuffle_csv(path: Path, seed: int) -> None:
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    random.Random(seed).shuffle(rows)
    path.write_text(header + "".join(rows), encoding="utf-8-sig")


def _shuffle_survey(folder: Path, seed: int) -> None:
    frame = pd.read_excel(folder / "survey.xlsx", header=None, dtype=object, engine="calamine")
    filled = frame.notna().sum(axis=1)
    header = int(filled[filled > 5].index[0])
    rows = frame.loc[header + 1 :].sample(frac=1, random_state=seed)
    (folder / "survey.xlsx").unlink()
    table = pd.DataFrame(rows.to_numpy(), columns=frame.loc[header].tolist())
    table.to_csv(folder / "survey.csv", index=False)


def test_the_order_of_rows_changes_no_number(place: Workspace) -> None:
    seed, before = 1, _values(place)
    folder = place.raw / "kecil" / "2025-Q1"
    for path in folder.glob("*.csv"):
        _shuffle_csv(path, seed)
    _shuffle_survey(folder, seed)
    assert _values(place) == before


def test_a_run_holds_what_it_was_made_from(made_up: Path) -> None:
    run = run_period(made_up, "kecil", "2025-TW1")
    assert (run.office.id, run.period) == ("kecil", Q1)
    given = {path.stem for path in (made_up / "data" / "raw" / "kecil" / "2025-Q1").iterdir()}
    assert set(run.sources) == given >= {"survey", "service_log", "registrations", "evidence"}
    assert [v.code for v in run.values] == list(run.catalogue.indicators)
    assert run.scorecard.period == "2025-Q1"
    assert {f.source for f in run.files} == set(run.sources)
    assert run.standards and run.earlier
    assert run.value("skm_waktu").principle == "accountability"


def test_every_unusable_file_is_told_at_once(place: Workspace) -> None:
    folder = place.raw / "kecil" / "2025-Q1"
    (folder / "service_log.csv").write_bytes(b"")
    (folder / "registrations.csv").write_text("bukan tabel\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        run_period(place, "kecil", "2025-Q1")
    files = {finding.file for finding in refused.value.findings}
    assert files == {
        "data/raw/kecil/2025-Q1/service_log.csv", "data/raw/kecil/2025-Q1/registrations.csv",
    }  # fmt: skip


def test_two_files_of_one_source_are_read_as_one(place: Workspace) -> None:
    folder = place.raw / "kecil" / "2025-Q1"
    path = folder / "service_log.csv"
    before = _values(place, "service_log")
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    half = len(rows) // 2
    path.write_text(header + "".join(rows[:half]), encoding="utf-8-sig")
    second = folder / "service_log-2.csv"
    second.write_text(header + "".join(rows[half:]), encoding="utf-8-sig")
    assert _values(place, "service_log") == before


def test_e_ktp_rows_are_told_apart_by_the_profile(place: Workspace) -> None:
    office = place.office("kecil")
    data = office_data(office, Q1, read_sources(place, office, Q1, ["survey"]))
    rows, known = data.ektp_rows("survey")
    assert known
    assert set(rows["service"]) <= set(office.ektp_services)
    assert 0 < len(rows) < len(data.tables["survey"])
