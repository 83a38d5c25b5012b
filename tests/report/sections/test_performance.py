"""Capaian kinerja: achieved over target, by the codes of the office's plan."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.performance import achieved_performance, performance_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def _with(run: PeriodRun, *planned: Mapping[str, Any]) -> PeriodRun:
    profile = {**run.office.profile, "performance": list(planned)}
    return replace(run, office=replace(run.office, profile=profile))


def test_percent_is_achieved_over_target(contoh: PeriodRun) -> None:
    """LKjIP practice: capaian = realisasi ÷ target × 100, above 100 as it is."""
    found = {a.planned.code: a for a in achieved_performance(contoh, "id")}
    rate = contoh.value("recording_coverage").value
    assert rate is not None
    assert found["IKU-2"].percent == 100 * rate / 99.4
    index = unit_survey(contoh.data).summary.index
    assert index is not None
    assert found["IKU-1"].value == float(index)


def test_an_indicator_may_be_named_as_printed(contoh: PeriodRun) -> None:
    """An officer knows the printed name, not the code."""
    run = _with(contoh, {"code": "A", "indicator": "Cakupan perekaman", "target": 50})
    assert achieved_performance(run, "id")[0].value == contoh.value("recording_coverage").value


def test_what_cannot_be_said_is_left_open_with_its_reason(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """An unknown indicator and an absent target give no percentage, and say why."""
    run = _with(
        contoh,
        {"code": "A", "indicator": "kebahagiaan pegawai", "target": 50},
        {"code": "B", "indicator": "Cakupan perekaman"},
    )
    assert [a.percent for a in achieved_performance(run, "id")] == [None, None]
    read = words(performance_page(run, edition))
    assert "tidak ada indikator bernama “kebahagiaan pegawai”" in read
    assert "target periode ini tidak disebut" in read


def test_a_source_not_delivered_is_no_achievement_of_zero(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """A survey alone: coverage is not assessed, and no percentage is printed."""
    run = _with(sekadau, {"code": "A", "indicator": "recording_coverage", "target": 99.4})
    read = words(performance_page(run, edition))
    assert "tidak disampaikan" in read
    assert "0,0%" not in read


def test_without_codes_there_is_no_annex(sekadau: PeriodRun, edition: Edition) -> None:
    """The published survey belongs to no plan."""
    assert not performance_page(sekadau, edition)
