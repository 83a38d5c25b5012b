"""A principle moves only beyond noise, and only where both periods are assessed."""

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report.charts.principles import principles
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.principle_changes import principle_frame
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings


def card(period: str, level: float) -> Scorecard:
    """All of rule of law at one level, nothing else assessed."""
    codes = [i.code for i in load_catalogue().scored if i.principle == "rule_of_law"]
    values = [
        IndicatorValue(
            code=code, period=period, value=level, n=900, interval=(level - 2, level + 2)
        )
        for code in codes
        if code != "equal_treatment"
    ]
    return score(values, load_catalogue(), settings=ScoreSettings(draws=200))


def test_a_fall_beyond_noise_is_named() -> None:
    """Every indicator falls by twenty points, noise is two."""
    frame = principle_frame(card("2025-Q2", 60.0), card("2025-Q1", 80.0)).set_index("key")
    law = frame.loc["rule_of_law"]
    assert (law["move"], round(law["change"], 6), law["previous"]) == ("down", -20.0, 80.0)


def test_a_step_inside_noise_is_no_change() -> None:
    """One tenth of a point."""
    frame = principle_frame(card("2025-Q2", 80.1), card("2025-Q1", 80.0)).set_index("key")
    assert frame.loc["rule_of_law", "move"] == "same"


def test_what_is_not_assessed_is_not_compared() -> None:
    """Participation has no value in either period; it has a reason and no move."""
    frame = principle_frame(card("2025-Q2", 80.0), card("2025-Q1", 80.0)).set_index("key")
    assert frame.loc["participation", "move"] == "not comparable"
    assert frame.loc["participation", "reason"]


def test_the_frame_is_what_the_chart_takes() -> None:
    """With and without an earlier period."""
    now = card("2025-Q2", 80.0)
    for frame in (principle_frame(now), principle_frame(now, card("2025-Q1", 75.0))):
        chart = principles(frame, Edition(), previous_label="TW I 2025")
        assert "Supremasi hukum 80,0" in chart.alt
    assert set(principle_frame(now)["move"]) == {"no previous"}
