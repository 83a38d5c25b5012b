"""The processing sheet: the official sums, and rows that tell nothing about anyone."""

from collections import Counter
from dataclasses import replace

import numpy as np

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.processing import (
    counted_answers,
    foot_frame,
    processing_page,
    weight_frame,
)
from ektp_analytics.scoring.period_run import PeriodRun

SUMS = {
    "persyaratan": 138, "prosedur": 139, "waktu": 150, "biaya": 177, "produk": 159,
    "kompetensi": 163, "perilaku": 161, "pengaduan": 143, "sarana": 159,
}  # fmt: skip


def test_the_foot_holds_the_published_sums(sekadau: PeriodRun) -> None:
    """Σ of each element over the 49 published rows (article 923, sekadaukab.go.id)."""
    foot = foot_frame(unit_survey(sekadau.data)).set_index("key")
    assert foot["total"].to_dict() == SUMS
    assert foot["nrr"].round(4).to_dict() == {k: round(v / 49, 4) for k, v in SUMS.items()}


def test_the_weights_in_circulation_give_the_known_indices(sekadau: PeriodRun) -> None:
    """1/9 → 78.74, 0.111 → 78.66, 0.11 → 77.95, by hand from Σ NRR = 28.346939."""
    weights = weight_frame(unit_survey(sekadau.data), "id").set_index("weight")["index"]
    assert weights.to_dict() == {"1/9": 78.74, "0,11": 77.95, "0,111": 78.66}


def test_rows_are_shuffled_and_carry_no_attribute(contoh: PeriodRun) -> None:
    """The annex of PermenPAN-RB 14/2017 prints answers; with time, age or place a row could
    be traced to a person (UU 27/2022).
    """
    survey = unit_survey(contoh.data)
    shown = counted_answers(contoh, survey)
    assert set(shown.columns) == set(survey.tally.elements)
    original = contoh.data.tables["survey"][list(shown.columns)]
    enough = original[original.notna().sum(axis=1).ge(5)]
    assert len(shown) == len(enough) == survey.summary.n
    rows = [tuple(row) for row in shown.astype("float64").fillna(0).to_numpy()]
    first = [tuple(row) for row in enough.astype("float64").fillna(0).to_numpy()]
    assert Counter(rows) == Counter(first)
    assert rows != first


def test_the_sheet_says_nothing_of_the_order_of_the_file(contoh: PeriodRun) -> None:
    """The seed is printed, so whoever holds it can undo the draw; the same answers in any
    other order of rows give the same sheet, and nothing of the order is left to find.
    """
    turned = dict(contoh.data.tables)
    turned["survey"] = turned["survey"].iloc[::-1].reset_index(drop=True)
    other = replace(contoh, data=replace(contoh.data, tables=turned))
    one, two = (counted_answers(run, unit_survey(run.data)) for run in (contoh, other))
    assert np.array_equal(one.fillna(0).to_numpy(), two.fillna(0).to_numpy())


def test_two_runs_print_the_same_sheet(contoh: PeriodRun) -> None:
    """The order comes from the printed seed."""
    survey = unit_survey(contoh.data)
    one, two = (counted_answers(contoh, survey) for _ in range(2))
    assert np.array_equal(one.fillna(0).to_numpy(), two.fillna(0).to_numpy())


def test_the_sheet_says_how_many_rows_stand_in_the_workbook(
    contoh: PeriodRun, edition: Edition
) -> None:
    """416 questionnaires do not fit a page; none may be left out without a word."""
    page = processing_page(contoh, edition).text()
    hidden = unit_survey(contoh.data).summary.n - 20
    assert f"{hidden} baris berikutnya" in page
