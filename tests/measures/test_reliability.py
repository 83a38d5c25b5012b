"""Alpha, item–total correlation, r-table and frequencies against published figures."""

from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ektp_analytics.measures.reliability import (
    constant_items,
    cronbach_alpha,
    frequencies,
    item_total,
    r_table,
)

SHARED = Path(__file__).parents[2].parent / "shared/data"
REFERENCE = SHARED / "statistics_reference_values.csv"


@pytest.fixture
def published():
    if not REFERENCE.exists():
        pytest.skip("the reference values are not beside this checkout")
    table = pd.read_csv(REFERENCE)
    return table[table["topic"] == "cronbach_alpha"].set_index(["data", "statistic"])["value"]


def value(published, data, statistic):
    keys = [k for k in published.index if k[0].startswith(data) and k[1] == statistic]
    return float(published[keys[0]])


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_alpha_with_blanks(published, missing):
    """R psych::alpha, use = "pairwise" and "complete.obs", as quoted by pingouin's docstring."""
    data = "pingouin dataset cronbach_wide_missing"
    table = pingouin.read_dataset("cronbach_wide_missing")
    alpha = cronbach_alpha(table, missing, interval_rows="all")
    expected = value(published, data, f"alpha {missing} deletion")
    assert alpha.value == pytest.approx(expected, abs=1e-12)
    limits = [value(published, data, f"alpha {missing} 95% CI {end}") for end in ("low", "high")]
    assert [round(end, 3) for end in alpha.interval] == limits


def test_listwise_interval_rests_on_the_complete_respondents():
    """Feldt: 1 − (1 − α) F with n − 1 and (n − 1)(k − 1) degrees; 9 of 12 rows are complete.

    The published 0.581 to 0.933 counts all 12 rows although alpha uses 9.
    """
    alpha = cronbach_alpha(pingouin.read_dataset("cronbach_wide_missing"), "listwise")
    quantiles = stats.f(8, 80).ppf([0.975, 0.025])
    assert alpha.n == 9
    assert alpha.interval == pytest.approx(tuple(1 - (1 - alpha.value) * quantiles))


def test_alpha_of_the_long_example(published):
    """Docstring of pingouin.cronbach_alpha: 0.5917 with 0.195 to 0.840."""
    long = pingouin.read_dataset("cronbach_alpha")
    wide = long.pivot_table(index="Subj", columns="Items", values="Scores")
    alpha = cronbach_alpha(wide)
    data = "pingouin dataset cronbach_alpha (long"
    assert alpha.value == pytest.approx(value(published, data, "alpha"), abs=1e-12)
    assert [round(end, 3) for end in alpha.interval] == [0.195, 0.84]


def test_sekadau_alpha_is_0_740():
    """Kabupaten Sekadau, semester I 2019, 49 respondents × 9 elements: 0.740."""
    path = SHARED / "skm_sekadau_2019s1_respondents.csv"
    if not path.exists():
        pytest.skip("the Sekadau rows are not beside this checkout")
    rows = pd.read_csv(path).drop(columns="no_resp")
    alpha = cronbach_alpha(rows)
    assert round(alpha.value, 3) == 0.740
    assert (alpha.n, len(alpha.items), alpha.constant) == (49, 9, ())
    deleted = item_total(rows)["alpha_if_deleted"]
    for item in rows.columns:
        theirs, _ = pingouin.cronbach_alpha(rows.drop(columns=item))
        assert deleted[item] == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("n", "printed"), [(10, 0.632), (20, 0.444), (30, 0.361), (50, 0.279), (100, 0.197)]
)
def test_r_table(n, printed):
    """Customary r-table, two-sided 5 %: 0.361 at n = 30; at n = 100 0.1966, cut or rounded."""
    assert round(r_table(n), 3) == printed
    assert r_table(2) is None


