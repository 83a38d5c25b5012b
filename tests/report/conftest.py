"""One kernel, one browser and one small report for all tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from pypdf import PdfReader

from ektp_analytics.report import engine
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.notebook_run import NotebookRun, run_notebook
from ektp_analytics.report.page import PageInfo, build_page
from ektp_analytics.report.pdf import PdfPrinter, PrintedPdf

REPORT_CELLS = (
    """
from ektp_analytics.report.blocks import Headline, Paragraph
from ektp_analytics.report.figure import Chart, Plot, TableChart, rows_of
from ektp_analytics.report.front import Cover, Letterhead
from ektp_analytics.report.grid import Column, Row, Table
head = Letterhead(["PEMERINTAH KABUPATEN CONTOH", "DINAS DUKCAPIL"], "Jalan Contoh 1")
Cover(head, "Survei Kepuasan Masyarakat dan Tata Kelola Pelayanan KTP-el", period)
""",
    """
Headline("Kepuasan masyarakat tetap Baik, tetapi hanya tujuh dari sepuluh permohonan "
         "selesai dalam 24 jam", "Ringkasan", "Nilai ≥ 76,61 dan Σ = 148, é.")
""",
    """
months = ["2025-01-01", "2025-05-01", "2025-08-01", "2025-12-01"]
line = {"type": "scatter", "x": months, "y": [1325.5, 2000, 1500, 3000]}
layout = {"margin": {"l": 50, "r": 13, "t": 10, "b": 30}, "yaxis": {"tickformat": ",.1f"}}
Chart(Plot([line], layout, 642, 240, "Permohonan naik dari 1.325 menjadi 3.000."),
      "Gambar 1", "Permohonan per bulan", "n = 4 bulan")
""",
    """
names = ["Sembawa", "Kecamatan bernama panjang sekali yang tidak muat dalam satu baris", "Betung"]
columns = [Column("name", "Kecamatan", 140), Column("plot", "Cakupan", 300, plot=True),
           Column("value", "%", 60, "right")]
rows = [Row({"name": n, "value": str(90 + i)}) for i, n in enumerate(names)]
table = Table(columns, rows)
place = rows_of(table)
dots = {"type": "scatter", "mode": "markers", "x": [90, 91, 92], "y": place.centres}
frame = {"margin": {"l": 13, "r": 13, "t": 0, "b": 0}, "paper_bgcolor": "rgba(0,0,0,0)",
         "yaxis": {"range": [place.bottom, 0], "visible": False}}
TableChart(table, Plot([dots], frame, place.width + 26, place.bottom, "Cakupan tiga kecamatan."),
           "Gambar 2", "Cakupan perekaman", "Sumber: rekap contoh")
""",
    """
import sys
print("peringatan untuk pembuat", file=sys.stderr)
Paragraph("Rahasia sel: " + office)
""",
)


@pytest.fixture(scope="session", autouse=True)
def _kernel_ends_with_the_tests() -> Iterator[None]:
    yield
    engine.shutdown_kernel()


def written_notebook(path: Path, parameters: str | None, *cells: str) -> Path:
    """Write a notebook: the parameters cell first, then code cells."""
    written: list[Any] = []
    if parameters is not None:
        written.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    written += [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=written), path)
    return path


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Return the function that writes a notebook into the test's folder."""

    def make(parameters: str | None, *cells: str, name: str = "buku.ipynb") -> Path:
        return written_notebook(tmp_path / name, parameters, *cells)

    return make


def _text_of(run: Any) -> str:
    outputs = [o for c in run.notebook.cells for o in c.get("outputs", [])]
    return "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")


@pytest.fixture(scope="session")
def text_of() -> Callable[[Any], str]:
    """Return the function that gives everything a run printed."""
    return _text_of


@pytest.fixture(scope="session")
def report_run(tmp_path_factory: pytest.TempPathFactory) -> NotebookRun:
    """Run a small report: cover, headline, a chart, a chart over a table, a paragraph."""
    folder = tmp_path_factory.mktemp("laporan")
    parameters = 'office = "contoh"\nperiod = "2025-Q4"'
    book = written_notebook(folder / "laporan.ipynb", parameters, *REPORT_CELLS)
    return run_notebook(book, {"office": "uji", "period": "Triwulan IV 2025"})


@pytest.fixture(scope="session")
def page_info() -> PageInfo:
    """Return what stands around the small report; its words try to break out."""
    return PageInfo(
        title='Laporan "uji" & <contoh>',
        unit="Disdukcapil Kabupaten Contoh",
        running_head='Disdukcapil Contoh · "KTP-el" </style>',
        period="Triwulan IV 2025",
        label="DATA CONTOH (sintetis)",
    )


@pytest.fixture(scope="session")
def printer() -> Iterator[PdfPrinter]:
    """One warm browser."""
    try:
        warm = PdfPrinter()
    except BrowserProblem as problem:
        pytest.skip(str(problem))
    with warm:
        yield warm


@pytest.fixture(scope="session")
def printed_report(
    printer: PdfPrinter,
    report_run: NotebookRun,
    page_info: PageInfo,
    tmp_path_factory: pytest.TempPathFactory,
) -> PrintedPdf:
    """Print the small report."""
    target = tmp_path_factory.mktemp("pdf") / "laporan.pdf"
    html = build_page(report_run.notebook, page_info)
    return printer.print_page(html, target, author=page_info.unit)


@pytest.fixture(scope="session")
def reader(printed_report: PrintedPdf) -> PdfReader:
    """Read the small report's PDF back."""
    return PdfReader(printed_report.path)


@pytest.fixture
def office_run(tmp_path: Path) -> Callable[..., Any]:
    """Return the function that runs a period of a made-up office from the text of its files."""
    import yaml

    from ektp_analytics.pipeline import run_period

    def run(profile: dict[str, Any] | None = None, period: str = "2025-Q1", **files: str) -> Any:
        about = {
            "id": "uji",
            "name": "Dinas Uji Kabupaten Contoh",
            "short_name": "Dinas Uji",
            "region": "Kabupaten Contoh",
            "code": "99.02",
            **(profile or {}),
        }
        folder = tmp_path / "data" / "raw" / "uji"
        (folder / period).mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(about, allow_unicode=True)
        (folder / "office.yaml").write_text(text, encoding="utf-8")
        for source, content in files.items():
            (folder / period / f"{source}.csv").write_text(content, encoding="utf-8")
        return run_period(tmp_path, "uji", period)

    return run


@pytest.fixture(scope="session")
def sekadau() -> Any:
    """Run the 49 published questionnaires of Kabupaten Sekadau, 2019."""
    from ektp_analytics.pipeline import run_period

    return run_period(Path(__file__).parents[2], "sekadau", "2019-S1")
