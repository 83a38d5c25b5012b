"""Answers in numbers, words and letters. S.. are hard inputs seen in public bug reports."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.sources.answers import AnswerRules, label_part, parse_answers
from ektp_analytics.sources.survey import read_survey
from ektp_analytics.standards.skm import elements

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
KEYS = [e.key for e in elements()]


def read(*answers, element="persyaratan", **rules):
    """Values of some answers of one element; missing is 0."""
    cells = pd.Series(list(answers), dtype="str")
    labels = frozenset(label_part(a) for a in answers)
    found = parse_answers(cells, element, AnswerRules(labels, **rules))
    return found.values.fillna(0).tolist()


def problems(*answers, element="persyaratan", **rules):
    """Rule of each answer, or an empty text."""
    cells = pd.Series(list(answers), dtype="str")
    found = parse_answers(cells, element, AnswerRules(frozenset(map(label_part, answers)), **rules))
    return [
        next((rule for rule, mask in found.problems.items() if mask[i]), "")
        for i in range(len(answers))
    ]


@pytest.mark.parametrize(
    ("element", "answer", "value"),
    [
        ("prosedur", "Tidak mudah", 1),
        ("waktu", "Kurang tepat waktu", 2),
        ("perilaku", "Sangat sopan", 4),
    ],
)
def test_s08_negatives_contain_the_positive_word(element, answer, value):
    """S08: 1, 2, 4; a search inside the words would give 3, 3, 3."""
    assert read(answer, element=element) == [value]


def test_s10_a_number_that_contradicts_its_label_is_refused(write):
    """S10 (D): 1. Sangat Baik in every row: refused, the user says which wins."""
    rows = [["Persyaratan", "Prosedur"], *[["1. Sangat Baik", "4 - Sangat mudah"]] * 4]
    path = write("s.csv", rows)
    with pytest.raises(Refused) as refused:
        read_survey(path)
    finding = next(f for f in refused.value.findings if f.rule == "labels_contradict")
    assert (finding.column, finding.value, finding.row) == ("Persyaratan", "1. Sangat Baik", 2)
    assert read_survey(path, answers_win="label").table["persyaratan"].tolist() == [4] * 4
    assert read_survey(path, answers_win="number").table["persyaratan"].tolist() == [1] * 4


def test_s11_an_unknown_label_is_never_zero(write):
    """S11: Baik, Cukup, Baik: an error that names row and text; the mean of the rest is 3."""
    rows = [["Waktu", "Prosedur"], *[[w, 4] for w in ("Baik", "Cukup", "Baik")]]
    result = read_survey(write("s.csv", rows))
    finding = next(f for f in result.findings if f.rule == "answer_unknown")
    assert (finding.severity, finding.row, finding.value) == ("error", 3, "Cukup")
    assert result.table["waktu"].mean() == 3.0
    assert result.table["waktu"].count() == 2


def test_s20_a_raw_answer_with_a_decimal_is_rejected():
    """S20: a raw answer 3,5 is none of 1-4."""
    assert problems("3,5", "3") == ["answer_not_whole", ""]
    assert read("3,5", "3,0", "3.0") == [0, 3, 3]


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("4 - Sangat Baik", 4), ("Sangat Baik (4)", 4), ("(3) Baik", 3), ("2. Kurang Baik", 2),
        ("d. Sangat sesuai", 4), ("1", 1), ("1.0", 1), (" SANGAT   BAIK ", 4), ("3 = Baik", 3),
        ("4 – Sangat Baik", 4), ("Tidak sopan dan ramah", 1),
    ],
)  # fmt: skip
def test_usual_spellings(answer, value):
    """Issue: numbers, numbers with their label, letters with their label, words."""
    assert read(answer) == [value]


def test_every_answer_of_the_regulation_is_known():
    """PermenPAN-RB 14/2017, annex: the four answers of each element are 1, 2, 3, 4."""
    for element in elements():
        assert read(*element.answers["id"], element=element.key) == [1, 2, 3, 4]


@pytest.mark.parametrize("blank", ["NA", "-", "tidak tahu", "Tidak menjawab", "#N/A", "–"])
def test_what_says_nothing_is_blank(blank):
    """DESIGN, survey: NA, "-", "tidak tahu" are blanks with a note."""
    found = parse_answers(pd.Series([blank, "4"], dtype="str"), "waktu")
    assert found.values.fillna(0).tolist() == [0, 4]
    assert found.no_answer.tolist() == [True, False]


def test_letters_are_options_of_a_list():
    """The regulation's questionnaire: a is 1, d is 4."""
    found = parse_answers(
        pd.Series(list("abcd"), dtype="str"), "waktu", AnswerRules(frozenset("abcd"))
    )
    assert found.values.tolist() == [1, 2, 3, 4]
    assert found.by_letter.all()


