"""The table of supporting and hindering factors joins every source and says how strong each is."""

from collections.abc import Callable

import pytest

from ektp_analytics.indicators.drivers import KINDS
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.drivers import drivers_table, found_drivers
from ektp_analytics.report.sections.follow_up import strengths_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def test_every_kind_of_factor_is_found_in_a_full_office(contoh: PeriodRun) -> None:
    """Gaps, groups, chart signals, coded statements, complaints: each with strength and source."""
    table = found_drivers(contoh, "id").table
    assert set(table["kind"]) == set(KINDS)
    assert table["strength"].notna().all()
    assert set(table["source"]) <= set(contoh.sources)


def test_points_are_those_of_the_scorecard(contoh: PeriodRun) -> None:
    """What a hindering indicator costs is what its line says it costs."""
    table = found_drivers(contoh, "id").table
    gaps = table[table["kind"].eq("gap") & table["direction"].eq("hindering")]
    assert len(gaps)
    for row in gaps.to_dict("records"):
        lost = contoh.scorecard.line(str(row["code"])).points_lost
        assert row["strength"] == pytest.approx(lost)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_says_factor_strength_basis_and_source(contoh: PeriodRun, lang: str) -> None:
    (block,) = drivers_table(contoh, Edition(lang))  # type: ignore[arg-type]
    read = " ".join(Section([block]).html().striptags().split())
    names = {"id": ("Catatan layanan", "hilang", "tepat waktu"), "en": ("lost", "on time")}
    for word in names[lang]:
        assert word in read
    for key in ("service_log", "tanpa_pemeriksaan", "rule_of_law", "percentage_points"):
        assert key not in read


def test_it_stands_in_chapter_four(contoh: PeriodRun, edition: Edition, words: Words) -> None:
    assert "Faktor pendukung dan penghambat" in words(strengths_page(contoh, edition))


def test_a_survey_alone_has_only_what_a_survey_can_say(
    sekadau: PeriodRun, banyuasin: PeriodRun, edition: Edition
) -> None:
    """49 respondents give points of their elements; printed figures alone score nothing."""
    assert set(found_drivers(sekadau, "id").table["source"]) == {"survey"}
    assert set(found_drivers(banyuasin, "id").table["kind"]) == {"evidence"}
    assert strengths_page(banyuasin, edition) == Section()
