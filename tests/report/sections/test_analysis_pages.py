"""Bab IV and V: trend, scores, strengths, plan and conclusions follow from the numbers."""

import re
from collections.abc import Callable

import pytest

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.conclusion import conclusion_page
from ektp_analytics.report.sections.firmness import firmness_page, paper_scores
from ektp_analytics.report.sections.follow_up import (
    follow_up_page,
    ranked_elements,
    strengths_page,
)
from ektp_analytics.report.sections.history import move_of, period_before, unit_index_change
from ektp_analytics.report.sections.plan import planned_actions, quarter_of
from ektp_analytics.report.sections.scorecard import line_frame, scorecard_page, worst_lines
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.sections.summary import summary_page
from ektp_analytics.report.sections.trend import change_lines, trend_page
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def test_without_an_earlier_period_nothing_goes_up_or_down(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Naik and turun need something to compare with."""
    assert not trend_page(sekadau, edition)
    read = words(summary_page(sekadau, edition))
    assert "Belum ada pembanding" in read
    assert not re.search(r"\b(Naik|Turun):", read)


def test_only_the_period_just_before_is_compared_with(
    contoh: PeriodRun, contoh_before: PeriodRun, sekadau: PeriodRun
) -> None:
    """2025-Q3 comes before 2025-Q4; a semester of another office does not."""
    assert period_before(contoh, [contoh_before]) is contoh_before
    assert period_before(contoh, [sekadau]) is None
    assert move_of(unit_index_change(contoh, None)) == "no previous"


def test_a_direction_is_named_only_beyond_noise(
    contoh: PeriodRun, contoh_before: PeriodRun, edition: Edition, words: Words
) -> None:
    """Every line of the summary that says Turun or Naik has a verdict beyond noise."""
    lines = {row["name"]: row["move"] for row in change_lines(contoh, contoh_before, "id")}
    assert "same" in lines.values()
    read = words(summary_page(contoh, edition, [contoh_before]))
    for name, move in lines.items():
        if f": {name}, dari" in read:
            said = re.findall(rf"([A-Z][a-z ]+): {re.escape(name)}, dari", read)[0].strip()
            expected = {"down": "Turun", "up": "Naik", "same": "Tidak berubah nyata"}[move]
            assert said.endswith(expected), name


def test_the_headline_of_the_trend_names_what_moved(
    contoh: PeriodRun, contoh_before: PeriodRun, edition: Edition, words: Words
) -> None:
    """The blank shortage of the story pulls down the legal limit and the promise first."""
    read = words(trend_page(contoh, edition, [contoh_before]))
    assert "Sejak Triwulan III 2025: janji layanan ditepati" in read
    assert "batas waktu peraturan dipenuhi" in read


def test_the_points_of_a_principle_add_up_to_what_it_lost(contoh: PeriodRun) -> None:
    """Σ weight × (100 − score) = 100 − the principle's score, for each principle."""
    table = line_frame(contoh, "id")
    for principle in contoh.scorecard.principles:
        rows = table[table["principle"].eq(principle.key) & table["score"].notna()]
        lost = (rows["weight"] * (100 - rows["score"]) / 100).sum()
        assert principle.score is not None
        assert lost == pytest.approx(100 - principle.score, abs=1e-6)


def test_partial_principles_do_not_lead_the_headline(contoh: PeriodRun) -> None:
    """What is named worst comes from principles assessed in full, the costliest first."""
    worst = worst_lines(contoh)
    lost = [line.points_lost or 0 for line in worst]
    assert lost == sorted(lost, reverse=True)
    full = {p.key for p in contoh.scorecard.principles if p.status == "ok"}
    assert {line.value.principle for line in worst} <= full


def test_a_partial_principle_prints_its_bounds(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """A score over a third of the weight stands only beside what the rest could make of it."""
    found = sekadau.scorecard["transparency"]
    assert found.status == "partial"
    low, high = (f"{end:.1f}".replace(".", ",") for end in found.bounds)
    assert f"{low}–{high}" in words(firmness_page(sekadau, edition))
    assert "sebagian (33% bobot dinilai)" in words(scorecard_page(sekadau, edition))


def test_without_any_score_the_page_says_why(
    banyuasin: PeriodRun, edition: Edition, words: Words
) -> None:
    """All four principles belum dinilai, and no table of empty rows."""
    read = words(summary_page(banyuasin, edition))
    assert read.count("belum dinilai") >= 4
    for principle in ("Partisipasi", "Transparansi", "Akuntabilitas", "Supremasi hukum"):
        assert principle in read
    assert not firmness_page(banyuasin, edition)
    assert "Keempat prinsip belum dinilai" in words(scorecard_page(banyuasin, edition))


def test_the_mapping_of_the_paper_moves_elements_and_not_values(contoh: PeriodRun) -> None:
    """Asmawati (2023) lists all nine elements under accountability: participation and rule of
    law hold none and keep their scores.
    """
    paper = paper_scores(contoh)
    for key in ("participation", "rule_of_law"):
        assert paper[key] == pytest.approx(contoh.scorecard[key].score)
    assert paper["transparency"] != pytest.approx(contoh.scorecard["transparency"].score)


def test_elements_are_ranked_by_their_index(sekadau: PeriodRun) -> None:
    """Σ 138 139 143 150 159 159 161 163 177: persyaratan lowest, biaya highest."""
    ranked = [element.key for element in ranked_elements(sekadau)]
    assert ranked[:4] == ["persyaratan", "prosedur", "pengaduan", "waktu"]
    assert ranked[-1] == "biaya"


def test_the_plan_begins_with_the_weakest_element(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Priority by the weakest element, as the reports under PermenPAN-RB 14/2017 have it."""
    actions = planned_actions(sekadau)
    assert actions[0].code == "skm_persyaratan"
    read = words(follow_up_page(sekadau, edition))
    assert "70,41 · C" in read
    assert "≥ 76,61 (B)" in read


def test_a_due_day_prints_as_its_quarter() -> None:
    """31 March belongs to the first quarter, 1 April to the second."""
    from datetime import date

    assert quarter_of(date(2026, 3, 31), "id") == "TW I 2026"
    assert quarter_of(date(2026, 4, 1), "id") == "TW II 2026"
    assert quarter_of(None, "id") == "–"


def test_last_promises_are_judged_from_the_office_s_file(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """Two of four actions of the made-up office have a completion date."""
    assert "Dua dari empat tindak lanjut periode lalu terlaksana" in words(
        follow_up_page(contoh, edition)
    )


def test_a_missing_record_of_the_last_plan_is_one_line(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """Not delivered is not the same as nothing done."""
    read = words(follow_up_page(sekadau, edition))
    assert "berkas tindak lanjut tidak disampaikan; tidak dihitung sebagai nol" in read


def test_strengths_and_weaknesses_do_not_overlap(contoh: PeriodRun, edition: Edition) -> None:
    """An element or indicator stands on one side only."""
    html = str(strengths_page(contoh, edition).html())
    first, second = html.split("table-block")[1:3]
    names = [set(re.findall(r'scope="row">(.*?)</th>', side)) for side in (first, second)]
    assert names[0]
    assert not names[0] & names[1]


def test_conclusions_repeat_the_numbers_of_their_pages(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """Index, share in time, coverage and scores as they are computed, half-up."""
    read = words(conclusion_page(contoh, edition))
    index = unit_survey(contoh.data).summary.index
    assert f"{index:.2f}".replace(".", ",") in read
    for code in ("legal_time_limit", "promise_kept"):
        value = contoh.value(code).value
        assert value is not None
        assert f"{value:.1f}%".replace(".", ",") in read
    for principle in contoh.scorecard.principles:
        assert principle.score is not None
        assert f"{principle.score:.1f}".replace(".", ",") in read


def test_only_a_signed_report_ends_with_a_signature(
    contoh: PeriodRun, sekadau: PeriodRun, edition: Edition
) -> None:
    """Bab V of the ministry's outline; an empty 6 × 3 cm box for the electronic signature."""
    assert "sign-box" in str(conclusion_page(contoh, edition).html())
    assert "sign-box" not in str(conclusion_page(sekadau, edition).html())
