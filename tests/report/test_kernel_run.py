"""The notebook is written once."""

from collections.abc import Callable
from pathlib import Path

from ektp_analytics.report import engine

Make = Callable[..., Path]


def test_nothing_is_saved_between_cells(make_notebook: Make, tmp_path: Path) -> None:
    """The engine writes once, at the end, also when papermill's own command asks it to save."""
    import papermill
    from papermill.engines import papermill_engines

    papermill_engines.register("ektp", engine.ReusedKernelEngine)
    target = tmp_path / "hasil.ipynb"
    book = make_notebook('x = ""', f"import os; print(os.path.exists({str(target)!r}))")
    node = papermill.execute_notebook(
        str(book),
        str(target),
        {"x": "b"},
        engine_name="ektp",
        kernel_name="python3",
        language="python",
        progress_bar=False,
    )
    assert node.cells[-1].outputs[0].text == "False\n"
    assert "False" in target.read_text(encoding="utf-8")
