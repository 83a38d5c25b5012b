"""Read a printed PDF back: count what is in it, set its metadata, mend its outline."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from ektp_analytics.errors import EktpError, Finding
from ektp_analytics.report.page import generator

PRODUCER = "Chromium"
_FIGURE = re.compile(rb"/S\s*/Figure\b")


class PdfFailed(EktpError):
    """A page was not printed: too slow, incomplete, or it asked for something outside."""

    def __init__(self, rule: str, file: str, **details: Any) -> None:
        self.finding = Finding(rule=rule, severity="error", file=file, details=details)
        super().__init__(f"{self.finding.message} {self.finding.remedy}")


def finished_pdf(
    content: bytes,
    name: str,
    charts: int,
    author: str,
    headings: list[str],
    changes: Mapping[int, bytes] = MappingProxyType({}),
) -> tuple[bytes, int]:
    """Count pages and charts of a PDF, and set its page numbers, metadata and outline.

    Parameters
    ----------
    content
        The PDF as the browser printed it.
    name
        Its name, for messages.
    charts
        How many figure tags it must have at least.
    author
        Author in its metadata; no other name stays in it.
    headings
        Headings of the page as they are written.
    changes
        New drawing commands of some pages, by index.

    Returns
    -------
    tuple of bytes, int
        The finished PDF and its number of pages.

    Raises
    ------
    PdfFailed
        When it is damaged, or has no page or too few charts.
    """
    import pikepdf

    try:
        with opened_pdf(content) as pdf:
            pages, figures = len(pdf.pages), _figures(content) or len(figure_texts(pdf))
            if pages == 0 or figures < charts:
                raise PdfFailed("pdf_incomplete", name, what=f"{figures} dari {charts} gambar")
            for page, commands in changes.items():
                pdf.pages[page].Contents = pdf.make_stream(commands)
            _set_metadata(pdf, author)
            mend_outline(pdf, headings)
            finished = io.BytesIO()
            # Chromium leaves the thousands of tags uncompressed: two thirds of the file.
            packed = pikepdf.ObjectStreamMode.generate
            pdf.save(finished, deterministic_id=True, object_stream_mode=packed)
    except pikepdf.PdfError as problem:
        raise PdfFailed("pdf_incomplete", name, what=str(problem)[:120]) from problem
    return finished.getvalue(), pages


@contextmanager
def opened_pdf(content: bytes) -> Iterator[Any]:
    """Open the bytes of a PDF by way of a file: qpdf reads a mapped one faster than a stream.

    Parameters
    ----------
    content
        The PDF.

    Yields
    ------
    pikepdf.Pdf

    Raises
    ------
    pikepdf.PdfError
        When it is damaged or protected.
    """
    import pikepdf

    with tempfile.TemporaryFile(prefix="ektp-") as file:
        file.write(content)
        file.seek(0)
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap) as pdf:
            yield pdf


def _set_metadata(pdf: Any, author: str) -> None:
    """Leave title and author, and nothing of the browser or the computer."""
    import pikepdf

    title = str(pdf.docinfo.get("/Title", ""))
    kept = {"/Title": title, "/Author": author, "/Creator": generator(), "/Producer": PRODUCER}
    del pdf.docinfo
    for key, value in kept.items():
        if value:
            pdf.docinfo[key] = value
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def mend_outline(pdf: Any, headings: list[str]) -> None:
    """Write outline titles as their headings are.

    Chromium drops spaces at line ends, and names a heading that begins a page twice over.

    Parameters
    ----------
    pdf
        A ``pikepdf.Pdf``, changed in place.
    headings
        Headings as they are written.
    """
    words = {squeezed(heading): heading for heading in headings}
    outline = pdf.Root.get("/Outlines")
    waiting = [] if outline is None else [outline]
    while waiting:
        item = waiting.pop()
        title = _title_of(str(item.get("/Title", "")))
        if title in words:
            item.Title = words[title]
        waiting += [item[key] for key in ("/First", "/Next") if key in item]


def _figures(content: bytes) -> int:
    """Count the figure tags of a PDF that leaves its tags uncompressed, as Chromium does."""
    return len(_FIGURE.findall(content))


def figure_texts(pdf: Any) -> list[str]:
    """Return the alternative text of every figure tag, in reading order.

    Parameters
    ----------
    pdf
        A ``pikepdf.Pdf``.
    """
    import pikepdf

    found: list[str] = []
    waiting = [pdf.Root.get("/StructTreeRoot")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            waiting.append(node.get("/K"))
    return found


def heading_pages(content: bytes) -> dict[str, int]:
    """Return the page of every heading in a PDF's outline, counted from 1.

    Parameters
    ----------
    content
        The PDF.

    Returns
    -------
    dict
        Page by heading, which is written without blanks as `squeezed` gives it.
    """
    import pypdfium2

    pages: dict[str, int] = {}
    document = pypdfium2.PdfDocument(content)
    try:
        for mark in document.get_toc():
            place = mark.get_dest()
            if place is not None and (number := place.get_index()) is not None:
                pages.setdefault(_title_of(mark.get_title()), number + 1)
    finally:
        document.close()
    return pages


def _title_of(outlined: str) -> str:
    """Return the title of an outline without blanks, once where it stands there twice."""
    title = squeezed(outlined)
    half = len(title) // 2
    return title[:half] if half and title == title[:half] * 2 else title


def squeezed(words: str) -> str:
    """Return words without blanks, as headings of a PDF are compared."""
    return "".join(words.split())
