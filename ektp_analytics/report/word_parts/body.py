"""Where blocks are written to: paragraphs, headings, captions and pictures in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.markup import plain
from ektp_analytics.report.word_parts import markup

PX_PER_INCH = 96
EMU_PER_PX = 914_400 // PX_PER_INCH
TWIPS_PER_PX = 1440 / PX_PER_INCH
TEXT_WIDTH = 642  # px between the margins of the template, as in print
_LABEL = re.compile(r"(?P<word>\D+?)\s+(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the table of contents lists it.

    Parameters
    ----------
    level, words, bookmark
        Level 1 to 3, its words, and the bookmark around it.
    front
        Whether it stands before the table of contents (approval, foreword).
    """

    level: int
    words: str
    bookmark: str
    front: bool = False


@dataclass
class Body:
    """The place in a document where the report is written.

    Parameters
    ----------
    document
        python-docx's document.
    place
        Element the report is written in front of.
    camera
        Takes the picture of a chart; None where there is none, whose description stands in
        its place.
    signature
        The template's signature block; None for the built-in one.
    lang
        Language of the words that are ours.
    """

    document: Any
    place: Any
    camera: Callable[[Plot], bytes | None]
    signature: Any = None
    lang: Language = "id"
    entries: list[Entry] = field(default_factory=list)
    chapter: str = ""
    empty: bool = True
    _numbers: int = 1

    def put(self, xml: str) -> Any:
        """Write one element and return it."""
        return self.put_element(markup.parsed(xml))

    def put_element(self, element: Any) -> Any:
        """Write an element that is made already."""
        self.place.addprevious(element)
        self.empty = False
        return element

    def keep_last(self) -> None:
        """Keep the last paragraph on the page of what is written next."""
        from docx.text.paragraph import Paragraph

        last = self.place.getprevious()
        if last is not None and last.tag.endswith("}p"):
            Paragraph(last, self.document).paragraph_format.keep_with_next = True

    def paragraph(self, text: object, style: str = "", **look: Any) -> None:
        """Write words with ``**bold**`` as one paragraph."""
        self.put(markup.paragraph(markup.runs(text), style, **look))

    def heading(
        self, text: object, level: int, *, new_page: bool = False, front: bool = False
    ) -> None:
        """Write a heading of level 1 to 3 and remember it for the table of contents."""
        shown = plain(text).replace("\n", " ")
        self._numbers += 1
        name = f"_Toc{self._numbers:06d}"
        self.entries.append(Entry(level, shown, name, front))
        self.put(
            markup.paragraph(
                markup.runs(text),
                f"Heading{level}",
                keep=True,
                new_page=new_page and not self.empty,
                bookmark=(self._numbers, name),
            )
        )

    def caption(self, label: str, text: str) -> None:
        """Write ``Gambar 1. …`` with its number as a field Word can list and point to."""
        if not (label or text):
            return
        found = _LABEL.fullmatch(label)
        inside = ""
        if found:
            word, number = found["word"], found["number"]
            # \r keeps the number the sentences of the report point to.
            code = f"SEQ {word} \\* ARABIC \\r {number}"
            inside = markup.run(f"{word} ", bold=True) + markup.field(code, number, bold=True)
            inside += markup.run(". ", bold=True)
        elif label:
            inside = markup.run(f"{label}. ", bold=True)
        self.put(markup.paragraph(inside + markup.runs(text), "Caption", keep=True))

    def picture(self, plot: Plot) -> None:
        """Write a chart's picture with its alternative text, or that text where there is none."""
        alt = plain(plot.alt)
        png = self.camera(plot)
        if png is None:
            self.paragraph(alt, "Keterangan")
            return
        share = min(1.0, TEXT_WIDTH / plot.width)
        size = {
            "width": round(plot.width * share * EMU_PER_PX),
            "height": round(plot.height * share * EMU_PER_PX),
        }
        added = self.document.add_paragraph()
        added.paragraph_format.keep_with_next = True
        shape = added.add_run().add_picture(BytesIO(png), **size)
        shape._inline.docPr.set("descr", alt)  # noqa: SLF001 - python-docx has no name for it
        self.put_element(added._p)  # noqa: SLF001
