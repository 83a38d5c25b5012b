"""The roll-up says of all offices what pooled rows would say, from tallies alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from ektp_analytics.batch.pooling import pooled_answers, stacked
from ektp_analytics.batch.roll_up_period import roll_up_period
from ektp_analytics.batch.rollup import Rollup, coverage_by_office, margins, moved, roll_up
from ektp_analytics.batch.tally import OfficeTally, tally_of
from ektp_analytics.batch.tally_file import write_tally
from ektp_analytics.errors import Refused
from ektp_analytics.indicators.skm import asked_elements, skm_index
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.scoring.period_run import PeriodRun

OFFICES = ("satu", "dua", "tiga")
PERIOD = "2025-Q4"


@pytest.fixture(scope="module")
def runs(made_up: Path) -> list[PeriodRun]:
    return [run_period(made_up, office, PERIOD) for office in OFFICES]


@pytest.fixture(scope="module")
def tallies(runs: list[PeriodRun]) -> list[OfficeTally]:
    return [tally_of(run) for run in runs]


@pytest.fixture(scope="module")
def found(tallies: list[OfficeTally]) -> Rollup:
    return roll_up(tallies)


def test_the_pooled_index_is_that_of_all_rows(found: Rollup, runs: list[PeriodRun]) -> None:
    tables = [run.data.tables["survey"] for run in runs]
    asked = asked_elements(tables[0])
    assert all(asked_elements(table) == asked for table in tables)
    rows = pd.concat(tables, ignore_index=True)
    whole = skm_index(rows, period=runs[0].period)
    assert found.pooled is not None
    assert found.pooled.to_record() == whole.summary.to_record()


def test_the_mean_of_units_counts_every_office_once(found: Rollup, runs: list[PeriodRun]) -> None:
    own = [skm_index(run.data.tables["survey"], period=run.period) for run in runs]
    exact = [one.summary.index_unrounded for one in own]
    assert found.units == 3
    assert found.mean_of_units == pytest.approx(np.mean(exact), abs=0.005)


def test_coverage_adds_up_by_hand(found: Rollup, runs: list[PeriodRun]) -> None:
    values = [run.value("recording_coverage") for run in runs]
    total = found.coverage.iloc[-1]
    recorded = sum(value.inputs["recorded"] for value in values)
    obligated = sum(value.inputs["obligated"] for value in values)
    assert total["recorded"] == recorded
    assert total["recording_coverage"] == pytest.approx(100 * recorded / obligated)
    by_office = found.coverage.set_index("office")["recording_coverage"]
    for value in values:
        assert by_office[value.office] == pytest.approx(value.value)


def test_waiting_times_are_those_of_each_office(found: Rollup, runs: list[PeriodRun]) -> None:
    shares = found.waiting.set_index("office")["within_limit"]
    for run in runs:
        value = run.value("legal_time_limit")
        assert shares[run.office.id] == pytest.approx(value.value)
    assert found.waiting_pooled is not None
    assert found.waiting_pooled.n == found.waiting["n"].sum()


def test_every_rank_lies_in_a_range_of_the_offices_ranked(found: Rollup) -> None:
    ranked = found.league.dropna(subset=["rank"])
    assert not ranked.empty
    assert ranked["rank_low"].ge(1).all()
    assert ranked["rank_high"].le(len(OFFICES)).all()
    assert ranked["rank_low"].le(ranked["rank_high"]).all()


def test_small_cells_are_hidden_after_merging(tallies: list[OfficeTally]) -> None:
    """With a threshold between the two sexes' counts the small one goes, and the other too."""
    shown = margins(stacked(tallies), smallest=1)
    sex = shown[shown["margin"].eq("sex")]
    assert not sex["hidden"].any()
    hidden = margins(stacked(tallies), smallest=int(sex["questionnaires"].min()) + 1)
    gone = hidden[hidden["margin"].eq("sex")]
    assert gone["hidden"].sum() >= 2
    assert gone.loc[gone["hidden"], ["questionnaires", "requests", "index"]].isna().all(axis=None)


