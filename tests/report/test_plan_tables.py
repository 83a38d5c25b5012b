"""The plan and the promises as an officer reads them."""

from datetime import date

import pandas as pd
import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.plan_tables import plan_table, promises_table, quarters_until
from ektp_analytics.scoring.follow_up_plan import follow_up_plan
from ektp_analytics.scoring.promises import promises_due
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings

OWN = pd.DataFrame(
    {
        "subject": ["Janji layanan ditepati", "Taman"],
        "action": ["Umumkan satu janji", "Tanam pohon"],
        "due": pd.to_datetime(["2025-11-30", "2026-02-28"]),
        "done_on": pd.to_datetime([None, None]),
    }
)


def card(period: str, promise: float, waktu: float = 70.0) -> Scorecard:
    values = [
        IndicatorValue(
            code="skm_waktu", period=period, value=waktu, n=400, interval=(waktu - 2, waktu + 2)
        ),
        IndicatorValue(
            code="promise_kept",
            period=period,
            value=promise,
            n=900,
            interval=(promise - 3, promise + 3),
        ),
    ]
    return score(values, load_catalogue(), settings=ScoreSettings(draws=16))


def test_state_measure_and_quarters() -> None:
    """70.00 is band C, B begins at 76.61; the first quarter after the period is 2026-I."""
    plan = follow_up_plan(card("2025-Q4", 40.0), missing=0)
    table = plan_table(plan, Edition()).to_frame()
    assert table.iloc[0, 2] == "70,00 · C"
    assert table["Ukuran keberhasilan"].iloc[0] == "Indeks ≥ 76,61 (mutu B)"
    assert "(usul studi kasus)" in table["Kegiatan"].iloc[0]
    promise = table[table.iloc[:, 1] == "Janji layanan ditepati"].iloc[0]
    assert promise["Ukuran keberhasilan"] == "≥ 70,0%"
    assert (promise["I"], promise["II"]) == ("I", "")


def test_own_plan_is_named_and_late_is_marked() -> None:
    """Due in November, undone at the end of December."""
    plan = follow_up_plan(card("2025-Q4", 40.0), OWN, missing=1)
    actions = plan_table(plan, Edition("en")).to_frame()["Action"].tolist()
    assert any("Umumkan satu janji (office's own plan; overdue)" in a for a in actions)
    assert any("Tanam pohon (office's own plan)" in a for a in actions)


@pytest.mark.parametrize(
    ("due", "quarters"),
    [
        (date(2025, 7, 31), [3]),
        (date(2025, 12, 31), [3, 4]),
        (date(2026, 6, 30), [3, 4]),
        (date(2025, 5, 31), [3]),
        (None, []),
    ],
)
def test_quarters_of_the_plans_year(due: date | None, quarters: list[int]) -> None:
    """A plan after the first half of 2025 runs in the third and fourth quarter."""
    assert quarters_until(date(2025, 7, 1), due) == quarters


def test_promises_show_whether_the_indicator_moved() -> None:
    """From 60 ± 3 to 40 ± 3 is a fall; a subject without an indicator says so."""
    own = OWN.assign(due=pd.to_datetime(["2025-11-30", "2025-12-31"]))
    found = promises_due(own, card("2025-Q3", 60.0), card("2025-Q4", 40.0))
    table = promises_table(found, Edition()).to_frame()
    assert "−20,0, memburuk" in table["Keadaan indikator"].iloc[0]
    assert "tidak dikenali" in table["Keadaan indikator"].iloc[1]
    assert table["Status"].tolist() == ["belum selesai"] * 2


def test_no_file_is_a_sentence() -> None:
    """An empty table has words in place of its rows."""
    html = str(promises_table((), Edition()).html())
    assert "tidak disampaikan" in html
