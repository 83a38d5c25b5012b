"""The thesis page: frequencies, validity, reliability, and importance only where asked.

Sekadau, 49 published rows: Cronbach's alpha 0.740 (computed from the published rows with
pingouin 0.7); r-table for 49 is 0.282 (two-sided 5 %, 47 degrees of freedom).
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.pipeline import run_period
from ektp_analytics.report import thesis
from ektp_analytics.report.edition import Edition
from ektp_analytics.scoring.period_run import PeriodRun

ROOT = Path(__file__).parents[2]
RUN = run_period(ROOT, "sekadau", "2019-S1")


def with_survey(table: pd.DataFrame) -> PeriodRun:
    data = OfficeData(RUN.office, RUN.period, {"survey": table}, {})
    return replace(RUN, data=data)


def test_alpha_of_the_published_rows() -> None:
    pingouin = pytest.importorskip("pingouin")
    expected, interval = pingouin.cronbach_alpha(thesis.performance(RUN).astype(float))
    assert round(expected, 3) == 0.740
    frame = thesis.alpha_table(RUN, Edition()).blocks[1].to_frame()
    assert frame.iloc[0, 1] == "0,740"
    low, high = (f"{end:.3f}".replace(".", ",") for end in interval)
    assert frame.iloc[0, 2] == f"{low}–{high}"


def test_unused_answers_and_blanks_have_their_columns() -> None:
    frame = thesis.frequency_table(RUN, Edition()).blocks[1].to_frame()
    assert list(frame.columns)[1:] == ["1", "2", "3", "4", "Kosong"]
    counts = frame.iloc[:, 1:5].map(lambda text: int(text.split(" ")[0]))
    assert (counts.sum(axis=1) == 49).all()


def test_validity_names_the_r_table_value() -> None:
    text = thesis.validity_table(RUN, Edition()).text()
    assert "r-tabel = 0,282 (n = 49" in text


def test_importance_is_not_made_up() -> None:
    """The survey did not ask what users expect: no quadrants, no CSI, no gap."""
    section = thesis.importance_table(RUN, Edition())
    assert "tidak ditanyakan" in section.text()
    assert len(section.blocks) == 2


def test_importance_where_it_was_asked() -> None:
    """Performance 3, importance 4 and 4, 2: gaps -1 and +2; tki 75 and 200."""
    answers = {
        "waktu": [3, 3],
        "biaya": [4, 4],
        "importance_waktu": [4, 4],
        "importance_biaya": [2, 2],
    }
    run = with_survey(pd.DataFrame(answers).astype("Int64"))
    frame = thesis.importance_table(run, Edition()).blocks[1].to_frame()
    assert frame.iloc[0].to_list()[1:5] == ["3,00", "4,00", "−1,00", "75,0"]
    assert frame.iloc[0].to_list()[-1] == "A"
    assert frame.iloc[1].to_list()[-1] == "D"


def test_a_constant_element_is_said_in_words() -> None:
    """Everyone answers gratis: no correlation, left out of alpha, named."""
    table = RUN.data.tables["survey"].assign(biaya=pd.array([4] * 49, dtype="Int64"))
    run = with_survey(table)
    assert "Biaya" in thesis.alpha_table(run, Edition()).blocks[1].to_frame().iloc[0, -1]
    assert "Biaya/tarif" in thesis.validity_table(run, Edition()).text()


def test_the_sample_is_said_or_why_not() -> None:
    assert "users_served" in thesis.opening(RUN, Edition()).text()
    contoh = run_period(ROOT, "contoh", "2025-Q4")
    assert "Krejcie–Morgan" in thesis.opening(contoh, Edition()).text()
