"""The page numbers in a table of contents: known only when the page has been printed.

Each place for a number is a `PLACE` in the page of HTML. A number is short and its place has a
width of its own, so that no line moves when the numbers that the outline tells are written in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from markupsafe import Markup

from ektp_analytics.report.pdf_file import heading_pages, squeezed

SIZE = 13.19  # px; no other text has it, so that the numbers can be found in the PDF
_STYLE = f"min-width:18px;font-size:{SIZE}px;text-align:right"
_START = f'<span class="page-number" style="{_STYLE}">'
PLACE = Markup(f"{_START}</span>")  # noqa: S704 - a constant


def page_numbers(content: bytes, headings: Sequence[str]) -> tuple[str, ...]:
    """Return the page on which each heading stands in a PDF, empty for one it does not have.

    Parameters
    ----------
    content
        The PDF.
    headings
        As they are written in the page.
    """
    pages = heading_pages(content)
    return tuple(str(pages.get(squeezed(heading), "")) for heading in headings)


def with_page_numbers(html: str, numbers: Sequence[str]) -> str:
    """Return a page of HTML with the numbers written into its places, in their order."""
    waiting = iter(numbers)
    return re.sub(re.escape(str(PLACE)), lambda _place: f"{_START}{next(waiting, '')}</span>", html)


def script_of(numbers: Sequence[str]) -> str:
    """Return the JavaScript that writes the numbers into an open page."""
    return (
        "document.querySelectorAll('span.page-number').forEach("
        f"(place, i) => {{ place.textContent = {json.dumps(list(numbers))}[i] ?? ''; }})"
    )