def test_a_sum_that_tells_what_one_office_hid_is_hidden(tallies: list[OfficeTally]) -> None:
    """With a threshold above one office's smaller count, its report hides both sexes; the
    sums less the other offices would tell them.
    """
    fewest = {
        t.office: min(found.n for found, _ in pooled_answers(stacked([t]), "sex").values())
        for t in tallies
    }
    least, second, *_ = sorted(fewest.values())
    assert least < second, "one office is the smallest"
    sex = margins(stacked(tallies), smallest=least + 1)
    assert sex.loc[sex["margin"].eq("sex"), "hidden"].all()
    others = [t for t in tallies if fewest[t.office] > least]
    shown = margins(stacked(others), smallest=least + 1)
    assert not shown.loc[shown["margin"].eq("sex"), "hidden"].any()


def test_nothing_moves_against_itself(tallies: list[OfficeTally]) -> None:
    same = moved(tallies, tallies)
    assert set(same["verdict"]) == {"unchanged"}
    assert same["difference"].eq(0).all()


def test_an_office_that_lost_a_hundred_recordings_in_each_kecamatan_moved(
    tallies: list[OfficeTally],
) -> None:
    counts = tallies[0].counts.copy()
    recorded = counts["part"].eq("registrations") & counts["item"].eq("recorded")
    counts.loc[recorded, "count"] = (counts.loc[recorded, "count"] * 9) // 10
    after = [replace(tallies[0], counts=counts), *tallies[1:]]
    found = moved(tallies, after).set_index(["figure", "office"])["verdict"]
    assert found["recording_coverage", "satu"] == "down"
    assert found["recording_coverage", "dua"] == "unchanged"


def test_own_indicators_and_weights_change_no_comparison(
    tallies: list[OfficeTally], found: Rollup
) -> None:
    """An office's own catalogue holds in its own report; the ranks stay as they were."""
    strange = replace(tallies[0].values[0], code="antrean_daring", value=1.0)
    own = replace(tallies[0], catalogue="1.0+kami", values=(*tallies[0].values, strange))
    pd.testing.assert_frame_equal(roll_up([own, *tallies[1:]]).league, found.league)


def test_another_catalogue_is_refused_by_name(tallies: list[OfficeTally]) -> None:
    with pytest.raises(Refused) as refused:
        roll_up([replace(tallies[0], catalogue="0.0"), *tallies[1:]])
    assert refused.value.findings[0].rule == "tally_other_catalogue"


def test_only_tallies_were_sent(tallies: list[OfficeTally], tmp_path: Path) -> None:
    """No workspace, no raw data: a folder of tallies gives workbook and page."""
    sent = tmp_path / "kiriman"
    for tally in tallies:
        write_tally(tally, sent / f"{tally.office}-{PERIOD}-rahasia.parquet")
    (sent / "catatan.parquet").write_bytes(b"bukan rekap")
    _, files, _ = roll_up_period(PERIOD, [sent], formats=["xlsx", "html"])
    assert [file.name for file in files] == ["rekap.html", "rekap.xlsx"]
    book = CalamineWorkbook.from_path(files[1])
    assert book.sheet_names[0] == "Peringkat kantor"
    assert "IKM menurut kantor" in book.sheet_names
    html = files[0].read_text(encoding="utf-8")
    assert all(tally.region in html for tally in tallies)
    assert "Rata-rata IKM kantor" in html


def test_a_count_missing_in_one_kecamatan_is_missing_for_its_office_alone(
    tallies: list[OfficeTally],
) -> None:
    """And the sum says of how many offices it is; offices without registrations are not in it."""
    counts = tallies[0].counts.copy()
    recorded = counts["part"].eq("registrations") & counts["item"].eq("recorded")
    counts.loc[counts[recorded].index[0], "count"] = pd.NA
    part = replace(tallies[0], counts=counts)
    without = replace(tallies[1], counts=counts[counts["part"].ne("registrations")])
    given = [part, without, tallies[2]]
    found = coverage_by_office(given, stacked(given)).set_index("office")
    assert list(found.index) == ["satu", "tiga", ""]
    assert pd.isna(found.loc["satu", "recorded"]) and pd.isna(
        found.loc["satu", "recording_coverage"]
    )
    assert found.loc["satu", "holders"] == tallies[0].registrations()["holders"].sum()
    assert found.loc["", "n_offices"] == 1
    assert found.loc["", "recorded"] == tallies[2].registrations()["recorded"].sum()
    assert coverage_by_office([without], stacked([without])).empty
