"""What an own catalogue changes is told exactly, and nothing else is."""

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.framework.extension import extend
from ektp_analytics.framework.own_changes import own_changes

REWEIGHTED = (
    "version: a\nweights:\n  overall: {participation: 1/2, transparency: 1/6, "
    "accountability: 1/6, rule_of_law: 1/6}\n"
)
JUDGED = (
    "version: b\nahp:\n  participation:\n    items: [equity, reach, engagement]\n"
    "    matrix: [[1, 2, 2], [1/2, 1, 1], [1/2, 1, 1]]\n"
)


@pytest.mark.parametrize("mapping", ["default", "paper"])
def test_the_packages_catalogue_differs_from_itself_in_nothing(mapping: str) -> None:
    assert not own_changes(load_catalogue(mapping=mapping))


def test_an_altered_field_is_named_and_no_other() -> None:
    changes = own_changes(load_catalogue("version: a\nindicators:\n  sex_parity: {floor: 0.8}\n"))
    assert (changes.altered, changes.added) == ({"sex_parity": ("floor",)}, ())
    assert not changes.weights


def test_only_the_group_that_was_reweighted_is_told() -> None:
    """Weights in percent of their group: one half is 50."""
    record = own_changes(load_catalogue(REWEIGHTED)).to_record()
    assert list(record["weights"]) == ["overall"]
    assert record["weights"]["overall"]["participation"] == 50


def test_a_second_file_keeps_the_judgments_it_does_not_touch() -> None:
    """The ratio stays beside weights that still rest on the judgments, and goes with them."""
    first = extend(load_catalogue(), JUDGED, "semua.yaml")
    second = extend(first, REWEIGHTED, "kantor.yaml")
    assert list(own_changes(second).judged) == ["participation"]
    equal = extend(first, "version: c\nweights:\n  participation: equal\n", "kantor.yaml")
    assert not own_changes(equal).judged
