"""A tiny made-up office for all notebooks, each notebook run once on it."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import engine
from ektp_analytics.report.notebook_run import run_notebook
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.synthetic import write_office

OFFICE, PERIOD = "uji-kecil", "2025-Q4"
BOOKS = Path(__file__).parents[2] / "notebooks"
PLOTLY = "application/vnd.plotly.v1+json"
FOLLOW_UP = (
    "Unsur atau indikator,Tindakan,Batas waktu,Tanggal selesai,Penanggung jawab\n"
    "Waktu penyelesaian,Menambah giliran cetak sore,2025-11-30,2025-11-28,Bidang Dafduk\n"
    "Janji layanan ditepati,Memasang satu papan janji layanan,2025-12-15,,Sekretariat\n"
)


@pytest.fixture(scope="session", autouse=True)
def _kernel_ends_with_the_notebooks() -> Iterator[None]:
    yield
    engine.shutdown_kernel()


@pytest.fixture(scope="session")
def tiny_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one made-up office, two quarters and a follow-up file."""
    root = tmp_path_factory.mktemp("kerja")
    folder = write_office(root, office=OFFICE, periods=("2025-Q3", PERIOD), scale=0.05)
    (folder / PERIOD / "follow_up.csv").write_text(FOLLOW_UP, encoding="utf-8")
    for period in ("2025-Q3", PERIOD):  # one source that is not there
        (folder / period / "complaints.csv").unlink(missing_ok=True)
    return root


@pytest.fixture(scope="session")
def tiny_run(tiny_workspace: Path) -> PeriodRun:
    """Return what the library says of the tiny office, without any notebook."""
    return run_period(tiny_workspace, OFFICE, PERIOD)


class Shown:
    """What a notebook showed: its outputs in order."""

    def __init__(self, notebook: Any) -> None:
        found = [o for cell in notebook.cells for o in cell.get("outputs", [])]
        self.streams = [o for o in found if o.output_type == "stream"]
        self.data = [dict(o.data) for o in found if "data" in o]

    @property
    def text(self) -> str:
        """All plain texts."""
        return "\n".join(str(d.get("text/plain", "")) for d in self.data)

    @property
    def charts(self) -> list[dict[str, Any]]:
        """Every chart that has a trace with data."""
        drawn = [d[PLOTLY] for d in self.data if PLOTLY in d]
        return [c for c in drawn if any(len(t.get("x", ())) for t in c["data"])]

    def has(self, block: Any) -> bool:
        """Say whether a block of the library was shown, the same to the last digit."""
        wanted = {name: json.loads(json.dumps(v)) for name, v in block._repr_mimebundle_().items()}
        return any(d == wanted for d in self.data)

    def has_table(self, table: Any) -> bool:
        """Say whether a table of the library was shown, the same to the last digit."""
        return any(d.get("text/html") == table._repr_html_() for d in self.data)


@pytest.fixture(scope="session")
def shown(tiny_workspace: Path) -> Callable[..., Shown]:
    """Return the function that runs a notebook on the tiny office, once per set of parameters."""

    @cache
    def run(name: str, engine_name: str = "ektp", **more: Any) -> Shown:
        values = {"workspace": str(tiny_workspace), "office": OFFICE, "period": PERIOD, **more}
        return Shown(run_notebook(BOOKS / f"{name}.ipynb", values, engine=engine_name).notebook)

    return run


@pytest.fixture(scope="session")
def day() -> date:
    """Return the cut-off day of the tiny office's period."""
    return date(2025, 12, 31)
