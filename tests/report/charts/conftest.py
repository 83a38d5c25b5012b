"""What the chart tests share: an edition, the law's grade bands, a check of every figure."""

import datetime as dt
import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from ektp_analytics.report.edition import Edition

LEAST_TYPE = 10.0  # px = 7.5 pt


@pytest.fixture
def edition():
    """Return an Indonesian edition cut off at the end of 2025."""
    return Edition(as_of=dt.date(2025, 12, 31))


@pytest.fixture
def bands():
    """Return the grades of PermenPAN-RB 14/2017."""
    return pd.DataFrame(
        {
            "letter": list("DCBA"),
            "lower": [25.0, 65.0, 76.61, 88.31],
            "upper": [64.99, 76.60, 88.30, 100.0],
            "label": ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"],
        }
    )


@pytest.fixture
def sound():
    """Return the check that a chart can be drawn, heard, and read at 7.5 pt."""

    def check(chart):
        html = chart._repr_mimebundle_()["text/html"]
        script = re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
        figure = json.loads(script.group(1))
        go.Figure(figure)  # plotly's own validation
        assert chart.alt
        assert not re.search(r"\bNone\b|\bnan\b|\{", chart.alt + chart.source + chart.caption)
        assert html.count("<figcaption>") == 1
        sizes = [note["font"]["size"] for note in figure["layout"].get("annotations", [])]
        assert min(sizes, default=LEAST_TYPE) >= LEAST_TYPE
        assert not figure["layout"]["template"]["layout"]["showlegend"]
        return figure

    return check


@pytest.fixture
def words_of():
    """Return the function that gives every label written in a figure."""
    return lambda figure: [note["text"] for note in figure["layout"].get("annotations", [])]


@pytest.fixture
def marks_of():
    """Return the function that gives the x values of marks of one symbol."""

    def find(figure, symbol, color=None):
        traces = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == symbol]
        kept = [t for t in traces if color is None or t["marker"]["color"] == color]
        return [x for trace in kept for x in trace["x"]]

    return find
