"""Counts and percentages judged by hand-computed figures."""

import pytest

from ektp_analytics.measures.count_judges import (
    judge_bound,
    judge_complement,
    judge_lone_percent,
    judge_parts,
    judge_percent_sum,
    judge_share,
    judge_share_of_rest,
    judge_share_of_some,
    judge_share_of_sum,
    judge_whole,
)
from ektp_analytics.measures.explanations import say
from ektp_analytics.measures.printed_number import PrintedNumber, readings


def numbers(
    counts: str = "", rates: str = "", *, rates_first: bool = True
) -> tuple[PrintedNumber, ...]:
    read = [readings(t, count=True)[0] for t in counts.split()]
    shares = [readings(t, count=False)[0] for t in rates.split()]
    return tuple(shares + read if rates_first else read + shares)


def test_complement() -> None:
    """Kutai Timur: 289,542 - 238,379 = 51,163; Jambi misses by 3."""
    assert judge_complement(numbers("51163 289542 238379")).verdict == "follows"
    jambi = judge_complement(numbers("156433 2476092 2319656"))
    assert (jambi.verdict, jambi.recomputed) == ("does not follow", 156436)
    assert "2.319.659" in str(jambi.explanation)


def test_a_rest_cannot_be_negative() -> None:
    """Above 100 % a rest of 0 is no contradiction, a rest of 5 is one."""
    assert judge_complement(numbers("0 1000 1048")).verdict == "not checkable"
    assert judge_complement(numbers("5 1000 1048")).verdict == "does not follow"


def test_counts_in_thousands_allow_their_rounding() -> None:
    """550.1 + 36.1 = 586.2 exactly; 586.3 is within half of three last digits, 586.5 is not."""
    assert judge_parts(numbers("586.2 550.1 36.1")).verdict == "follows"
    assert judge_parts(numbers("586.3 550.1 36.1")).verdict == "rounded"
    assert judge_parts(numbers("586.5 550.1 36.1")).verdict == "does not follow"


def test_a_rest_beside_complete_parts() -> None:
    """60 + 40 make 100, and 40 is also what the first leaves; or 50 + 30 + 20 make 100."""
    assert judge_parts(numbers("100 60 40 40"), rest=1).verdict == "follows"
    assert judge_parts(numbers("100 50 30 20"), rest=1).verdict == "follows"
    assert judge_parts(numbers("100 60 40 30"), rest=1).verdict == "does not follow"


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("93.68214105130181", "rounded"),
        ("93.68", "rounded"),
        ("93.69", "does not follow"),
        ("-93.68", "impossible"),
    ],
)
def test_share(printed: str, verdict: str) -> None:
    """Jambi: 2,319,656 of 2,476,092 is 93.682141 %."""
    assert judge_share(numbers("2319656 2476092", printed)).verdict == verdict


def test_shares_from_the_other_count() -> None:
    """Of 200, 20 are left: 90 %; of 180 and 20 without a total the same."""
    assert judge_share_of_rest(numbers("20 200", "90")).verdict == "follows"
    assert judge_share_of_sum(numbers("180 20", "90")).verdict == "follows"
    assert judge_share_of_rest(numbers("0 200", "104")).verdict == "not checkable"


def test_no_share_of_nothing() -> None:
    """A total of zero is no base."""
    assert judge_share(numbers("0 0", "0")).verdict == "not checkable"


def test_one_percentage_beside_several_parts() -> None:
    """60 % of 100 is the first part's; 55 fits none and is not accused."""
    assert judge_share_of_some(numbers("100 60 40", "60")).verdict == "follows"
    assert judge_share_of_some(numbers("100 60 40", "55")).verdict == "not checkable"


def test_a_percentage_alone() -> None:
    """104.8 % coverage is possible, a rest of 104.8 % is not; 33 % of seven is not."""
    why = say("column_missing", role="total")
    alone = numbers("", "104.8")
    assert judge_lone_percent(alone, known="", limit=None, why=why).verdict == "not checkable"
    limit = readings("100", count=True)[0].value
    assert judge_lone_percent(alone, known="", limit=limit, why=why).verdict == "impossible"
    seven = numbers("7", "33")
    assert judge_lone_percent(seven, known="total", limit=None, why=why).verdict == "impossible"
    three = numbers("3", "28.5")
    assert judge_lone_percent(three, known="part", limit=None, why=why).verdict == "impossible"


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ("93.68 6.32", "follows"),
        ("71 24 6", "rounded"),
        ("93.68 6.31", "rounded"),
        ("33.3 33.3 33.3", "rounded"),
        ("14.28 14.28 14.28 14.28 14.28 14.28 14.28", "truncated"),
        ("93.68 6.52", "does not follow"),
        ("104.8 0", "not checkable"),
    ],
)
def test_percentages_of_a_whole(shares: str, verdict: str) -> None:
    """Sums may miss 100 by half a last digit per share, cut shares by a whole one."""
    assert judge_percent_sum(numbers("", shares)).verdict == verdict


def test_bound_and_whole_counts() -> None:
    """1,325,996 of 836,914 people; 106,51 persons; a population in thousands is not compared."""
    assert judge_bound(numbers("1.325.996 836.914")).verdict == "impossible"
    assert judge_bound(numbers("1.325.996 836,9")).verdict == "not checkable"
    assert judge_whole(numbers("106,51")).verdict == "impossible"
    assert judge_whole(numbers("106.510")).verdict == "follows"
