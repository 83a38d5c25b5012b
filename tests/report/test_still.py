"""Pictures of charts in the browser that prints, in the report's own letters."""

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.page import PageInfo, page_of
from ektp_analytics.report.pdf import PdfPrinter
from ektp_analytics.report.still import StillCamera

PLAIN = {"paper_bgcolor": "#ffffff", "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
         "xaxis": {"visible": False}, "yaxis": {"visible": False}}  # fmt: skip


def words_in(family: str) -> Plot:
    """Draw one line of words in a face."""
    font = {"family": family, "size": 20}
    note = {"text": "Kepuasan 84,44 gjil", "x": 0.5, "y": 0.5, "showarrow": False, "font": font}
    note |= {"xref": "paper", "yref": "paper"}
    return Plot([], {**PLAIN, "annotations": [note]}, 320, 60, "Kata.")


def inked(png: bytes) -> int:
    """Return how many bytes of the unpacked picture are not white."""
    data, place = b"", 8
    while place < len(png):
        (size,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        data += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += 12 + size
    return sum(byte not in (0, 255) for byte in zlib.decompress(data))


@pytest.fixture
def camera(printer: PdfPrinter) -> Iterator[StillCamera]:
    with StillCamera(printer) as opened:
        yield opened


@pytest.mark.browser
def test_a_picture_has_the_size_asked_for(camera: StillCamera) -> None:
    png = camera.picture(words_in("Source Sans Pro"), scale=2)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (640, 120)


@pytest.mark.browser
def test_no_scroll_bar_stands_in_a_picture(camera: StillCamera) -> None:
    """A chart of 100.6 px, or with anything that reaches out of it, is white to its edges."""
    out = {"text": "x" * 90, "x": 1, "y": 0.5, "showarrow": False, "xref": "paper", "yref": "paper"}
    plot = Plot(
        [], {**PLAIN, "annotations": [{**out, "font": {"color": "#ffffff"}}]}, 300.4, 100.6, "-"
    )
    png = camera.picture(plot, scale=1)
    assert struct.unpack(">II", png[16:24]) == (301, 101)
    assert inked(png) < 1000


@pytest.mark.browser
def test_the_report_s_face_is_drawn_and_not_another(camera: StillCamera) -> None:
    """A face that is nowhere gives the browser's own; ours must differ from it."""
    ours = camera.picture(words_in("Source Sans Pro"))
    other = camera.picture(words_in("Tidak Ada Huruf Ini"))
    assert inked(ours) > 1000
    assert ours != other


@pytest.mark.browser
def test_months_are_in_the_language_of_the_report(printer: PdfPrinter) -> None:
    """Plotly's own months are English; the same dates give another picture in Indonesian."""
    dated = {"type": "scatter", "x": ["2025-05-01", "2025-08-01"], "y": [1, 2]}
    plot = Plot([dated], {"xaxis": {"tickformat": "%B"}}, 400, 200, "Mei dan Agustus.")
    with StillCamera(printer, "id") as ours, StillCamera(printer, "en") as english:
        assert ours.picture(plot) != english.picture(plot)


@pytest.mark.browser
def test_a_chart_plotly_cannot_draw_is_told_and_the_next_one_is_taken(
    camera: StillCamera,
) -> None:
    broken = Plot([{"type": "scatter"}], {"xaxis": 5, "yaxis": {"anchor": 1}}, 20, 20, "-")
    broken.layout["template"] = {"layout": 3}  # type: ignore[index]
    with suppress(BrowserProblem):
        camera.picture(broken)
    assert camera.picture(words_in("Source Sans Pro")).startswith(b"\x89PNG")


@pytest.mark.browser
def test_a_camera_that_does_not_answer_is_given_up() -> None:
    """A hanging export must not hang the report (Kaleido issue 98)."""
    with (
        PdfPrinter() as printer,
        StillCamera(printer, limit=0.001) as camera,
        pytest.raises(BrowserProblem, match="tidak dapat dibuat"),
    ):
        camera.picture(words_in("Source Sans Pro"))


@pytest.mark.browser
def test_pictures_come_while_another_tab_prints(page_info: PageInfo, tmp_path: Path) -> None:
    """A tab behind another is not painted: every picture must bring its tab to the front."""
    chart = words_in("Source Sans Pro")
    page = page_of("".join(f"<p>Baris {i}</p>{chart.html()}" for i in range(40)), page_info)

    with PdfPrinter() as fresh, ThreadPoolExecutor(max_workers=1) as pool:
        fresh.warm_up()
        printing = pool.submit(
            lambda: [fresh.print_page(page, tmp_path / f"{n}.pdf") for n in range(2)]
        )
        with StillCamera(fresh, limit=10) as camera:
            taken = [camera.picture(chart)]
            while not printing.done():
                taken.append(camera.picture(chart))
        assert [printed.charts for printed in printing.result()] == [40, 40]
    assert len(set(taken)) == 1
