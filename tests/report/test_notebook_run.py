"""A notebook runs strictly: the right report or none."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report.notebook_run import (
    bundled_notebooks,
    find_notebook,
    run_notebook,
)

Make = Callable[..., Path]
PARAMETERS = 'office = "contoh"\nperiod = "2025-Q4"\nfinal = False'
GIVEN = {"office": "sekadau", "period": "2019-S1"}


def injected(path: Path) -> list[Any]:
    cells = nbformat.read(path, as_version=4).cells
    return [c for c in cells if "injected-parameters" in c.metadata.get("tags", [])]


def test_values_reach_the_notebook_with_their_kind(make_notebook: Make, text_of: Any) -> None:
    """P04, P05: text with a leading zero, a Windows path and a false value stay so."""
    numpy = pytest.importorskip("numpy")
    book = make_notebook(
        'code = "16"\nplace = "."\nfinal = True\nnames = []', "print([code, place, final, names])"
    )
    values = {
        "code": "0101",
        "place": r"C:\new\table {x}",
        "final": numpy.bool_(False),
        "names": ['D\'Arcy "Q"', "يوسف & <b>"],
    }
    printed = text_of(run_notebook(book, values))
    expected = ["0101", r"C:\new\table {x}", False, ['D\'Arcy "Q"', "يوسف & <b>"]]
    assert printed == f"{expected}\n"


def test_a_wrong_parameter_leaves_no_file(make_notebook: Make, tmp_path: Path) -> None:
    """P02: the run stops before a kernel is asked for anything."""
    book = make_notebook(PARAMETERS, "print(1)")
    with pytest.raises(Refused, match="period"):
        run_notebook(book, {"office": "sekadau", "periode": "2019-S1"}, tmp_path / "out.ipynb")
    assert not (tmp_path / "out.ipynb").exists()


def test_no_parameters_cell_stops(make_notebook: Make) -> None:
    """P01."""
    with pytest.raises(Refused, match="parameters"):
        run_notebook(make_notebook(None, "unit = 'A'"), {"unit": "B"})


def test_the_kernel_is_this_interpreter(make_notebook: Make, text_of: Any) -> None:
    """P07 and its kin: a kernel registered under the name in the notebook is never asked for."""
    book = make_notebook('x = "a"', "import sys; print(sys.executable)")
    node = nbformat.read(book, as_version=4)
    node.metadata["kernelspec"] = {"name": "not-installed-anywhere", "display_name": "?"}
    nbformat.write(node, book)
    assert text_of(run_notebook(book, {"x": "b"})).strip() == sys.executable


def test_works_inside_a_running_loop(make_notebook: Make, text_of: Any) -> None:
    """P13: nteract/papermill#490, the runner called from a notebook cell."""
    book = make_notebook('x = "a"', "print(x)")

    async def cell() -> str:
        return str(text_of(run_notebook(book, {"x": "dalam putaran"})))

    assert asyncio.run(cell()) == "dalam putaran\n"


def test_an_output_as_the_next_input_has_one_injected_cell(
    make_notebook: Make, tmp_path: Path, text_of: Any
) -> None:
    """P14: nteract/papermill#138: run twice, only the second values count."""
    book = make_notebook(PARAMETERS, "print(office, period)")
    first, second = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    run_notebook(book, {**GIVEN, "office": "unit-a"}, first)
    run = run_notebook(first, {**GIVEN, "office": "unit-b"}, second)
    assert text_of(run) == "unit-b 2019-S1\n"
    assert len(injected(second)) == 1
    assert "unit-b" in injected(second)[0].source


def test_the_written_notebook_names_no_folder(make_notebook: Make, tmp_path: Path) -> None:
    """A notebook handed on does not tell whose computer it was made on."""
    output = tmp_path / "out.ipynb"
    run_notebook(make_notebook('x = "a"', "print(1)"), {"x": "b"}, output)
    assert str(tmp_path) not in output.read_text(encoding="utf-8")
    assert "/tmp" not in output.read_text(encoding="utf-8")


def test_the_working_folder_is_the_one_asked_for(
    make_notebook: Make, tmp_path: Path, text_of: Any
) -> None:
    """The folder is set inside the kernel and does not stay for the next run."""
    folder = tmp_path / "kerja {1}"
    folder.mkdir()
    book = make_notebook('x = "a"', "import os; print(os.getcwd())")
    assert text_of(run_notebook(book, {"x": "b"}, folder=folder)).strip() == str(folder)
    assert text_of(run_notebook(book, {"x": "b"})).strip() == str(Path.cwd())


@pytest.mark.parametrize("content", ["", "{}", "not json", "[1, 2]"])
def test_a_broken_notebook_is_refused(tmp_path: Path, content: str) -> None:
    """A file that is no notebook gives one sentence."""
    path = tmp_path / "rusak.ipynb"
    path.write_text(content)
    with pytest.raises(Refused):
        run_notebook(path, {})


def test_an_unknown_notebook_lists_the_bundled_ones() -> None:
    """A wrong name is answered with the names there are."""
    with pytest.raises(Refused, match=r"tidak_ada\.ipynb"):
        find_notebook("tidak_ada.ipynb")


def test_bundled_notebooks_are_found_from_an_installed_package(tmp_path: Path) -> None:
    """Inside a wheel they sit in the package, in a checkout beside it (DESIGN: shipped in both)."""
    import shutil

    import ektp_analytics

    package = tmp_path / "site" / "ektp_analytics"
    shutil.copytree(Path(ektp_analytics.__file__).parent, package)
    (package / "notebooks").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(), package / "notebooks" / "dalam.ipynb")
    code = (
        "from ektp_analytics.report.notebook_run import bundled_notebooks as b;"
        "print('dalam' in b(), b()['dalam'].name)"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == ["True", "dalam.ipynb"]
    checkout = Path(ektp_analytics.__file__).parents[1] / "notebooks"
    assert set(bundled_notebooks()) == {p.stem for p in checkout.glob("*.ipynb")}
