"""What a stopped run says and what it keeps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.errors import EktpError
from ektp_analytics.report.notebook_run import NotebookFailed, run_notebook

Make = Callable[..., Path]


def test_a_lost_kernel_keeps_the_part_and_the_old_report(
    make_notebook: Make, tmp_path: Path, text_of: Any
) -> None:
    """P08: nteract/papermill#476, #478: a failure, the partial notebook, the old file as it was."""
    book = make_notebook('x = "a"', "print('sampai sini')", "import os; os._exit(9)", "print(2)")
    output = tmp_path / "reports" / "buku.ipynb"
    output.parent.mkdir()
    output.write_text("laporan lama")
    with pytest.raises(NotebookFailed, match="memori") as failure:
        run_notebook(book, {"x": "b"}, output)
    assert isinstance(failure.value, EktpError)
    assert output.read_text() == "laporan lama"
    partial = failure.value.partial
    assert partial is not None and partial.name == "buku.gagal.ipynb"
    assert "sampai sini" in partial.read_text(encoding="utf-8")
    assert sorted(p.name for p in output.parent.iterdir()) == ["buku.gagal.ipynb", "buku.ipynb"]
    again = make_notebook('x = "a"', "print(x)", name="lain.ipynb")
    assert text_of(run_notebook(again, {"x": "pulih"})) == "pulih\n"


def test_an_error_in_a_cell_is_told_in_one_sentence(make_notebook: Make, tmp_path: Path) -> None:
    """A defect names the step and keeps Python's own account for the log."""
    book = make_notebook('x = "a"', "1 / 0")
    with pytest.raises(NotebookFailed, match="ZeroDivisionError") as failure:
        run_notebook(book, {"x": "b"}, tmp_path / "o.ipynb", failed_folder=tmp_path / "log")
    assert "Traceback" in failure.value.traceback
    assert "\n" not in str(failure.value)
    assert (tmp_path / "log" / "buku.gagal.ipynb").is_file()
    assert not (tmp_path / "o.ipynb").exists()


def test_a_refusal_in_a_cell_comes_out_as_its_own_sentence(
    make_notebook: Make, tmp_path: Path
) -> None:
    """Bad input is the office's matter: its sentence, no defect, no file."""
    cell = "from ektp_analytics.errors import refuse\nraise refuse('file_missing', file='s.csv')"
    with pytest.raises(EktpError) as refusal:
        run_notebook(make_notebook('x = "a"', cell), {"x": "b"}, tmp_path / "o.ipynb")
    assert not isinstance(refusal.value, NotebookFailed)
    assert str(refusal.value).startswith("Berkas s.csv tidak ditemukan.")
    assert not list(tmp_path.glob("*gagal*"))


def test_a_cell_past_its_limit_is_stopped(make_notebook: Make) -> None:
    """W07: the limit ends it, and the next run works."""
    book = make_notebook('x = "a"', "import time; time.sleep(60)")
    with pytest.raises(NotebookFailed, match="batas waktu"):
        run_notebook(book, {"x": "b"}, cell_limit=1)