def test_item_total_on_a_table_worked_by_hand():
    """Three items; with and without the item, against numpy's correlation of the same totals."""
    table = pd.DataFrame({"a": [1, 2, 3, 4, 4], "b": [2, 2, 3, 4, 3], "c": [4, 1, 3, 2, 4]})
    told = item_total(table)
    for item in table:
        total = table.sum(axis=1)
        rest = total - table[item]
        assert told.loc[item, "r"] == pytest.approx(np.corrcoef(table[item], total)[0, 1])
        assert told.loc[item, "r_corrected"] == pytest.approx(np.corrcoef(table[item], rest)[0, 1])
    assert told["r_table"].round(3).tolist() == [0.878] * 3
    assert told["valid"].tolist() == [False, False, False]
    assert told["reason"].isna().all()


def test_a_constant_item_is_told_and_not_a_crash():
    """Biaya is free for everyone: no correlation, out of alpha as SPSS does it."""
    table = pd.DataFrame({"a": [1, 2, 3, 4], "biaya": [4, 4, 4, 4], "c": [2, 2, 4, 3]})
    told = item_total(table)
    assert told.loc["biaya", "reason"].code == "constant_item"
    assert told.loc["biaya", ["r", "r_corrected", "valid"]].isna().all()
    assert told.loc["a", "r_corrected"] > 0
    alpha = cronbach_alpha(table)
    assert alpha.constant == ("biaya",)
    assert alpha.value == pytest.approx(cronbach_alpha(table[["a", "c"]]).value)
    assert constant_items(table) == ("biaya",)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (pd.DataFrame({"a": [1, 2, 3]}), "too_few_for_alpha"),
        (pd.DataFrame({"a": [1, 2], "b": [2, 1]}), "too_few_for_alpha"),
        (pd.DataFrame({"a": [], "b": []}), "too_few_for_alpha"),
        (pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}), "no_total_variance"),
    ],
)
def test_no_alpha_comes_with_a_reason(table, code):
    alpha = cronbach_alpha(table)
    assert (alpha.value, alpha.interval, alpha.reason.code) == (None, None, code)
    assert alpha.to_frame()["alpha"].isna().all()


def test_a_lone_item_and_few_rows_are_told():
    lone = item_total(pd.DataFrame({"a": [1, 2, 3]}))
    assert lone.loc["a", "reason"].code == "single_item"
    few = item_total(pd.DataFrame({"a": [1, 2], "b": [2, None]}))
    assert few.loc["b", "reason"].code == "too_few_complete_rows"


def test_frequencies_show_unused_levels_and_blanks():
    """Worked by hand: 4 answers of 5 respondents."""
    told = frequencies(pd.DataFrame({"a": [4, 4, 2, None, 4]}))
    assert told["level"].tolist()[:4] == [1, 2, 3, 4]
    assert told["count"].tolist() == [0, 1, 0, 3, 1]
    assert told["percent"].tolist() == [0, 20, 0, 60, 20]
    assert told["valid_percent"].tolist()[:4] == [0, 25, 0, 75]
    assert told["cumulative_percent"].tolist()[:4] == [0, 25, 25, 100]
    assert pd.isna(told["level"].iloc[4])
    empty = frequencies(pd.DataFrame({"a": [None, None]}))
    assert empty["valid_percent"].isna().all()
    with pytest.raises(ValueError, match="'a' holds 5"):
        frequencies(pd.DataFrame({"a": [5]}))


answer = st.one_of(st.none(), st.integers(1, 4))


@settings(deadline=None)
@given(st.lists(st.lists(answer, min_size=3, max_size=3), max_size=15))
def test_no_nan_or_infinity_leaves(rows):
    table = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="Int64")
    for missing in ("pairwise", "listwise"):
        alpha = cronbach_alpha(table, missing)
        assert (alpha.value is None) == (alpha.reason is not None)
        assert alpha.value is None or np.isfinite([alpha.value, *alpha.interval]).all()
    told = item_total(table)
    assert (told["r_corrected"].isna() == told["reason"].notna()).all()
    assert np.isfinite(told["r_corrected"].dropna().to_numpy(dtype=float)).all()
    counts = frequencies(table)["count"]
    assert counts.sum() == 3 * len(rows)
