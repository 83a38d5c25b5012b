"""Tables: what is printed, and where each row lies."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.figure import rows_of
from ektp_analytics.report.grid import TEXT_WIDTH, Cell, Column, Row, Table

COLUMNS = [
    Column("name", "Kecamatan", 150),
    Column("plot", "Cakupan", 200, plot=True),
    Column("value", "Nilai", 60, "right"),
]


def table(*names, **settings):
    rows = [Row({"name": name, "value": "1"}) for name in names]
    return Table(COLUMNS, rows, **settings)


def test_columns_fill_the_text_width():
    """A4 less its margins is 170 mm, at 96 px to the inch, in whole px."""
    assert int(170 / 25.4 * 96) == TEXT_WIDTH
    assert abs(sum(table("a").widths()) - TEXT_WIDTH) < 1e-9


@given(st.lists(st.text(max_size=120), min_size=1, max_size=12), st.floats(16, 40))
def test_rows_lie_under_each_other(names, height):
    """Edges rise by the rows' heights, each at least as high as asked."""
    place = rows_of(table(*names, row_height=height))
    assert all(b - a >= round(height, 1) - 0.05 for a, b in pairwise(place.edges))
    assert all(a < c < b for (a, b), c in zip(pairwise(place.edges), place.centres, strict=True))


def test_a_long_name_makes_its_row_higher():
    """Two lines of 15.6 px do not fit 23 px."""
    heights = table("Betung", "Kecamatan dengan nama yang panjang sekali").row_heights()
    assert heights[0] == 23
    assert heights[1] > 2 * 15.6


def test_the_plot_column_is_blank_and_not_in_the_frame():
    """The chart over it holds no data of the table."""
    made = table("Betung")
    assert '<td class="plot-space"></td>' in str(made.table_html())
    assert list(made.to_frame().columns) == ["Kecamatan", "Nilai"]
    assert made.to_frame().iloc[0].tolist() == ["Betung", "1"]


def test_a_table_reader_hears_heads_and_row_names():
    """WCAG 2.2, H63: scope ties cells to their heads."""
    html = str(table("Betung").table_html())
    assert '<th class="right" scope="col">Nilai</th>' in html
    assert '<th scope="row">Betung</th>' in html


def test_attention_has_a_second_sign():
    """What is orange is also bold or marked, so that grey print shows it."""
    cell = Cell("kurang 7", mark="diamond", tone="attention", strong=True)
    html = str(cell.html())
    assert "mark-diamond" in html
    assert "<b>kurang 7</b>" in html


def test_spans_and_notes():
    """A spanning cell takes the place of those after it; notes follow the text."""
    made = Table(COLUMNS, [Row({"name": Cell("Semua", "catatan", span=3)}, "group")])
    html = str(made.table_html())
    assert 'colspan="3"' in html
    assert html.count("<td") == 0
    assert made.to_frame().iloc[0, 0] == "Semua, catatan"


def test_group_heads_stand_over_their_columns():
    """Four quarters under one year."""
    columns = [Column("a", "A", 1), *(Column(q, q, 1, group="TW 2026") for q in ("I", "II"))]
    html = str(Table(columns, [Row({"a": "x"})]).table_html())
    assert html.count("TW 2026") == 1
    assert 'colspan="2"' in html


def test_no_rows_is_said():
    """An empty table prints its sentence."""
    made = Table(COLUMNS, [], "Tabel 1", "Pengaduan", empty="Belum ada catatan.")
    assert "Belum ada catatan." in str(made.html())


def test_short_tables_are_not_parted_long_ones_repeat_their_head():
    """A table within a page stays whole; thead repeats on every page of a longer one."""
    assert "together" in str(table(*"ab").html())
    long = str(table(*["x"] * 60).html())
    assert "together" not in long
    assert "<thead>" in long
