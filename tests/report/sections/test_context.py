"""Names, notices, absences: what every page relies on."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ektp_analytics.errors import because
from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import (
    band_frame,
    kind_of,
    lowered,
    notices,
    reason_words,
    signed,
    value_words,
)
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Office

Words = Callable[[Section], str]


def pages_of(run: PeriodRun, edition: Edition) -> dict[str, Section]:
    """Return every page of a report by its name."""
    found = {}
    for name in sections.__all__:
        page = getattr(sections, name)
        more = [()] if "history" in inspect.signature(page).parameters else []
        found[name] = page(run, edition, *more)
    return found


def test_the_bands_are_those_of_the_regulation() -> None:
    """PermenPAN-RB 14/2017, annex: D from 25, C from 65, B from 76.61, A from 88.31; the
    means are the converted limits ÷ 25 (2.60, 3.0644, 3.5324).
    """
    bands = band_frame(date(2025, 12, 31), "id").set_index("letter")
    assert bands["lower"].to_dict() == {"D": 25.0, "C": 65.0, "B": 76.61, "A": 88.31}
    assert bands["ni_lower"].round(4).to_dict() == {"D": 1.0, "C": 2.6, "B": 3.0644, "A": 3.5324}


@pytest.mark.parametrize(
    ("services", "given", "kind"),
    [
        ((), {"survey"}, "survey"),
        (("Rekam KTP-el",), {"survey"}, "service"),
        ((), {"survey", "service_log"}, "service"),
        ((), {"published_figures", "evidence"}, "case_study"),
        ((), {"published_figures", "survey"}, "survey"),
        ((), {"publications"}, "service"),
        ((), set(), "service"),
    ],
)
def test_a_report_is_about_what_was_delivered(
    services: tuple[str, ...], given: set[str], kind: str
) -> None:
    """A survey of unnamed services must not be called a report on the e-KTP service."""
    profile: Mapping[str, Any] = {"services": {"ektp": list(services)}}
    office = Office("uji", "Unit Uji", "Uji", "Kabupaten Uji", "99.99", profile=profile)
    assert kind_of(office, given) == kind


def test_published_data_are_signed_by_nobody(sekadau: PeriodRun, contoh: PeriodRun) -> None:
    """An official signs an office's own report, never a recomputation by others."""
    assert not signed(sekadau)
    assert signed(contoh)
    plain = replace(sekadau, office=replace(sekadau.office, label=""))
    assert signed(plain)


def test_every_page_about_the_survey_carries_its_notice(
    sekadau: PeriodRun, edition: Edition, words: Words
) -> None:
    """``office.yaml``: the source's text ends after row 49; every page about it says so.

    Left out are the cover (boxed label), parts that always share a page with one that
    carries the notice, and the scorecard, which names the file as its source.
    """
    beside = {"cover_page", "profile_page", "unassessed_results", "follow_up_page"}
    silent = [
        name
        for name, page in pages_of(sekadau, edition).items()
        if page
        and name not in beside | {"scorecard_page", "methodology_page"}
        and "setelah responden ke-49" not in words(page)
    ]
    assert not silent


def test_what_notices_share_is_said_once(contoh: PeriodRun, edition: Edition) -> None:
    """Four sources of the made-up office begin with the same sentence."""
    said = notices(contoh, edition, *contoh.sources)[0].text()
    assert said.count("Data sintetis untuk peragaan") == 1
    assert said.count("diekspor tujuh hari setelah periode berakhir") == 1


def test_a_reason_names_a_source_as_an_official_would() -> None:
    """The key of a source is English; a page in Indonesian must not print it."""
    reason = because("source_missing", source="service_log")
    assert "catatan layanan" in reason_words(reason, "id")
    assert "service_log" not in reason_words(reason, "id")


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Janji layanan ditepati", "janji layanan ditepati"),
        ("IKM", "IKM"),
        ("KTP-el", "KTP-el"),
        ("Laki-laki", "laki-laki"),
    ],
)
def test_an_abbreviation_keeps_its_capitals_in_a_sentence(name: str, inside: str) -> None:
    """EYD: a common name is written small inside a sentence, an abbreviation is not."""
    assert lowered(name) == inside


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [(70.74, "percent", "70,7%"), (84.435, "index", "84,44"), (0.9484, "ratio", "0,948")],
)
def test_values_print_in_their_unit(value: float, unit: str, printed: str) -> None:
    """Index two decimals, shares one, ratios three; decimal comma, half-up."""
    assert value_words(value, unit, "id") == printed
    assert value_words(None, unit, "id") == "–"


@pytest.mark.parametrize("office", ["sekadau", "banyuasin", "contoh"])
def test_annexes_are_lettered_without_a_gap(
    office: str, request: pytest.FixtureRequest, edition: Edition, words: Words
) -> None:
    """Lampiran A, B, C … in the order they are printed, whatever was delivered."""
    run: PeriodRun = request.getfixturevalue(office)
    order = (
        *("questionnaire", "performance", "processing", "why", "publications", "themes"),
        *("all_figures", "methodology"),
    )
    pages = pages_of(run, edition)
    read = " ".join(words(pages[f"{name}_page"]) for name in (*order, "provenance"))
    letters = re.findall(r"(?:Lampiran ([A-Z]))(?= ?[A-Z0-9M])", read)
    heads = [letter for n, letter in enumerate(letters) if letter not in letters[:n]]
    assert heads == sorted(heads)
    assert heads[0] == "A"


@pytest.mark.parametrize("office", ["sekadau", "banyuasin", "contoh"])
def test_english_pages_hold_no_indonesian_frame(
    office: str, request: pytest.FixtureRequest, words: Words
) -> None:
    """``--lang en``: the words of the pages are English; names from files stay as they are."""
    run: PeriodRun = request.getfixturevalue(office)
    pages = pages_of(run, Edition("en"))
    read = " ".join(words(page) for page in pages.values())
    for word in ("belum dinilai", "disampaikan", "Lampiran ", "Tabel "):
        assert word not in read, word
