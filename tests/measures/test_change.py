"""Whether a figure moved: Holm over the family, score intervals, material steps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ektp_analytics.errors import because
from ektp_analytics.measures.change import (
    Reading,
    change_interval,
    holm,
    moved_beyond_noise,
)


def verdicts(pairs, material=1.0):
    return {name: c.verdict for name, c in moved_beyond_noise(pairs, material).items()}


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_of_two_shares(after, before, low, high):
    """Newcombe, Statistics in Medicine 17 (1998) 873–890, Table II, method 10."""
    ends = change_interval(Reading.share(*before), Reading.share(*after))
    assert tuple(round(end / 100, 4) for end in ends) == (low, high)


def test_standard_errors_with_degrees_of_freedom_give_welch():
    """scipy.stats.ttest_ind(equal_var=False) on the same two samples."""
    first, second = [2.1, 3.4, 2.9, 4.0, 3.3], [4.4, 3.9, 5.1, 4.6, 4.2, 5.5, 4.9]
    before, after = (
        Reading(value=stats.tmean(x), standard_error=stats.sem(x), degrees=len(x) - 1)
        for x in (first, second)
    )
    change = moved_beyond_noise({"x": (before, after)}, 1)["x"]
    theirs = stats.ttest_ind(second, first, equal_var=False)
    assert change.p_value == pytest.approx(theirs.pvalue, rel=1e-9)
    assert change.interval == pytest.approx(tuple(theirs.confidence_interval(0.95)), rel=1e-9)
    assert change.verdict == "up"


def test_holm_worked_example():
    """R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02."""
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert adjusted == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})


def test_a_family_asks_more_of_each_member():
    """A difference of 2.2 standard errors stands alone (p 0.028) but not among three."""
    still = Reading(value=50.0, standard_error=1.0)
    moved = Reading(value=50 + 2.2 * 2**0.5, standard_error=1.0)
    assert verdicts({"a": (still, moved)}) == {"a": "up"}
    family = {"a": (still, moved), "b": (still, still), "c": (still, still)}
    assert verdicts(family) == {"a": "unchanged", "b": "unchanged", "c": "unchanged"}
    far = Reading(value=30.0, standard_error=1.0)
    assert verdicts({"a": (still, moved), "b": (still, far)}) == {"a": "up", "b": "down"}


def test_stated_intervals_keep_their_lean():
    """Limits far below and close above: the difference leans the same way (Zou and Donner 2008)."""
    before = Reading(value=90.0, interval=(80.0, 93.0))
    after = Reading(value=95.0, interval=(85.0, 98.0))
    low, high = change_interval(before, after)
    assert low == pytest.approx(5 - (10**2 + 3**2) ** 0.5)
    assert high == pytest.approx(5 + (3**2 + 10**2) ** 0.5)


def test_complete_counts_move_by_the_material_step():
    """98.1 to 99.1 is one whole point although 99.1 − 98.1 < 1 in binary."""

    def pair(before, after):
        return Reading(value=before, complete=True), Reading(value=after, complete=True)

    pairs = {"a": pair(98.1, 99.1), "b": pair(98.1, 99.0), "c": pair(99.1, 98.1)}
    assert verdicts(pairs) == {"a": "up", "b": "unchanged", "c": "down"}
    assert verdicts({"a": pair(98.1, 99.1)}, {"a": 2.0}) == {"a": "unchanged"}
    change = moved_beyond_noise({"a": pair(98.1, 99.1)}, 1)["a"]
    assert (change.difference, change.interval) == (1.0, None)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (Reading(value=None), Reading.share(1, 2), "change_no_before"),
        (Reading.share(1, 2), Reading(value=None), "change_no_after"),
        (Reading.share(1, 2, basis="1"), Reading.share(1, 2, basis="2"), "change_basis_differs"),
        (Reading.share(1, 2), Reading(value=50.0, complete=True), "change_kinds_differ"),
        (Reading.share(1, 2), Reading(value=50.0), "change_noise_unknown"),
        (Reading.share(1, 2), Reading.share(0, 0), "no_data"),
        (
            Reading(value=50.0, reason=because("change_basis_differs")),
            Reading.share(1, 2),
            "change_basis_differs",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(before, after, code):
    change = moved_beyond_noise({"x": (before, after)}, 1)["x"]
    assert (change.verdict, change.reason.code) == ("not comparable", code)
    assert (change.word("id"), change.word("en")) == ("tidak sebanding", "not comparable")
    assert change.difference is None


def test_what_cannot_be_compared_is_no_member_of_the_family():
    still, moved = Reading.share(40, 100), Reading.share(56, 100)
    alone = moved_beyond_noise({"x": (still, moved)}, 1)["x"]
    beside = moved_beyond_noise({"x": (still, moved), "y": (Reading(value=None), still)}, 1)["x"]
    assert alone == beside


shares = st.tuples(st.integers(1, 200), st.integers(0, 200)).map(
    lambda t: Reading.share(min(t[1], t[0]), t[0])
)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from("abcde"), st.tuples(shares, shares), min_size=1))
def test_the_interval_in_the_family_excludes_zero_exactly_when_the_figure_moved(pairs):
    for change in moved_beyond_noise(pairs, 1).values():
        low, high = change.interval_in_family
        assert (low > 0 or high < 0) == (change.verdict in {"up", "down"})
        assert change.p_in_family >= change.p_value or change.p_value == 1
        own_low, own_high = change.interval
        assert low - 1e-9 <= own_low <= own_high <= high + 1e-9


@settings(deadline=None)
@given(shares, shares)
def test_the_other_way_round_is_the_opposite(one, other):
    there = moved_beyond_noise({"x": (one, other)}, 1)["x"]
    back = moved_beyond_noise({"x": (other, one)}, 1)["x"]
    opposite = {"up": "down", "down": "up", "unchanged": "unchanged"}
    assert back.verdict == opposite[there.verdict]
    assert back.interval == pytest.approx((-there.interval[1], -there.interval[0]))
