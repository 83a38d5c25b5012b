"""What the browser is asked for one page."""

from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.report import devtools
from ektp_analytics.report.notebook_run import NotebookRun
from ektp_analytics.report.page import PageInfo, build_page, page_of
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.pdf_file import PdfFailed

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.org/a.png" alt="">',
        "<script>fetch('http://example.org/x')</script>",
        "<style>@import url('https://example.org/a.css');</style>",
        "<style>p {background: url('https://example.org/b.png')}</style><p>x</p>",
    ],
)
def test_a_page_that_asks_outside_is_not_printed(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path, body: str
) -> None:
    """No network at run time: neither asked nor silently missing."""
    with pytest.raises(PdfFailed, match=r"example\.org"):
        printer.print_page(page_of(body, page_info), tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_has_the_size_asked_for(
    printer: PdfPrinter, page_info: PageInfo, tmp_path: Path
) -> None:
    """The poster's PNG: a sheet of A4 at 96 px to the inch, doubled (PNG, 11.2.1: size in IHDR)."""
    body = "<p style='width:100px;height:1px;background:#0f4c75'></p>"
    target = tmp_path / "poster.png"
    printer.take_picture(page_of(body, page_info), target, width=794, height=1123)
    content = target.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = [int.from_bytes(content[i : i + 4]) for i in (16, 20)]
    assert size == [1588, 2246]


def test_the_page_opens_offline_without_a_word_of_complaint(
    printer: PdfPrinter, report_run: NotebookRun, page_info: PageInfo, tmp_path: Path
) -> None:
    """The HTML an office hands on: no console message, no request, every chart to point at."""
    assert printer._browser is not None
    browser = printer._browser.ready()
    (tmp_path / "laporan.html").write_text(build_page(report_run.notebook, page_info), "utf-8")
    heard: list[str] = []

    async def listen(event: dict[str, Any]) -> None:
        heard.append(str(event)[:300])

    async def read() -> Any:
        tab = await browser.create_tab("about:blank")
        for name in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            tab.subscribe(name, listen)
        for room in ("Runtime", "Log"):
            await devtools.ask(tab, f"{room}.enable")
        ready = await devtools.open_page(tab, tmp_path / "laporan.html", mark="")
        count = {"expression": "document.querySelectorAll('.plot .hoverlayer').length"}
        drawn = await devtools.ask(tab, "Runtime.evaluate", **count)
        await tab.close()
        return ready, drawn["result"]["value"]

    ready, pointed_at = printer._browser.run(read(), 60)
    assert heard == [] and ready["blocked"] == [] and ready["overflow"] == []
    assert pointed_at == ready["charts"] == 2
