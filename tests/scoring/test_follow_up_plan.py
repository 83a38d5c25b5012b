"""The plan starts with what is weakest, then what costs most, and lets the office decide."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.follow_up_plan import follow_up_plan, months_after
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


@pytest.fixture(scope="module")
def card(catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings) -> Scorecard:
    """Two elements in band C or below, one good one, two costly indicators."""
    values = office_values(
        skm_waktu=76.604, skm_prosedur=60.0, skm_biaya=99.0, promise_kept=20.0, free_of_charge=10.0
    )
    return score(values, catalogue, settings=few_draws)


def test_weakest_elements_come_first(card: Scorecard) -> None:
    """PermenPAN-RB 14/2017: the plan is ordered by the worst element."""
    plan = follow_up_plan(card)
    elements = [a for a in plan.actions if a.cause == "element"]
    assert [a.code for a in elements[:2]] == ["skm_prosedur", "skm_waktu"]
    assert [a.code for a in plan.actions[: len(elements)]] == [a.code for a in elements]


def test_bands_and_goals_of_an_element(card: Scorecard) -> None:
    """76.604 rounds to 76.60, the top of C (65.00–76.60); B begins at 76.61."""
    found = {a.code: a for a in follow_up_plan(card).actions}
    assert (found["skm_waktu"].grade, found["skm_waktu"].goal) == ("C", 76.61)
    assert found["skm_waktu"].goal_grade == "B"
    assert (found["skm_prosedur"].grade, found["skm_prosedur"].goal) == ("D", 65.0)


def test_the_costliest_indicators_follow(card: Scorecard) -> None:
    """Free of charge loses 90 × 1/3 × 1/2 = 15 points, the promise 80 / 6 = 13.3."""
    losses = [a.code for a in follow_up_plan(card).actions if a.cause == "loss"]
    assert list(dict.fromkeys(losses))[:2] == ["free_of_charge", "promise_kept"]
    found = {a.code: a for a in follow_up_plan(card).actions}
    assert found["free_of_charge"].points_lost == pytest.approx(15.0)
    assert found["free_of_charge"].goal == 55.0  # half the way from 10 to 100


def test_the_best_band_is_never_weak(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """All elements at 90 (A: from 88.31) and all else at target: nothing to plan."""
    marks = {f"skm_{key}": 90.0 for key in ("persyaratan", "prosedur", "biaya", "waktu")}
    marks |= {f"skm_{key}": 90.0 for key in ("produk", "kompetensi", "perilaku")}
    marks |= {"skm_pengaduan": 90.0, "skm_sarana": 90.0}
    top = {i.code: i.target_on(date(2025, 3, 31)) or 0.0 for i in catalogue.scored}
    card = score(office_values(**{**top, **marks}), catalogue, settings=few_draws)
    assert len(follow_up_plan(card)) == 0


def test_own_actions_take_the_place_of_proposals(card: Scorecard) -> None:
    """The office knows better; what it has done is gone, what is late is marked."""
    own = pd.DataFrame(
        {
            "subject": ["U2", "Bebas antre", "Waktu penyelesaian"],
            "action": ["Cetak ulang papan alur", "Pasang mesin antrean", "Tambah alat cetak"],
            "due": pd.to_datetime(["2025-02-28", "2025-06-30", "2025-03-15"]),
            "done_on": pd.to_datetime([None, None, "2025-03-10"]),
            "responsible": ["Sekretaris", None, "Kabid"],
        }
    )
    plan = follow_up_plan(card, own)
    first = plan.actions[0]
    assert (first.code, first.action["id"]) == ("skm_prosedur", "Cetak ulang papan alur")
    assert (first.cause, first.source, first.overdue) == ("office", "office", True)
    assert first.value == 60.0
    words = [a.action["id"] for a in plan.actions]
    assert "Tambah alat cetak" not in words
    stranger = next(a for a in plan.actions if a.action["id"] == "Pasang mesin antrean")
    assert (stranger.code, stranger.value, stranger.overdue) == (None, None, False)
    assert sum(a.code == "skm_prosedur" for a in plan.actions) == 1


def test_what_is_not_recorded_cannot_be_mended(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """A survey alone: the log carries most of the missing weight."""
    card = score(office_values(only=("survey",)), catalogue, settings=few_draws)
    plan = follow_up_plan(card)
    missing = [a.code for a in plan.actions if a.cause == "missing"]
    assert missing[0] == "service_log"
    assert "survey" not in missing
    assert len(missing) == 3


def test_limits_of_the_plan_can_be_set(card: Scorecard) -> None:
    """A head of office may want three actions, not twelve."""
    plan = follow_up_plan(card, elements=1, losses=0, missing=0)
    assert {a.code for a in plan.actions} == {"skm_prosedur"}


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2025, 6, 30), 12, date(2026, 6, 30)),
        (date(2025, 9, 30), 3, date(2025, 12, 31)),
    ],
)
def test_due_days_are_ends_of_months(day: date, months: int, due: date) -> None:
    """The calendar: 2024 is a leap year."""
    assert months_after(day, months) == due
