"""What stays under ``data/processed``: kept rows, findings, numbers, provenance."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import PeriodRun, run_period
from ektp_analytics.pipeline.processed import save_processed, stored_table, try_to_save
from ektp_analytics.workspace import Workspace

Q1 = Period.parse("2025-Q1")


@pytest.fixture(scope="module")
def run(made_up: Path) -> PeriodRun:
    """Run one quarter of the made-up office once."""
    return run_period(made_up, "kecil", "2025-Q1")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_source_read_has_its_kept_rows(run: PeriodRun, place: Workspace) -> None:
    paths = save_processed(run, place)
    folder = place.root / "data" / "processed" / "kecil" / "2025-Q1"
    assert {p.name for p in paths} == set(_bytes(folder))
    assert set(_bytes(folder)) == {f"{s}.parquet" for s in run.sources} | {
        "findings.json", "run.json",
    }  # fmt: skip
    for source, result in run.sources.items():
        table = pd.read_parquet(folder / f"{source}.parquet")
        assert len(table) == result.kept
        assert table["row"].tolist() == result.table.index.tolist()
        expected = stored_table(result.table)
        pd.testing.assert_frame_equal(table, expected, check_dtype=False)


def test_the_run_names_every_input_by_its_hash(run: PeriodRun, place: Workspace) -> None:
    save_processed(run, place)
    record = json.loads((place.processed_folder("kecil", Q1) / "run.json").read_text("utf-8"))
    assert record["inputs"]
    for item in record["inputs"]:
        raw = (place.root / item["file"]).read_bytes()
        assert item["sha256"] == hashlib.sha256(raw).hexdigest()
        assert item["read"] == item["kept"] + item["rejected"] + item["repeats"]
    assert record["as_of"] == "2025-03-31"
    assert (record["seed"], record["catalogue"]) == (
        run.scorecard.settings.seed, run.catalogue.version,
    )  # fmt: skip
    codes = {i["code"] for p in record["scorecard"]["principles"] for i in p["indicators"]}
    codes |= {value["code"] for value in record["scorecard"]["shown"]}
    assert codes >= set(run.catalogue.indicators)
    for item in record["standards"]:
        assert item["valid_from"] <= "2025-03-31" and item["regulation"]


def test_findings_stand_in_both_languages(run: PeriodRun, place: Workspace) -> None:
    save_processed(run, place)
    path = place.processed_folder("kecil", Q1) / "findings.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [f["rule"] for f in found] == [f.rule for f in run.findings]
    assert all(f["message"] and f["message_en"] for f in found)


def test_the_same_inputs_give_the_same_bytes(
    run: PeriodRun, place: Workspace, made_up: Path
) -> None:
    assert not (made_up / "data" / "processed").exists(), "nothing is saved unless asked for"
    folder = place.processed_folder("kecil", Q1)
    save_processed(run, place)
    first = _bytes(folder)
    run_period(place, "kecil", "2025-Q1", save=True)
    assert _bytes(folder) == first


def test_no_path_of_this_machine_and_no_free_text(run: PeriodRun, place: Workspace) -> None:
    save_processed(run, place)
    folder = place.processed_folder("kecil", Q1)
    text = (folder / "run.json").read_text("utf-8") + (folder / "findings.json").read_text("utf-8")
    assert str(place.root) not in text and str(Path.home()) not in text
    assert "comment" in run.sources["survey"].table
    assert "comment" not in pd.read_parquet(folder / "survey.parquet")


def test_a_source_no_longer_given_leaves_no_table(run: PeriodRun, place: Workspace) -> None:
    save_processed(run, place)
    fewer = replace(run, sources={"survey": run.sources["survey"]})
    save_processed(fewer, place)
    assert set(_bytes(place.processed_folder("kecil", Q1))) == {
        "survey.parquet", "findings.json", "run.json",
    }  # fmt: skip


def test_a_run_that_cannot_be_written_leaves_the_old_one(
    run: PeriodRun, place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_processed(run, place)
    folder = place.processed_folder("kecil", Q1)
    before = _bytes(folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(Refused) as refused:
        save_processed(run, place)
    assert refused.value.findings[0].rule == "disk_full"
    (warning,) = try_to_save(run, place)
    assert warning.severity == "warning"
    assert _bytes(folder) == before
    assert [p.name for p in folder.parent.iterdir()] == ["2025-Q1"]


def test_what_a_killed_run_left_is_swept_by_the_next(run: PeriodRun, place: Workspace) -> None:
    """The half-made folder beside the results and the half-made file among them."""
    save_processed(run, place)
    folder = place.processed_folder("kecil", Q1)
    half_made = folder.parent / ".ektp-2025-Q1=abc" / "new"
    half_made.mkdir(parents=True)
    (half_made / "survey.parquet").write_bytes(b"PAR1")
    (folder / ".ektp-abc.parquet").write_bytes(b"PAR1")
    other = folder.parent / ".ektp-2024-Q4=abc"
    other.mkdir()
    before = _bytes(folder)
    save_processed(run, place)
    assert {p.name for p in folder.parent.iterdir()} == {"2025-Q1", other.name}
    assert _bytes(folder) == {k: v for k, v in before.items() if not k.startswith(".")}


def test_two_runs_keep_their_results_one_after_the_other(run: PeriodRun, place: Workspace) -> None:
    """The second waits for the first and takes nothing of it away."""
    folder = place.processed_folder("kecil", Q1)
    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = [pool.submit(save_processed, run, place) for _ in range(2)]
    assert first.result() == second.result()
    assert [p.name for p in folder.parent.iterdir()] == ["2025-Q1"]


def test_files_beside_the_periods_and_of_earlier_ones_are_named(
    run: PeriodRun, place: Workspace
) -> None:
    save_processed(run, place)
    record = json.loads((place.processed_folder("kecil", Q1) / "run.json").read_text("utf-8"))
    named = [*record["office_files"], *record["earlier_inputs"]]
    assert all(
        item["sha256"] == hashlib.sha256((place.root / item["file"]).read_bytes()).hexdigest()
        for item in named
    )
    assert "data/raw/kecil/office.yaml" in {item["file"] for item in record["office_files"]}
    assert {item["period"] for item in record["earlier_inputs"]} == {"2024-Q3", "2024-Q4"}
