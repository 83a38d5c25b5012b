"""Letters of one trend follow one scheme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.index_trend import index_trend
from ektp_analytics.indicators.skm import SkmIndex, scheme_of, skm_index
from ektp_analytics.measures.index_change import index_change
from ektp_analytics.standards.survey_scheme import FOURTEEN_ELEMENTS, survey_scheme

STUDENT_APP = (
    Path(__file__).parents[2].parent / "shared" / "data" / "ikm14_student_app_2018_rows.csv"
)
OLD = survey_scheme(FOURTEEN_ELEMENTS).elements


def old_form(*rows: tuple[int, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(OLD)).astype("Int64")


@pytest.fixture(scope="module")
def student_app() -> SkmIndex:
    if not STUDENT_APP.exists():
        pytest.skip("the rows of the student app are not at hand")
    rows = pd.read_csv(STUDENT_APP)
    asked = rows.loc[:, "mudah":"aman"].set_axis(list(OLD), axis=1)
    return skm_index(asked.astype("Int64"), scheme=FOURTEEN_ELEMENTS)


def test_the_old_form_by_hand() -> None:
    """Eleven threes and three fours twice: mean 45/14, index 80.36, B by KepmenPAN 25/2004
    (62.51 to 81.25); 0.071 for 1/14 gives 45 × 0.071 × 25 = 79.88.
    """
    rows = old_form(*[(3,) * 11 + (4,) * 3] * 2)
    found = skm_index(rows)
    assert found.scheme == scheme_of(rows) == FOURTEEN_ELEMENTS
    assert (found.summary.index, found.summary.grade) == (80.36, "B")
    assert found.summary.weight_variants == {"0.071": 79.88}
    assert not found.summary.partial


def test_real_rows_of_the_old_form(student_app: SkmIndex) -> None:
    """25 respondents of a public student project, 14 answers each, summed by awk: 1,166 points
    of 350 answers, index 25 × 1166 ÷ 350 = 83.29: A by its own bands, B by today's.
    """
    summary = student_app.summary
    assert (summary.n, summary.elements_asked) == (25, 14)
    assert (summary.index, summary.grade) == (83.29, "A")
    assert summary.interval is not None
    assert index_trend({"2018-S1": student_app}).to_frame()["grade"].tolist() == ["B"]


def test_82_was_a_and_is_b(answers: Any) -> None:
    """C10 of the public cases: 82.00 in 2013 and in 2025, both B on today's bands; by the old
    bands both A. 82 = 25 × 3.28: of a hundred answers to each element 28 fours, 72 threes.
    """
    old = skm_index(old_form(*[(4,) * 14] * 28, *[(3,) * 14] * 72), scheme=FOURTEEN_ELEMENTS)
    new = skm_index(answers(*[4] * 28, *[3] * 72))
    assert (old.summary.index, old.summary.grade) == (82.0, "A")
    assert (new.summary.index, new.summary.grade) == (82.0, "B")
    periods = {"2013-S1": old, "2025-S1": new}
    today, then = index_trend(periods), index_trend(periods, FOURTEEN_ELEMENTS)
    assert today.to_frame()["grade"].tolist() == ["B", "B"]
    assert then.to_frame()["grade"].tolist() == ["A", "A"]
    assert today.to_frame()["own_grade"].tolist() == ["A", "B"]
    assert today.regulation == "PermenPAN-RB 14/2017"
    assert [note.code for note in today.notes] == ["regraded", "questionnaires_differ"]
    assert "2013-S1" in today.notes[0].text("id")
    assert "2025-S1" not in today.notes[0].text("id")


def test_two_questionnaires_are_not_compared(answers: Any) -> None:
    """Fourteen elements and nine have none in common: no change is claimed."""
    old = skm_index(old_form(*[(4,) * 14] * 15, *[(2,) * 14] * 15))
    new = skm_index(answers(*[4] * 20, *[3] * 10))
    found = index_change(old.tally, new.tally)
    assert found.verdict == "not comparable"


def test_a_period_without_answers(answers: Any) -> None:
    """It keeps its row, without index and letter; one scheme throughout needs no note."""
    empty = skm_index(answers(4)[:0])
    trend = index_trend({"2025-Q1": empty, "2025-Q2": skm_index(answers(4, 4))})
    assert trend.to_frame()["index"].isna().tolist() == [True, False]
    assert trend.to_frame()["grade"].isna().tolist() == [True, False]
    assert trend.notes == ()
