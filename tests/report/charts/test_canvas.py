"""Drawing in px: places, logarithms, escaping."""

import math

import plotly.graph_objects as go

from ektp_analytics.report.charts.canvas import Canvas


def test_axes_lie_where_they_are_put():
    """Plotly's domains are fractions from the left and from the bottom."""
    canvas = Canvas(400, 200)
    canvas.axes((100, 50, 200, 100), (0, 10), (0, 1))
    assert canvas.scales["xaxis"]["domain"] == [0.25, 0.75]
    assert canvas.scales["yaxis"]["domain"] == [0.25, 0.75]


def test_on_a_log_axis_only_annotations_take_logarithms():
    """Plotly reference: annotations on log axes are placed by log10, shapes and traces not."""
    canvas = Canvas(100, 100)
    axes = canvas.axes((0, 0, 100, 100), (1, 1000), (0, 1), log=True)
    axes.words(100, 0, "x")
    axes.segment((100, 0), (100, 1))
    axes.marks([100], [0])
    assert canvas.annotations[0]["x"] == 2
    assert canvas.shapes[0]["x0"] == 100
    assert canvas.data[0]["x"] == [100]
    assert canvas.scales["xaxis"]["range"] == [0, 3]


def test_every_pair_of_axes_has_its_own_name():
    """A second panel draws on x2 and y2."""
    canvas = Canvas(100, 100)
    canvas.axes((0, 0, 50, 100), (0, 1), (0, 1))
    second = canvas.axes((50, 0, 50, 100), (0, 1), (0, 1))
    second.bars([1], [0], 0.5, ["#000000"])
    second.curve([0, None, 1], [0, None, 1])
    second.area([0, 1], [0, 0], [1, 1])
    second.intervals([0], [1], [0.5])
    canvas.triangle((10, 10), True, "#000000")
    assert {trace["xaxis"] for trace in canvas.data} == {"x2"}
    go.Figure(canvas.plot("x").to_json())


def test_labels_from_data_are_escaped():
    """Plotly reads tags in labels."""
    canvas = Canvas(100, 100)
    canvas.axes((0, 0, 100, 100), (0, 1), (0, 1)).words(0, 0, "<a href='x'>A & B</a>")
    assert canvas.annotations[0]["text"] == "&lt;a href='x'&gt;A &amp; B&lt;/a&gt;"


def test_no_marks_leave_no_trace():
    """An empty trace would be an empty mark in the interactive figure."""
    canvas = Canvas(100, 100)
    axes = canvas.axes((0, 0, 100, 100), (0, 1), (0, 1))
    axes.marks([], [])
    axes.bars([], [], 1, [])
    axes.intervals([], [], [])
    assert canvas.data == []
    assert math.isclose(canvas.plot("x").height, 100)
