"""Word shows the pages the notebook shows."""

from typing import Any

from ektp_analytics.report import sections
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.word_pages import page_names, report_pages


def test_every_page_of_the_notebook_is_there_in_its_order() -> None:
    names = page_names()
    assert names[0] == "cover_page"
    assert names.index("summary_page") < names.index("conclusion_page") < names.index("why_page")
    assert len(names) == len(set(names)) >= 15
    assert all(callable(getattr(sections, name)) for name in names)


def test_empty_pages_are_left_out(sekadau: Any) -> None:
    """Sekadau's office gave no registrations: there is no page on coverage."""
    pages = list(report_pages(sekadau, Edition("id", sekadau.data.as_of)))
    assert pages
    assert all(page.blocks for page in pages)
    assert not any("Cakupan perekaman 9" in page.text() for page in pages)
