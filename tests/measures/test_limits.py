"""Reading and writing of time limits."""

from __future__ import annotations

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.measures.limits import Limit


@pytest.mark.parametrize(
    ("written", "amount", "unit", "seconds"),
    [
        ("24h", 24, "hours", 86_400),
        (" 3 D ", 3, "days", None),
        ("3wd", 3, "working_days", None),
    ],
)
def test_the_three_kinds(written: str, amount: int, unit: str, seconds: int | None) -> None:
    """The three spellings of the command line."""
    limit = Limit.parse(written)
    assert (limit.amount, limit.unit, limit.seconds) == (amount, unit, seconds)
    assert Limit.parse(str(limit)) == limit
    assert Limit.parse(limit) is limit


@pytest.mark.parametrize("written", ["", "24", "h", "0h", "-3d", "1.5h", "3 weeks", "3wdd"])
def test_anything_else_is_refused(written: str) -> None:
    """No unit is guessed."""
    with pytest.raises(Refused, match="Batas waktu"):
        Limit.parse(written)
