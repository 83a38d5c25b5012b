"""The processing sheet of PermenPAN-RB 14/2017."""

import pandas as pd
import pytest

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.processing_sheet import (
    LEGAL_ORDER,
    grade_key,
    order_note,
    processing_sheet,
    weights_table,
)


@pytest.fixture
def answers():
    frame = pd.DataFrame({key: pd.array([3, 4, 2], dtype="Int64") for key in LEGAL_ORDER})
    frame.loc[1, "pengaduan"] = pd.NA
    return frame


@pytest.fixture
def elements(answers):
    rows = []
    for key in LEGAL_ORDER:
        valid = answers[key].dropna()
        nrr = valid.mean()
        rows.append(
            {"key": key, "total": int(valid.sum()), "n": len(valid), "nrr": nrr,
             "weighted": nrr / 9, "index": nrr * 25, "grade": "C"}
        )  # fmt: skip
    return pd.DataFrame(rows)


def sheet(answers, elements, **settings):
    figures = {"index": 73.61, "mean": 2.9444, "grade": "C", "label": "Kurang baik"}
    return processing_sheet(answers, elements, Edition(), **{**figures, **settings})


def test_columns_are_in_the_order_of_the_regulation(answers, elements):
    """PermenPAN-RB 14/2017, annex: U8 penanganan pengaduan, U9 sarana dan prasarana."""
    heads = [column.head.split("\n")[0] for column in sheet(answers, elements).columns[1:]]
    assert heads == [f"U{place}" for place in range(1, 10)]
    assert LEGAL_ORDER[7:] == ("pengaduan", "sarana")


def test_rows_and_foot_rows(answers, elements):
    """Answers 3, 4, 2: Σ 9, n 3, NRR 3, weighted 3/9, index 75; a blank is no answer."""
    frame = sheet(answers, elements).to_frame()
    first = frame.iloc[:, 1].tolist()
    assert first[:3] == ["3", "4", "2"]
    assert first[3:9] == ["9", "3", "3,0000", "0,3333", "75,00", "C"]
    eighth = frame.iloc[:, 8].tolist()
    assert eighth[:3] == ["3", "–", "2"]
    assert eighth[3:6] == ["5", "2", "2,5000"]
    assert frame.iloc[6, 0] == "NRR tertimbang (× 1/9)"


def test_the_result_row(answers, elements):
    """Σ weighted NRR × 25 is the index, with letter and name."""
    frame = sheet(answers, elements).to_frame()
    assert "Σ NRR tertimbang 2,9444 × 25 = 73,61 · mutu C (Kurang baik)" in " ".join(frame.iloc[-1])
    none = sheet(answers, elements, index=None, mean=None).to_frame()
    assert "tidak dapat dihitung" in " ".join(none.iloc[-1])


def test_rows_left_out_are_counted(answers, elements):
    """Two of three rows are in the workbook only."""
    frame = sheet(answers, elements, most_rows=1).to_frame()
    assert frame.iloc[1, 0] == "2–3"
    assert frame.iloc[1, 1].startswith("2 baris berikutnya")


def test_an_element_not_asked_has_an_empty_column(answers, elements):
    """Fewer than nine elements: weights 1/8, the ninth column stays empty."""
    made = sheet(answers.drop(columns="biaya"), elements[elements["key"] != "biaya"])
    frame = made.to_frame()
    assert set(frame.iloc[:, 4]) == {""}
    assert frame.iloc[6, 0] == "NRR tertimbang (× 1/8)"


def test_the_key_prints_the_limits_of_the_law():
    """PermenPAN-RB 14/2017, table of grades: 3,0644–3,532 and 76,61–88,30 are B."""
    bands = pd.DataFrame(
        [
            {"letter": "B", "lower": 76.61, "upper": 88.30, "label": "Baik",
             "ni_lower": 3.0644, "ni_upper": 3.532},
            {"letter": "A", "lower": 88.31, "upper": 100.0, "label": "Sangat baik",
             "ni_lower": 3.5324, "ni_upper": 4.0},
        ]
    )  # fmt: skip
    frame = grade_key(bands, Edition()).to_frame()
    assert frame.iloc[0].tolist() == ["A", "Sangat baik", "3,5324–4,00", "88,31–100,00"]
    assert frame.iloc[1].tolist() == ["B", "Baik", "3,0644–3,532", "76,61–88,30"]


def test_weights_are_reconciled_against_the_one_in_use():
    """Public 29-form guide: 1/9 gives 91.475, 0.11 gives 90.560, 0.111 gives 91.384."""
    table = pd.DataFrame({"weight": ["1/9", "0,111", "0,11"], "index": [91.475, 91.384, 90.560]})
    frame = weights_table(table, Edition()).to_frame()
    assert frame.iloc[:, 1].tolist() == ["91,48", "91,38", "90,56"]
    assert frame.iloc[:, 2].tolist() == ["–", "−0,09", "−0,92"]


def test_the_order_is_explained():
    """Many forms swap the eighth and the ninth."""
    assert "U9 sarana" in order_note(Edition()).text()