def test_a_short_form_is_no_letter_of_a_list():
    """SB, B, KB, TB: "B" is short for Baik and not the second option."""
    assert problems("SB", "B", "KB", "TB") == ["answer_unknown"] * 4


@pytest.mark.parametrize(
    ("others", "value"),
    [(("Tidak baik", "Kurang baik", "Sangat baik"), 3), (("Tidak baik", "Baik", "Sangat baik"), 2)],
)
def test_cukup_is_settled_by_the_other_words(others, value):
    """Cukup stands third in one list of four and second in another."""
    assert read("Cukup baik", *others)[0] == value


@pytest.mark.parametrize(
    ("answers", "values"),
    [
        (["Sangat tidak setuju", "Tidak setuju", "Setuju", "Sangat setuju"], [1, 2, 3, 4]),
        (["Tidak setuju", "Kurang setuju", "Setuju", "Sangat setuju"], [1, 2, 3, 4]),
        (["Sangat tidak puas", "Tidak puas", "Puas", "Sangat puas"], [1, 2, 3, 4]),
        (["Sangat buruk", "Buruk", "Baik", "Sangat baik"], [1, 2, 3, 4]),
        (["Buruk", "Cukup", "Baik", "Sangat baik"], [1, 2, 3, 4]),
        (["Sangat mahal", "Mahal", "Murah", "Gratis"], [1, 2, 3, 4]),
        (["Sangat mahal", "Cukup mahal", "Murah", "Gratis"], [1, 2, 3, 4]),
        (["Lambat", "Lumayan lambat", "Cepat", "Sangat cepat"], [1, 2, 3, 4]),
        (["Sulit", "Kurang mudah", "Mudah", "Sangat mudah"], [1, 2, 3, 4]),
        (["Sangat tidak baik", "Tidak baik", "Kurang baik", "Baik"], [1, 0, 0, 3]),
        (["Tidak setuju", "Setuju"], [0, 3]),
    ],
)
def test_lists_that_share_words(answers, values):
    """Tidak is worst in one list and second in another; five answers stay open (0)."""
    assert read(*answers, element="biaya" if "mahal" in answers[0].lower() else "waktu") == values


def test_cukup_in_a_list_of_five_stays_open():
    """Kurang, cukup, baik in one file: five answers or another order; it must be declared."""
    given = ("Cukup baik", "Kurang baik", "Baik")
    assert problems(*given)[0] == "answer_unknown"
    declared = {"kurang baik": 1, "cukup baik": 2, "baik": 3}
    assert read(*given, recode=declared) == [2, 1, 3]


def test_labels_of_other_survey_apps():
    """../shared/data skm_form_variants.csv: labels of real apps where 4 is best."""
    path = SHARED / "skm_form_variants.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    by_name = {"u1": "persyaratan", "u2": "prosedur", "u3": "waktu", "u4": "biaya", "u5": "produk",
               "u6": "kompetensi", "u7": "perilaku", "u8": "sarana", "u9": "pengaduan"}  # fmt: skip
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["best_code"] == "4" and r["label_code_4"]]
    assert len(rows) == 19
    for row in rows:
        labels = [row[f"label_code_{k}"] for k in range(1, 5)]
        element = by_name.get(row["element"][:2].lower(), "waktu")
        assert read(*labels, element=element) == [1, 2, 3, 4], row["element"]


def test_apps_that_code_one_as_best_contradict_their_labels():
    """../shared/data: two real apps store 1 for the best answer."""
    labels = ["1 Sangat Memuaskan", "2 Memuaskan", "4 Tidak Memuaskan"]
    assert problems(*labels) == ["answer_contradiction"] * 3


@given(st.text(max_size=40))
def test_any_text_is_a_value_a_blank_or_a_problem(text):
    """Issue: whatever is in a cell, the answer is a finding or a kept value."""
    cells = pd.Series([text], dtype="str")
    found = parse_answers(cells, "waktu", AnswerRules(frozenset([label_part(text)])))
    said = bool(found.no_answer[0]) or not text.strip()
    problem = any(bool(mask[0]) for mask in found.problems.values())
    assert (found.values.notna()[0]) + said + problem == 1


@given(st.permutations(range(4)), st.sampled_from(KEYS))
def test_order_of_answers_changes_no_value(order, element):
    """Each answer means the same wherever it stands."""
    words = ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]
    assert read(*[words[k] for k in order], element=element) == [k + 1 for k in order]
