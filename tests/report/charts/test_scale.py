"""The scale over the rows of a table: a guide and a number for each value."""

import pytest

from ektp_analytics.report.charts.canvas import over_rows
from ektp_analytics.report.charts.scale import draw_scale
from ektp_analytics.report.charts.style import INK
from ektp_analytics.report.figure import Rows

ROWS = Rows(100, 200, 30, [30, 50, 70])


@pytest.mark.parametrize(
    ("values", "how", "printed"),
    [
        ([60, 80, 100], {}, ["60", "80", "100"]),
        ([0, 0.5, 1], {}, ["0,0", "0,5", "1,0"]),
        ([-1, 0, 1], {"signed": True}, ["−1", "0", "+1"]),
        ([-0.5, 0, 0.5], {"signed": True}, ["−0,5", "0", "+0,5"]),
    ],
)
def test_numbers_have_the_decimals_all_of_them_need(values, how, printed) -> None:
    canvas, axes = over_rows(ROWS, (values[0], values[-1]))
    draw_scale(axes, ROWS, values, **how)
    assert [note["text"] for note in canvas.annotations] == printed
    assert [(s["x0"], s["y0"], s["y1"]) for s in canvas.shapes] == [(v, 30, 70) for v in values]


def test_bars_start_from_a_darker_zero_and_guides_may_end_earlier() -> None:
    """Only a line that bars start from is dark; totals below have no guides."""
    canvas, axes = over_rows(ROWS, (0, 10))
    draw_scale(axes, ROWS, [0, 10], bottom=50, zero=True)
    assert [s["line"]["color"] == INK for s in canvas.shapes] == [True, False]
    assert {s["y1"] for s in canvas.shapes} == {50}
