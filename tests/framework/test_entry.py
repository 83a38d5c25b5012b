"""Weights are read exactly, and only weights are."""

from fractions import Fraction
from typing import Any

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.entry import read_weight
from ektp_analytics.standards.located_yaml import read_located_yaml

DOCUMENT = read_located_yaml("weights:\n  a: 1\n", "x.yaml")


@pytest.mark.parametrize(
    ("given", "exact"),
    [("1/3", Fraction(1, 3)), (0.1, Fraction(1, 10)), (1, Fraction(1)), ("0.25", Fraction(1, 4))],
)
def test_fractions_and_decimals_are_exact(given: Any, exact: Fraction) -> None:
    """One tenth means one tenth, not the nearest binary number."""
    assert read_weight(given, DOCUMENT, ("weights", "a")) == exact


@pytest.mark.parametrize("given", [None, "", "a third", "1/0", -0.1, True, float("nan"), "inf"])
def test_anything_else_is_refused_naming_the_item(given: Any) -> None:
    """A blank or impossible weight names the item and the line."""
    with pytest.raises(Refused) as refused:
        read_weight(given, DOCUMENT, ("weights", "a"))
    assert refused.value.findings[0].row == 2
    assert refused.value.findings[0].details["item"] == "a"
