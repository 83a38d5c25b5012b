"""Charts: caption, alternative text, data that plotly accepts, place over the table."""

import json
import re

import pytest

from ektp_analytics.report.figure import Chart, Plot, TableChart, rows_of
from ektp_analytics.report.grid import Column, Row, Table

NASTY = '</script><img src=x> "a" & b'


def drawn(width=300, height=120, alt="Naik dari 1 menjadi 2."):
    return Plot([{"type": "scatter", "x": [1], "y": [2], "name": NASTY}], {}, width, height, alt)


def test_a_chart_is_a_figure_with_number_caption_and_source():
    """Every chart has a caption, an alternative text and a source line."""
    html = str(Chart(drawn(), "Gambar 3", "Lama & biaya", "n = 4.").html())
    assert html.startswith('<figure class="chart" id="gambar-3">')
    assert "<figcaption><b>Gambar 3.</b> Lama &amp; biaya</figcaption>" in html
    assert 'role="img" aria-label="Naik dari 1 menjadi 2."' in html
    assert '<p class="source">n = 4.</p>' in html


def test_the_data_can_be_read_back():
    """The page's script parses the JSON; nothing in it ends the element."""
    html = str(Chart(drawn()).html())
    inside = re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL).group(1)
    figure = json.loads(inside)
    assert figure["data"][0]["name"] == NASTY
    assert figure["layout"]["width"] == 300
    assert figure["layout"]["height"] == 120


def test_jupyterlab_gets_the_interactive_figure():
    """JupyterLab's renderer reads application/vnd.plotly.v1+json."""
    bundle = Chart(drawn(), alt_free := "Gambar 1")._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", "application/vnd.plotly.v1+json"}
    assert alt_free in bundle["text/plain"]


def test_plotly_accepts_the_figure():
    """Plotly's own validation of data and layout."""
    graph_objects = pytest.importorskip("plotly.graph_objects")
    assert isinstance(Chart(drawn()).figure, graph_objects.Figure)


@pytest.fixture
def over():
    columns = [
        Column("a", "Nama", 100),
        Column("p", "Grafik", 200, plot=True),
        Column("v", "N", 42),
    ]
    table = Table(columns, [Row({"a": "Betung"}), Row({"a": "Rambutan"})], width=342)
    return TableChart(table, drawn(200, rows_of(table).bottom + 20), "Gambar 1", "Cakupan")


def test_the_plot_lies_over_its_column(over):
    """Left edge after the first column, room under the table for what reaches below."""
    html = str(over.html())
    assert "left:100px;top:0" in html
    assert "padding-bottom:20px" in html
    assert html.index("<table") < html.index('class="plot"')


def test_shown_alone_the_rows_are_named(over):
    """Without its table the figure needs the names of the rows."""
    axis = over.alone().layout["yaxis"]
    assert axis["ticktext"] == ["Betung", "Rambutan"]
    assert axis["tickvals"] == rows_of(over.table).centres
    assert "Betung" in over.text()
