"""Read a printed PDF back: count what is in it, set its metadata, mend its outline."""

from __future__ import annotations

import io
from typing import Any

from ektp_analytics.errors import EktpError, Finding
from ektp_analytics.report.page import generator


class PdfFailed(EktpError):
    """A page was not printed: too slow, incomplete, or it asked for something outside."""

    def __init__(self, rule: str, file: str, **details: Any) -> None:
        self.finding = Finding(rule=rule, severity="error", file=file, details=details)
        super().__init__(f"{self.finding.message} {self.finding.remedy}")


def finished_pdf(
    content: bytes, name: str, charts: int, author: str, headings: list[str]
) -> tuple[bytes, int]:
    """Count pages and charts of a PDF, and set its metadata and outline."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject

    try:
        reader = PdfReader(io.BytesIO(content))
        pages, figures = len(reader.pages), _figures(reader)
    except PyPdfError as problem:
        raise PdfFailed("pdf_incomplete", name, what=str(problem)[:120]) from problem
    if pages == 0 or figures < charts:
        raise PdfFailed("pdf_incomplete", name, what=f"{figures} dari {charts} gambar")
    writer = PdfWriter(clone_from=reader)
    title = (reader.metadata.title if reader.metadata else None) or ""
    writer.metadata = None
    kept = {"/Title": title, "/Author": author, "/Creator": generator(), "/Producer": "Chromium"}
    writer.add_metadata({key: value for key, value in kept.items() if value})
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = shown
    mend_outline(writer, headings)
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue(), pages


def mend_outline(writer: Any, headings: list[str]) -> None:
    """Write outline titles as their headings are; Chromium drops spaces at line ends."""
    from pypdf.generic import NameObject, TextStringObject

    words = {"".join(heading.split()): heading for heading in headings}
    outline = writer.root_object.get("/Outlines")
    waiting = [outline.get_object()] if outline is not None else []
    while waiting:
        item = waiting.pop()
        squeezed = "".join(str(item.get("/Title", "")).split())
        if squeezed in words:
            item[NameObject("/Title")] = TextStringObject(words[squeezed])
        waiting += [item[key].get_object() for key in ("/First", "/Next") if key in item]


def _figures(reader: Any) -> int:
    """Count the figure tags of a tagged PDF."""
    return sum(1 for kind, _ in figure_tags(reader) if kind == "/Figure")


def figure_tags(reader: Any) -> list[tuple[str, str]]:
    """Return kind and alternative text of every figure tag, in reading order.

    Parameters
    ----------
    reader
        A ``pypdf.PdfReader``.
    """
    root = reader.trailer["/Root"].get("/StructTreeRoot")
    found: list[tuple[str, str]] = []
    waiting = [root.get_object()] if root is not None else []
    while waiting:
        node = waiting.pop()
        if node.get("/S") == "/Figure":
            found.append(("/Figure", str(node.get("/Alt", ""))))
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        children = below if isinstance(below, list) else [below]
        resolved = [child.get_object() for child in children if hasattr(child, "get_object")]
        waiting.extend(reversed([child for child in resolved if isinstance(child, dict)]))
    return found
