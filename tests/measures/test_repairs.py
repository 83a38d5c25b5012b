"""Every single slip is undone in every place, in the style the figure was printed in."""

from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.measures.printed_number import readings
from ektp_analytics.measures.repairs import slips


def proposals(text: str, *, count: bool) -> set[tuple[str, str]]:
    return {(s, n.text) for s, n in slips(readings(text, count=count)[0], count=count)}


def test_the_digit_lost_in_the_paper() -> None:
    """8,98 % is 84,98 % with one digit lost (the printed share of card holders)."""
    assert ("digit lost", "84,98%") in proposals("8,98%", count=False)


def test_all_slips_of_a_small_figure_by_hand() -> None:
    """22 as a count: one of the twos is double, or a digit is lost in one of three places."""
    found = proposals("22", count=True)
    assert ("digit doubled", "2") in found
    lost = {int(text) for slip, text in found if slip == "digit lost"}
    before = {d * 100 + 22 for d in range(1, 10)}
    between = {200 + d * 10 + 2 for d in range(10)}
    behind = {220 + d for d in range(10)}
    assert lost == before | between | behind
    assert len(found) == 1 + len(lost)


def test_swaps_and_marks() -> None:
    """97.22 may be 79.22, 92.72 (swapped) or 972.2, 9.722, 9722 (mark); never itself."""
    found = proposals("97.22", count=False)
    assert {("digits swapped", "79.22"), ("digits swapped", "92.72")} <= found
    assert {("decimal mark", "972.2"), ("decimal mark", "9.722"), ("decimal mark", "9722")} <= found
    assert "97.22" not in {text for _, text in found}


def test_a_count_never_moves_its_decimal_mark() -> None:
    """A number of persons has none."""
    assert "decimal mark" not in {slip for slip, _ in proposals("1.325", count=True)}


def test_repairs_keep_the_separators() -> None:
    """A figure printed with dots is proposed with dots."""
    assert ("digit lost", "1.325.996") in proposals("132.996", count=True)
    assert ("digit lost", "1.325.996") in proposals("1.35.996", count=True)


@given(st.integers(10, 10**8), st.data())
def test_undoing_a_slip_finds_the_true_count(true: int, data: st.DataObject) -> None:
    """Losing, doubling or swapping a digit of any count is undone by one proposal."""
    digits = str(true)
    place = data.draw(st.integers(0, len(digits) - 1))
    lost = digits[:place] + digits[place + 1 :]
    doubled = digits[: place + 1] + digits[place:]
    swapped = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
    printed = data.draw(st.sampled_from([lost, doubled, swapped]))
    found = {n.value for _, n in slips(readings(printed, count=True)[0], count=True)}
    assert true in found | {int(printed)}


def test_decimals_tell_two_proposals_apart() -> None:
    """99.002 may be 99.02 (a zero doubled) or 99.020 (swapped): only one may follow."""
    found = proposals("99.002", count=False)
    assert {("digit doubled", "99.02"), ("digits swapped", "99.020")} <= found
