"""A notebook that is lent the runs says the same as one that computes them."""

import ast
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics import run_period
from ektp_analytics.periods import Period
from ektp_analytics.report.lent_runs import lend, lent_run, take
from ektp_analytics.report.notebook_run import run_notebook
from ektp_analytics.scoring.period_run import PeriodRun

ROOT = Path(__file__).parents[2]
PERIOD = Period.parse("2019-S1")


@pytest.fixture(scope="module")
def run() -> PeriodRun:
    return run_period(ROOT, "sekadau", PERIOD)


def test_a_run_comes_back_as_it_was(run: PeriodRun, tmp_path: Path) -> None:
    take(lend([run], ROOT, tmp_path / "runs.pickle"))
    again = lent_run(ROOT, "sekadau", PERIOD)
    take(None)
    assert again is not None
    assert again.values == run.values
    assert again.scorecard == run.scorecard
    assert again.findings == run.findings
    for source, table in run.data.tables.items():
        pd.testing.assert_frame_equal(again.data.tables[source], table)


class Finder:
    """A value found in some data which, as it is pickled, finds another there."""

    def __init__(self, run: PeriodRun) -> None:
        self.run = run

    def __reduce__(self) -> tuple[type[str], tuple[()]]:
        self.run.data.once(f"found {len(self.run.data._found)}", str)
        return str, ()


def test_what_another_thread_finds_meanwhile_does_not_hinder(tmp_path: Path) -> None:
    """The workbook is written, and computes, while the runs are lent to the notebook."""
    run = run_period(ROOT, "sekadau", PERIOD)
    run.data.once("finder", lambda: Finder(run))
    take(lend([run], ROOT, tmp_path / "runs.pickle"))
    assert lent_run(ROOT, "sekadau", PERIOD) is not None
    take(None)


def test_only_what_was_lent_is_given_and_not_longer(run: PeriodRun, tmp_path: Path) -> None:
    """A kernel that serves the next office must not know this one's runs."""
    take(lend([run], ROOT, tmp_path / "runs.pickle"))
    assert lent_run(ROOT, "banyuasin", Period.parse("2017-Q4")) is None
    assert lent_run(tmp_path, "sekadau", PERIOD) is None
    take(None)
    assert lent_run(ROOT, "sekadau", PERIOD) is None


def test_a_notebook_says_the_same_with_and_without(run: PeriodRun) -> None:
    values = {"workspace": str(ROOT), "office": "sekadau", "period": str(PERIOD), "lang": "id"}

    def said(lent: list[PeriodRun]) -> list[object]:
        done = run_notebook("quarterly_report", values, folder=ROOT, lent=lent).notebook
        return [
            {kind: text for kind, text in output.get("data", {}).items() if kind != "text/plain"}
            for cell in done.cells
            for output in cell.get("outputs", [])
        ]

    alone = said([])
    assert alone
    assert said([run]) == alone


@pytest.mark.skipif(os.name != "posix", reason="modes of folders are those of POSIX")
def test_the_runs_lie_where_nobody_else_reads_and_are_gone_afterwards(
    run: PeriodRun,
    tmp_path: Path,
    make_notebook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They hold rows of the files; a notebook looks for them while it runs."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    look = (
        "import os\n"
        "from pathlib import Path\n"
        f"found = list(Path({str(tmp_path)!r}).glob('ektp-*/runs.pickle'))\n"
        "print({str(p.parent): oct(os.stat(p.parent).st_mode & 0o777) for p in found})"
    )
    book = make_notebook("workspace = ''", look)
    done = run_notebook(book, {"workspace": str(ROOT)}, lent=[run]).notebook
    (said,) = [o["text"] for cell in done.cells for o in cell.get("outputs", [])]
    folders = ast.literal_eval(said)
    assert set(folders.values()) == {"0o700"}
    assert not [folder for folder in folders if Path(folder).exists()]
