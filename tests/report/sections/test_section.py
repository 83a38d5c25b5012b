"""A section shows its blocks one by one, in their order."""

from typing import Any

import pytest

from ektp_analytics.report.blocks import Headline, Paragraph
from ektp_analytics.report.figure import Chart, Plot
from ektp_analytics.report.sections.section import Between, Gap, Section


def test_texts_become_paragraphs_and_the_order_is_kept() -> None:
    """What is written first is read first."""
    shown = list(Section(["satu", Paragraph("dua"), "tiga"]))
    assert [block.text() for block in shown] == ["satu", "dua", "tiga"]


def test_room_stands_over_a_headline_in_the_middle_of_a_page() -> None:
    """Only a headline that does not begin a page needs it."""
    middle = list(Section(["isi", Headline("Bagian", new_page=False)]))
    start = list(Section(["isi", Headline("Bagian")]))
    assert [type(b) for b in middle] == [Paragraph, Gap, Headline]
    assert [type(b) for b in start] == [Paragraph, Headline]


def test_an_empty_section_is_false_and_shows_nothing() -> None:
    """A page about a source that was not delivered leaves no trace."""
    assert not Section()
    assert str(Section().html()) == ""


def test_a_notebook_gets_every_chart_as_its_own_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it stays the interactive figure it is; what stands between is one output."""
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda *blocks: shown.extend(blocks))
    chart = Chart(Plot([], {}, 600, 200, "Grafik"), caption="Lama menunggu")
    page = Section(["satu", Headline("dua"), chart, chart, "tiga"])
    page._ipython_display_()
    assert [type(block) for block in shown] == [Between, Chart, Chart, Between]
    together = "".join(str(block.html()) for block in shown)
    assert together.replace("\n", "") == str(page.html()).replace("\n", "")
    assert [block.text() for block in shown][::3] == ["satu\n\ndua", "tiga"]


def test_hostile_text_is_escaped() -> None:
    """A name from a file may hold markup; the page must show it, not run it."""
    page = str(Section(["<script>alert(1)</script> & co"]).html())
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
