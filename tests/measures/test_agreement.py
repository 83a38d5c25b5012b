"""Agreement of coders against the worked examples of the papers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from ektp_analytics.measures.agreement import cohen_kappa, krippendorff_alpha

COHEN_TABLE = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
"""Cohen, Educational and Psychological Measurement 20 (1960), Table 2b: 200 units."""


def codes_of(table):
    first, second = [], []
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            first += [i] * count
            second += [j] * count
    return first, second


def coders(*rows):
    """Make a units × coders table from one string per coder; a dot is a blank."""
    columns = {f"coder {i}": [None if c == "." else c for c in r] for i, r in enumerate(rows)}
    return pd.DataFrame(columns)


def test_cohen_1960():
    """Same paper: p_o .70, p_e .41, kappa .49 (.29 / .59)."""
    told = cohen_kappa(*codes_of(COHEN_TABLE))
    assert told.observed == pytest.approx(0.70)
    assert told.value == pytest.approx(0.29 / 0.59)
    assert told.units == 200


def test_interval_agrees_with_statsmodels():
    """Statsmodels cohens_kappa: variance of Fleiss, Cohen and Everitt (1969)."""
    told = cohen_kappa(*codes_of(COHEN_TABLE))
    theirs = cohens_kappa(COHEN_TABLE)
    assert told.interval == pytest.approx((theirs.kappa_low, theirs.kappa_upp))


def test_blanks_leave_their_unit_out():
    told = cohen_kappa(["a", "b", None, "a"], ["a", "b", "a", np.nan])
    assert (told.units, told.value, told.interval) == (2, 1.0, None)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ([], [], "no_unit_coded_twice"),
        (["a", None], [None, "b"], "no_unit_coded_twice"),
        (["a", "a"], ["a", "a"], "one_code_only"),
    ],
)
def test_no_kappa_comes_with_a_reason(first, second, code):
    told = cohen_kappa(first, second)
    assert (told.value, told.reason.code) == (None, code)
    assert told.to_frame()["value"].isna().all()


def test_codes_that_cannot_be_paired_are_refused():
    with pytest.raises(ValueError, match="3 and 2 codes"):
        cohen_kappa(["a", "b", "c"], ["a", "b"])


def test_krippendorff_binary_two_observers():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: 0.095."""
    told = krippendorff_alpha(coders("0100000010", "1110010000"))
    assert round(told.value, 3) == 0.095


def test_krippendorff_nominal_two_observers():
    """Same paper, B: observers Ben and Gerry, 12 units, five categories, 0.692."""
    told = krippendorff_alpha(coders("aabbdcccedda", "babbbccceddd"))
    assert round(told.value, 3) == 0.692
    assert told.categories == ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("level", "printed"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_krippendorff_four_observers_with_blanks(level, printed):
    """Same paper, C and D: four observers, 12 units of which one is coded once."""
    text = coders("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    table = text.map(int, na_action="ignore")
    told = krippendorff_alpha(table, level)
    assert round(told.value, 3) == printed
    assert (told.units, told.coders) == (11, 4)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (coders("abab"), "single_coder"),
        (coders("ab..", "...."), "single_coder"),
        (coders("ab..", "..ab"), "no_unit_coded_twice"),
        (coders("aaaa", "aaa."), "one_code_only"),
        (pd.DataFrame(), "single_coder"),
    ],
)
def test_no_alpha_comes_with_a_reason(table, code):
    """A single coder, no statement coded twice, one code throughout."""
    told = krippendorff_alpha(table)
    assert (told.value, told.reason.code) == (None, code)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_agreement_never_exceeds_one_and_is_never_nan(pairs):
    first, second = zip(*pairs, strict=True)
    for told in (
        cohen_kappa(first, second),
        krippendorff_alpha(pd.DataFrame({"one": first, "two": second})),
    ):
        assert (told.value is None) == (told.reason is not None)
        assert told.value is None or -1.0 - 1e-9 <= told.value <= 1.0 + 1e-9
    if set(first) == set(second) and len(set(first)) > 1 and first == second:
        assert cohen_kappa(first, second).value == pytest.approx(1)
