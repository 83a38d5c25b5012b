"""The coat of arms where the template says ``{{ lambang }}``."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ektp_analytics.errors import Finding
from ektp_analytics.report.word_parts.signature import held_open
from ektp_analytics.workspace import Office

LOGO_FIELD = "lambang"
HEIGHT_MM, WIDTH_MM = 19.0, 20.0  # the most the letterhead has room for
_PICTURES = ("png",)  # kinds Word shows in every version


def logo_words(office: Office) -> str:
    """Return what is filled in for the logo: a mark that keeps its place, or nothing."""
    return held_open(LOGO_FIELD) if _usable(office) else ""


def place_logo(document: Any, office: Office, alt: str) -> tuple[Finding, ...]:
    """Put the logo of an office where its mark stands.

    Parameters
    ----------
    document
        A filled template.
    office
        Its logo, if it has one.
    alt
        Alternative text.

    Returns
    -------
    tuple of Finding
        That an SVG logo is not in Word.
    """
    if office.logo is None:
        return ()
    if not _usable(office):
        return (Finding(rule="logo_not_in_word", severity="note"),)
    for run in _runs(document):
        if held_open(LOGO_FIELD) in run.text:
            run.text = run.text.replace(held_open(LOGO_FIELD), "")
            shape = run.add_picture(BytesIO(office.logo.content), **_size(office))
            shape._inline.docPr.set("descr", alt)  # noqa: SLF001 - python-docx has no name for it
    return ()


def _usable(office: Office) -> bool:
    return office.logo is not None and office.logo.kind in _PICTURES


def _size(office: Office) -> dict[str, Any]:
    """Return the side that meets its limit first; the other follows."""
    from docx.shared import Mm

    logo = office.logo
    wide = logo is not None and logo.width / logo.height > WIDTH_MM / HEIGHT_MM
    return {"width": Mm(WIDTH_MM)} if wide else {"height": Mm(HEIGHT_MM)}


def _runs(document: Any) -> Iterator[Any]:
    """Yield every run of the document, in tables and in the page's head too."""
    from docx.text.paragraph import Paragraph

    heads = [
        part
        for section in document.sections
        for part in (section.header, section.first_page_header)
        if not part.is_linked_to_previous
    ]
    for part in (document, *heads):
        for element in part._element.iter(_PARAGRAPH):  # noqa: SLF001
            yield from Paragraph(element, part).runs


_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
