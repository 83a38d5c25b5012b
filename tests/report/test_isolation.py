"""A reused kernel is brought back to how a fresh one would be."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ektp_analytics.report.notebook_run import run_notebook

Make = Callable[..., Path]


SETTINGS = """
import os, sys, locale, logging, warnings, builtins
import numpy as np, pandas as pd, plotly.io as pio
loaded = sys.modules.get("plotly.io._renderers")  # slow to load: not asked for in vain
renderer = loaded.renderers.default if loaded else "plotly_mimetype"
del loaded
facts = [
    os.getcwd(), "/nowhere" in sys.path, "x" in sys.argv,
    dict(os.environ).get("EKTP_TEST"), locale.getlocale(),
    logging.getLogger().level, [f for f in warnings.filters if f[1] is None and f[2] is Warning],
    any('RankWarning' in str(f) for f in warnings.filters), pd.get_option("display.precision"),
    pd.get_option("display.max_rows"), np.get_printoptions()["precision"], np.geterr(),
    pio.templates.default, renderer, hasattr(builtins, "leak"),
    sorted(n for n in globals() if not n.startswith("_")),
]
"""
MESS = """
import os, sys, locale, logging, warnings, builtins
import numpy as np, pandas as pd, plotly.io as pio
leak = builtins.leak = 1
os.environ["EKTP_TEST"] = "1"; os.chdir("/"); sys.path.insert(0, "/nowhere"); sys.argv.append("x")
locale.setlocale(locale.LC_ALL, "C"); logging.getLogger().setLevel(1)
warnings.simplefilter("error"); pd.set_option("display.precision", 1, "display.max_rows", 3)
np.set_printoptions(precision=1); np.seterr(all="raise")
pio.templates.default = "ggplot2"; pio.renderers.default = "json"
get_ipython().display_formatter.formatters["text/html"].for_type(dict, lambda d: "<b>salah</b>")
get_ipython().events.register("post_run_cell", lambda *a: print("sisa"))
"""
REPORT = """
import numpy as np, pandas as pd
import plotly.graph_objects as go
display(pd.DataFrame({"nilai": np.linspace(0, 1, 5) / 3}))
display({"a": 1.23456789})
display({"application/vnd.plotly.v1+json": go.Figure(go.Bar(y=[1, 2])).to_plotly_json()}, raw=True)
np.float64(1) / np.array([0.0, 3.0])
"""


def outputs(run: Any) -> list[Any]:
    """All outputs and step numbers, without the times."""
    cells = [c for c in run.notebook.cells if c.cell_type == "code"]
    text = json.dumps([(c.execution_count, c.outputs) for c in cells])
    return json.loads(re.sub(r"ipykernel_\d+/\d+", "ipykernel", text))


def test_equal_to_a_fresh_kernel_after_a_run_that_changed_everything(
    make_notebook: Make, tmp_path: Path
) -> None:
    """Names, options, display, warnings, environment, folder: all as papermill's own engine."""
    mess = make_notebook('x = "a"', MESS, name="kacau.ipynb")
    book = make_notebook('x = "a"', SETTINGS + "print(facts)", REPORT, name="laporan.ipynb")
    run_notebook(mess, {"x": "b"}, folder=tmp_path)
    reused = outputs(run_notebook(book, {"x": "c"}, folder=tmp_path))
    fresh = outputs(run_notebook(book, {"x": "c"}, folder=tmp_path, engine="papermill"))
    assert "salah" not in str(reused)
    for ours, papermills in zip(reused, fresh, strict=True):
        assert ours == papermills


def test_local_modules_do_not_stay_for_the_next_folder(
    make_notebook: Make, tmp_path: Path, text_of: Any
) -> None:
    """A helper file beside one office's notebook is not another office's helper."""
    book = make_notebook('x = "a"', "import setempat; print(setempat.NAMA)")
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "setempat.py").write_text(f"NAMA = {name!r}")
        assert text_of(run_notebook(book, {"x": "b"}, folder=tmp_path / name)) == f"{name}\n"
