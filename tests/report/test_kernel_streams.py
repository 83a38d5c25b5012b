"""A kernel whose streams are quiet prints the same as any other."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ektp_analytics.report.notebook_run import run_notebook

Make = Callable[..., Path]

PRINTS = """
import os, sys, threading
from IPython.display import display
print("satu"); print("peringatan", file=sys.stderr); display({"a": 1}); print("dua")
threads = [threading.Thread(target=sys.stdout.write, args=(f"utas {i}\\n",)) for i in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.stdout.write("tanpa akhir baris")
"""
SILENT = "x = 1"
LATER = 'print("tiga", flush=True); display(x); print(end="empat"); x'


def shown(run: Any) -> list[tuple[str, str, str]]:
    """Return what each cell put out, in its order; the lines of threads by their numbers."""
    found = []
    for cell in run.notebook.cells:
        for output in cell.get("outputs", []):
            words = output.get("text") or json.dumps(output.get("data"))
            lines = words.split("\n")
            threads = sorted((x for x in lines if x.startswith("utas")), key=lambda x: int(x[5:]))
            rest = "\n".join(x for x in lines if not x.startswith("utas"))
            found.append((output.get("name", output.output_type), rest, "\n".join(threads)))
    return found


def test_what_is_printed_is_the_same_and_in_the_same_order(
    make_notebook: Make, tmp_path: Path
) -> None:
    """Streams, results and results between them, also of threads: against papermill's engine."""
    book = make_notebook('y = "a"', PRINTS, SILENT, LATER)
    quiet, usual = (
        shown(run_notebook(book, {}, folder=tmp_path, engine=engine))
        for engine in ("ektp", "papermill")
    )
    assert quiet == usual
    assert [name for name, *_ in quiet].count("stdout") >= 4
    assert sum(len(threads.split()) for *_, threads in quiet) == 40
