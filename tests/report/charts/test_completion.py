"""Completion curves."""

import pandas as pd
import pytest

from ektp_analytics.report.charts.completion import completion, share_at

LIMITS = pd.DataFrame(
    [
        {"hours": 24.0, "name": "24 jam", "kind": "law", "basis": "Permendagri 19/2018"},
        {"hours": 336.0, "name": "14 hari", "kind": "law", "basis": "UU 23/2006"},
        {"hours": 72.0, "name": "janji 3 hari", "kind": "promise", "basis": None},
    ]
)


def curve(name, steps):
    return pd.DataFrame([{"curve": name, "hours": h, "share": s} for h, s in steps])


STEPS = [(2.0, 25.0), (24.0, 50.0), (30.0, 75.0), (400.0, 100.0)]


@pytest.mark.parametrize(("hours", "share"), [(1, 0), (2, 25), (23.9, 25), (24, 50), (999, 100)])
def test_a_step_holds_until_the_next(hours, share):
    """Kaplan and Meier 1958: the estimate is right-continuous; at the limit counts as within."""
    steps = [{"hours": h, "share": s} for h, s in STEPS]
    assert share_at(steps, hours) == share


def test_values_at_the_legal_limits(edition, sound, words_of):
    """50 percent by 24 hours, 75 by 14 days; none printed at a mere promise."""
    chart = completion(curve("sejak lengkap", STEPS), LIMITS, edition, counted=["n = 4."])
    words = words_of(sound(chart))
    assert "<b>50,0%</b>" in words
    assert "<b>75,0%</b>" in words
    assert "<b>24 jam</b> (Permendagri 19/2018)" in words
    assert chart.source.startswith("n = 4. ")
    assert "logaritmik" in chart.source


def test_two_curves_differ_without_colour(edition, sound):
    """Solid and dashed."""
    both = pd.concat([curve("a", STEPS), curve("b", STEPS)])
    lines = [t for t in sound(completion(both, LIMITS, edition))["data"] if t["mode"] == "lines"]
    assert [t["line"]["dash"] for t in lines] == ["solid", "8px,6px"]
    assert lines[0]["line"]["shape"] == "hv"


def test_many_steps_are_thinned_without_moving_the_curve(edition, sound):
    """More steps than px add weight, not sight; values at limits come from all steps."""
    steps = [(1 + i / 100, 100 * i / 50_000) for i in range(1, 50_001)]
    figure = sound(completion(curve("a", steps), LIMITS, edition))
    line = next(t for t in figure["data"] if t["mode"] == "lines")
    assert len(line["x"]) <= 502
    assert "<b>4,6%</b>" in [a["text"] for a in figure["layout"]["annotations"]]


def test_an_interval_is_an_area(edition, sound):
    """Band of the first curve where given."""
    banded = curve("a", STEPS).assign(low=[20, 40, 60, 90], high=[30, 60, 90, 100])
    figure = sound(completion(banded, LIMITS, edition))
    assert any(t.get("fill") == "tonexty" for t in figure["data"])


def test_nothing_finished(edition, sound):
    """No curve at all: axes and a sentence."""
    none = pd.DataFrame({"curve": [], "hours": [], "share": []})
    chart = completion(none, LIMITS, edition)
    sound(chart)
    assert chart.alt == "Tidak ada permohonan yang dapat dihitung."
