"""Shares of variance by factor, score by score."""

import pandas as pd

from ektp_analytics.report.charts.sobol import sobol

FACTORS = ("data", "weights", "aggregation", "mapping", "goalposts")


def rows(key="accountability", totals=(0.9, 0.12, 0.0, -0.01, None), note="tidak dipakai"):
    return pd.DataFrame(
        [
            {"key": key, "factor": f, "first": t, "total": t, "note": "" if t is not None else note}
            for f, t in zip(FACTORS, totals, strict=True)
        ]
    )


def test_bars_are_percent_of_the_variance(edition, sound):
    """0.9 is 90 %; noise below zero is drawn as zero and printed as it is."""
    chart = sobol(rows(), edition)
    bars = next(t for t in sound(chart)["data"] if t["type"] == "bar")
    assert bars["x"] == [90.0, 12.0, 0.0, 0.0]
    assert chart.table.to_frame()["Total"].tolist() == ["", "90%", "12%", "0%", "−1%", "–"]


def test_a_factor_that_cannot_act_says_so(edition):
    """No floor that is a judgment: no bar, the reason in its place."""
    chart = sobol(rows(), edition)
    assert chart.table.rows[5].cell("plot").text == "tidak dipakai"
    assert chart.table.rows[5].kind == "muted"


def test_a_score_without_shares_is_one_line_with_its_reason(edition, sound):
    """A principle that is not assessed is not taken apart."""
    none = rows("rule_of_law", (None,) * 5, "tidak ada indikator yang dapat dinilai")
    chart = sobol(pd.concat([rows(), none]), edition)
    sound(chart)
    assert len(chart.table.rows) == 1 + 5 + 1
    assert chart.table.rows[6].cell("plot").text == "tidak ada indikator yang dapat dinilai"
    assert "Supremasi hukum" in chart.table.rows[6].cell("name").text


def test_the_largest_factor_is_heard(edition):
    """The alternative text names it for every score."""
    assert "Akuntabilitas: Sampel data 90%" in sobol(rows(), edition).alt


def test_nothing_to_take_apart(edition, sound):
    """All scores without shares, or no rows at all, are sentences."""
    none = rows("overall", (None,) * 5, "prinsip belum lengkap")
    assert "prinsip belum lengkap" in sobol(none, edition).alt
    sound(sobol(none, edition))
    sound(sobol(rows().iloc[:0], edition))
