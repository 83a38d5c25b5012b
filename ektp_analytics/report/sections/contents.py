"""Daftar isi: the chapters and annexes, with the pages they were printed on."""

from __future__ import annotations

import html as markup
import re
from dataclasses import dataclass

from markupsafe import Markup

from ektp_analytics.report.blocks import Block, Heading
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.markup import element
from ektp_analytics.report.page_numbers import PLACE as NUMBER
from ektp_analytics.report.sections.context import signed
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

CONTENTS = '<nav class="contents">'
PLACE = f"{CONTENTS}</nav>"
SEPARATOR = " · "  # between a chapter and its name in a kicker
_HEADLINE = re.compile(
    r'<header class="headline[^"]*">(?:<p class="kicker">(?P<kicker>.*?)</p>)?'
    r"<h2>(?P<title>.*?)</h2>",
    re.DOTALL,
)
_LEADER = "flex:1;border-bottom:0.8px dotted #8E99A3;margin:0 6px 4px"
_NUMBERED = re.compile(r"^\S+ [A-Z]{1,4}$")  # ``Bab II``, ``Lampiran B``
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Contents(Block):
    """The place of the table of contents; it is filled when the pages are known.

    Parameters
    ----------
    heading
        What stands above it.
    """

    heading: str

    def html(self) -> Markup:
        """Return the heading and the empty place."""
        return Heading(self.heading).html() + Markup(PLACE)  # noqa: S704 - a constant


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: what it says, and the heading it begins with."""

    words: str
    heading: str


def contents(run: PeriodRun, edition: Edition) -> Section:
    """Return the place of the table of contents; empty where no official signs."""
    if not signed(run):
        return Section()
    return Section([Contents(tell("contents.heading", edition.lang))])


def entries(page: str, skipped: str = "") -> list[Entry]:
    """Return the chapters and annexes of a page of HTML, in their order.

    Parameters
    ----------
    page
        HTML of a whole report.
    skipped
        Kicker of parts that are not listed (the opening pages).

    Returns
    -------
    list of Entry
        One per kicker; a bare number (``Bab II``, ``Lampiran B``) with its headline, another
        kicker (``Bab III · Hasil …``) for all its pages.
    """
    found: dict[str, Entry] = {}
    for match in _HEADLINE.finditer(page):
        kicker, title = (_plain(match[name] or "") for name in ("kicker", "title"))
        if not kicker or kicker in (*found, skipped):
            continue
        numbered = _NUMBERED.search(kicker) is not None
        words = f"{kicker}{SEPARATOR}{title}" if numbered else kicker
        found[kicker] = Entry(words, title)
    return list(found.values())


def filled(page: str, listed: list[Entry]) -> str:
    """Return a page with its contents filled in, the page numbers still open."""
    lines = (_line(entry) for entry in listed)
    style = "list-style:none;margin:0 0 8px;padding:0"
    nav = element("nav", element("ol", *lines, style=style), class_="contents")
    return page.replace(PLACE, str(nav), 1)


def _line(entry: Entry) -> Markup:
    leader = element("span", style=_LEADER)
    words = element("span", entry.words, style="max-width:92%")
    return element("li", words, leader, NUMBER, style="display:flex;align-items:flex-end")


def _plain(text: str) -> str:
    return markup.unescape(_TAG.sub(" ", text)).strip()
