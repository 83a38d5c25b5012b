"""Pieces of a report page that show themselves in a notebook and in print.

Every block gives its HTML (styled by ``template/report.css``) through
``_repr_mimebundle_``; a notebook cell that ends in a block shows it, and the printed
report is the sequence of them. Tables are in `ektp_analytics.report.grid`, charts in
`ektp_analytics.report.figure`, cover and signature in `ektp_analytics.report.front`.
Texts may mark bold as ``**…**``; everything is escaped in
`ektp_analytics.report.markup`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

from ektp_analytics.report.markup import element, plain, together

Mark = Literal[
    "dot", "ring", "diamond", "diamond-filled", "up", "down", "check", "square", "dash", ""
]

_DATA = re.compile(r"<script\b.*?</script>", re.DOTALL)


class Block(ABC):
    """Anything a report page is made of."""

    @abstractmethod
    def html(self) -> Markup:
        """Return the designed HTML."""

    def text(self) -> str:
        """Return the block in plain words, for terminals and Word; a chart's data are no words."""
        words = _DATA.sub("", self.html()).replace("><", "> <")  # what stands apart is kept apart
        return plain(Markup(words).striptags())  # noqa: S704 - only what was there

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        return {"text/html": str(self.html()), "text/plain": self.text()}


def mark(name: Mark, attention: bool = False) -> Markup:
    """Return a symbol drawn from CSS borders; empty for no mark."""
    if not name:
        return Markup("")
    tone = " attention" if attention else ""
    return element("i", class_=f"mark mark-{name}{tone}", aria_hidden="true")


def stacked(blocks: Sequence[Block | str]) -> Markup:
    """Return blocks one under the other; a text becomes a paragraph."""
    return together(
        *(block.html() if isinstance(block, Block) else element("p", block) for block in blocks)
    )


@dataclass(frozen=True, slots=True)
class Headline(Block):
    """Opening of a page: chapter, a heading that states the finding, and a lead.

    Parameters
    ----------
    headline
        The finding as a sentence without a full stop.
    kicker
        Chapter, as ``Bab III · Hasil pengolahan data``.
    lead
        One or two sentences under it.
    new_page
        Whether the page starts here.
    """

    headline: str
    kicker: str = ""
    lead: str = ""
    new_page: bool = True

    def html(self) -> Markup:
        """Return the heading with its kicker and lead."""
        parts = [element("p", self.kicker, class_="kicker") if self.kicker else ""]
        parts.append(element("h2", self.headline))
        parts.append(element("p", self.lead, class_="lead") if self.lead else "")
        page = " new-page" if self.new_page else ""
        return element("header", *parts, class_=f"headline{page}")


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside a page."""

    heading: str

    def html(self) -> Markup:
        """Return the heading."""
        return element("h3", self.heading)


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Running text; `small` sets it as a source line."""

    words: str
    small: bool = False

    def html(self) -> Markup:
        """Return the paragraph."""
        return element("p", self.words, class_="source" if self.small else None)


@dataclass(frozen=True, slots=True)
class Bullet:
    """One line of a list, with the mark that says what kind of line it is."""

    words: str
    mark: Mark = "dash"
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list under an optional heading.

    Parameters
    ----------
    items
        Lines; a plain text gets a dash.
    heading
        Heading over it.
    empty
        Sentence printed if there are no lines.
    """

    items: Sequence[Bullet | str]
    heading: str = ""
    empty: str = ""

    def html(self) -> Markup:
        """Return the list."""
        lines = [item if isinstance(item, Bullet) else Bullet(item) for item in self.items]
        head = element("h3", self.heading) if self.heading else ""
        if not lines:
            return together(head, element("p", self.empty) if self.empty else "")
        listed = (
            element("li", mark(line.mark, line.attention), element("span", line.words))
            for line in lines
        )
        return together(head, element("ul", *listed, class_="bullets"))


@dataclass(frozen=True, slots=True)
class KeyNumber(Block):
    """The one number of a page, large.

    Parameters
    ----------
    label
        What it is.
    value
        Printed value; ``–`` where absent.
    verdict
        Short judgment under it (``Mutu B · Baik``).
    notes
        Small lines (interval, n).
    """

    label: str
    value: str
    verdict: str = ""
    notes: Sequence[str] = ()

    def html(self) -> Markup:
        """Return the number with its label."""
        notes = (element("p", note, class_="key-note") for note in self.notes)
        return element(
            "div",
            element("p", self.label, class_="key-label"),
            element("p", self.value, class_="key-value"),
            element("p", self.verdict, class_="key-verdict") if self.verdict else "",
            *notes,
            class_="key-number",
        )


@dataclass(frozen=True, slots=True)
class KeyRow(Block):
    """A ruled row of two to five smaller key numbers, as on the cover."""

    items: Sequence[KeyNumber]

    def html(self) -> Markup:
        """Return the row."""
        return element("div", *(item.html() for item in self.items), class_="key-row")


@dataclass(frozen=True, slots=True)
class Note(Block):
    """A remark with a rule at its left; its title runs into the text."""

    title: str
    words: str

    def html(self) -> Markup:
        """Return the remark."""
        title = element("b", self.title.rstrip(".") + ".") if self.title else ""
        return element(
            "aside", element("p", title, " " if title else "", self.words), class_="note"
        )


@dataclass(frozen=True, slots=True)
class Callout(Block):
    """A boxed warning that must not be missed (sample data, a draft, a doubtful index)."""

    title: str
    words: str = ""

    def html(self) -> Markup:
        """Return the box."""
        words = element("p", self.words) if self.words else ""
        title = element("p", self.title, class_="callout-title")
        return element("aside", title, words, class_="callout")


@dataclass(frozen=True, slots=True)
class Columns(Block):
    """Blocks side by side, with one gutter between columns.

    Parameters
    ----------
    columns
        For each column its blocks from top to bottom.
    widths
        Relative widths; equal if empty.
    """

    columns: Sequence[Sequence[Block | str]]
    widths: Sequence[float] = ()

    def html(self) -> Markup:
        """Return the columns."""
        widths = self.widths or [1] * len(self.columns)
        grid = " ".join(f"minmax(0, {width:g}fr)" for width in widths)
        inner = (element("div", stacked(column)) for column in self.columns)
        return element("div", *inner, class_="columns", style=f"grid-template-columns: {grid}")


@dataclass(frozen=True, slots=True)
class Together(Block):
    """Blocks that are not parted by a page break."""

    blocks: Sequence[Block | str]

    def html(self) -> Markup:
        """Return the blocks in one unbroken box."""
        return element("div", stacked(self.blocks), class_="together")


@dataclass(frozen=True, slots=True)
class PageBreak(Block):
    """The next block starts a new page."""

    words: str = field(default="", init=False)

    def html(self) -> Markup:
        """Return the break."""
        return element("div", class_="page-break")
