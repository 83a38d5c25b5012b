"""The summary fills every field of the published contract, or says why not."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.measures.answer_tally import merge_tallies, tally_answers
from ektp_analytics.measures.survey_means import index_summary

BANDS = [
    (25, "D", "Tidak baik"),
    (65, "C", "Kurang baik"),
    ("76.61", "B", "Baik"),
    ("88.31", "A", "Sangat baik"),
]
NINE = [f"u{place}" for place in range(1, 10)]
SEKADAU = Path(__file__).parents[2].parent / "shared/data/skm_sekadau_2019s1_respondents.csv"


def summary(rows, elements=NINE, **settings):
    frame = pd.DataFrame(rows, columns=elements, dtype="Int64")
    return index_summary(tally_answers(frame, elements), BANDS, **settings)


def nulls(record, path=()):
    """Yield the dotted name of every None in a record."""
    for name, value in record.items():
        if value is None:
            yield ".".join((*path, name))
        elif isinstance(value, dict):
            yield from nulls(value, (*path, name))
        elif name == "elements":
            for element in value:
                yield from nulls(element, (*path, name, element["key"]))


def test_the_sekadau_rows_fill_the_contract():
    """Kabupaten Sekadau, article 923, semester I 2019, 49 questionnaires without a blank."""
    if not SEKADAU.exists():
        pytest.skip("the Sekadau rows are not beside this checkout")
    record = index_summary(tally_answers(pd.read_csv(SEKADAU), NINE), BANDS).to_record()
    low, high = record.pop("interval")
    assert low < 78.74 < high
    elements = record.pop("elements")
    assert [e["index"] for e in elements][:3] == [70.41, 70.92, 76.53]
    assert [e["grade"] for e in elements] == list("CCCABBBCB")
    assert record.pop("index_unrounded") == pytest.approx(1389 * 25 / 441, abs=1e-12)
    assert record.pop("index_complete_cases") == pytest.approx(1389 * 25 / 441, abs=1e-12)
    assert record == {
        "n": 49,
        "index": 78.74,
        "grade": "B",
        "label": "Baik",
        "partial": False,
        "elements_asked": 9,
        "confidence": 0.95,
        "weight_variants": {"0.11": 77.95, "0.111": 78.66},
        "to_next_band": 9.57,
        "answers_to_flip": 38,
        "flip_to": "C",
        "reasons": {},
    }


def test_one_respondent_is_a_number_without_an_interval():
    """Open case C11: 100.00 with "n = 1, not for publication"; no interval."""
    told = summary([[4] * 9])
    assert (told.index, told.grade, told.interval) == (100.0, "A", None)
    assert told.reasons["interval"].code == "too_few_for_interval"
    assert told.reasons["to_next_band"].code == "best_band"
    assert "single_respondent" in [note.code for note in told.notes]


def test_fewer_elements_are_partial():
    told = summary([[3] * 8] * 12, elements=NINE[:8])
    assert told.partial
    assert told.elements_asked == 8
    assert told.weight_variants == {"0.11": None, "0.111": None}
    assert "weight_variants" in told.reasons


def test_blanks_that_move_the_letter_are_told():
    """Beside the index the complete-case index; told if letters differ or by half a point."""
    rows = [[3] * 9] * 6 + [[4] * 8 + [None]] * 6
    told = summary(rows)
    assert told.index_complete_cases == 75
    assert told.index == round(25 * (8 * 3.5 + 3) / 9, 2)
    assert [note.code for note in told.notes] == ["complete_cases_differ"]


def test_table_has_a_row_per_element():
    frame = summary([[3] * 8 + [None]] * 12).to_frame()
    assert frame["element"].tolist() == NINE
    assert frame["blank"].tolist() == [0] * 8 + [12]
    assert frame["nrr"].isna().tolist() == [False] * 8 + [True]


answer = st.one_of(st.none(), st.integers(1, 4))
rows = st.lists(st.lists(answer, min_size=9, max_size=9), max_size=14)


@settings(deadline=None, max_examples=60)
@given(rows, st.one_of(st.none(), st.integers(1, 30)))
def test_every_null_has_its_reason_in_both_languages_and_nothing_is_nan(rows, population):
    told = summary(rows, population=population)
    for lang in ("id", "en"):
        record = told.to_record(lang)
        json.dumps(record, allow_nan=False)
        reasons = record.pop("reasons")
        missing = {
            name.replace("weight_variants.0.111", "weight_variants") for name in nulls(record)
        }
        missing = {name.replace("weight_variants.0.11", "weight_variants") for name in missing}
        assert missing == set(reasons)
        assert all(reasons.values())
        if record["interval"]:
            assert math.isfinite(sum(record["interval"]))


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_the_summary_of_merged_tallies_is_that_of_all_rows(one, other):
    parts = [
        tally_answers(pd.DataFrame(part, columns=NINE, dtype="Int64"), NINE)
        for part in (one, other)
    ]
    assert index_summary(merge_tallies(parts), BANDS) == summary([*one, *other])
