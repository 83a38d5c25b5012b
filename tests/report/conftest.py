"""One kernel and one browser for all tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.report import engine


@pytest.fixture(scope="session", autouse=True)
def _kernel_ends_with_the_tests() -> Iterator[None]:
    yield
    engine.shutdown_kernel()


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook: the parameters cell first, then code cells."""

    def make(parameters: str | None, *cells: str, name: str = "buku.ipynb") -> Path:
        written: list[Any] = []
        if parameters is not None:
            written.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
        written += [nbformat.v4.new_code_cell(cell) for cell in cells]
        path = tmp_path / name
        nbformat.write(nbformat.v4.new_notebook(cells=written), path)
        return path

    return make


def _text_of(run: Any) -> str:
    """Everything a run printed."""
    outputs = [o for c in run.notebook.cells for o in c.get("outputs", [])]
    return "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")


@pytest.fixture(scope="session")
def text_of() -> Callable[[Any], str]:
    """Function that returns everything a run printed."""
    return _text_of
