"""A calculation told step by step."""

from ektp_analytics.report.steps import Step, Steps, Sum, Term, Working

NASTY = "<b>421</b> & "


def test_steps_are_an_ordered_list():
    """WCAG 2.2, H48: an order is marked up as one."""
    html = str(Steps([Step("Baris", ["421 baris"]), Step("Huruf")]).html())
    assert html.startswith('<ol class="steps"><li><h3>Baris</h3><p>421 baris</p></li>')
    assert html.count("<li>") == 2


def test_a_sum_shows_its_signs_and_what_is_counted():
    """421 read = 404 used + 9 rejected + 8 merged."""
    made = Sum([Term("421", "dibaca"), Term("404", "dipakai", "="), Term("17", NASTY, "+")], "x")
    html = str(made.html())
    assert html.count('class="term"') == 3
    assert "&lt;b&gt;421&lt;/b&gt; &amp;" in html
    assert '<p class="source">x</p>' in html


def test_a_working_line_joins_its_steps_with_drawn_arrows():
    """Three steps and a result are joined by three arrows, none of them a glyph."""
    html = str(Working(["84,441605", "**84,44**", NASTY], "B, Baik").html())
    assert html.count("mark-arrow") == 3
    assert "→" not in html
    assert '<b class="result">B, Baik</b>' in html
    assert "&lt;b&gt;" in html
