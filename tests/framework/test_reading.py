"""A catalogue that does not hold together is refused with file and line."""

from importlib import resources

import pytest

from ektp_analytics.errors import Finding, Refused
from ektp_analytics.framework.reading import read_catalogue

SHIPPED = (resources.files("ektp_analytics") / "framework" / "indicators.yaml").read_text("utf-8")


def refusal(old: str, new: str) -> tuple[Finding, int]:
    """Change one place of the shipped catalogue; return the finding and the changed line."""
    assert SHIPPED.count(old) == 1
    with pytest.raises(Refused) as refused:
        read_catalogue(SHIPPED.replace(old, new), "indicators.yaml")
    finding = refused.value.findings[0]
    assert "indicators.yaml" in finding.message
    return finding, SHIPPED[: SHIPPED.index(old)].count("\n") + 1


def test_weights_that_do_not_sum_to_one() -> None:
    """0.4 + 0.3 + 0.3 + 0.1 = 1.1 must stop, not score on a scale of 110."""
    old = "reach: {weight: 1/3, name"
    finding, _ = refusal(old, "reach: {weight: 0.4, name")
    assert finding.rule == "catalogue_weights_sum"
    assert finding.details["group"] == "participation"
    assert finding.details["total"] == "1.06667"


def test_one_blank_weight_names_the_item() -> None:
    """A blank weight is an error about that item, not a blank score for the whole group."""
    old = "clarity: {weight: 1/3, name"
    finding, line = refusal(old, "clarity: {weight: , name")
    assert (finding.rule, finding.row) == ("catalogue_weight_blank", line)
    assert "clarity" in finding.message


def test_no_legal_basis() -> None:
    """Every indicator says which clause it rests on."""
    finding, _ = refusal("    legal_basis: Permendagri 7/2019\n", "")
    assert finding.rule == "catalogue_field_missing"
    assert finding.details == {"code": "schedule_given", "field": "legal_basis"}


@pytest.mark.parametrize("post", ["0.98", "0.99"])
def test_goalposts_equal_or_reversed(post: str) -> None:
    """With floor 0.98 and target 0.98 every score would be a division by zero."""
    finding, line = refusal("    floor: 0.90\n", f"    floor: {post}\n")
    assert (finding.rule, finding.row) == ("catalogue_goalposts", line)


def test_a_floor_above_every_target_of_its_standard() -> None:
    """The national target differs by year; the floor must lie below all of them."""
    finding, _ = refusal("    floor: 80\n", "    floor: 99.35\n")
    assert finding.rule == "catalogue_goalposts"
    assert finding.details["target"] == 99.3


def test_a_goalpost_outside_the_possible_range() -> None:
    """Sex parity is the lower rate over the higher and cannot pass one."""
    finding, _ = refusal("    target: 0.98\n", "    target: 1.1\n")
    assert (finding.rule, finding.value) == ("catalogue_field_wrong", "1.1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    counter: wait_to_complete\n", "    counter: wait\n"),
        ("    target: coverage_targets.recording\n", "    target: coverage_targets.record\n"),
        ("    aspect: certainty\n", "    aspect: certain\n"),
        ("    sources: [complaints]\n", "    sources: []\n"),
        ("    valid_from: 2006-12-29\n", "    valid_from: 2006\n"),
    ],
)
def test_a_field_that_points_nowhere(old: str, new: str) -> None:
    """Unknown counters, standards, aspects and empty sources are refused with their line."""
    finding, line = refusal(old, new)
    assert (finding.rule, finding.row) == ("catalogue_field_wrong", line)


def test_a_mapping_with_an_unknown_code() -> None:
    """A mapping can only move what there is."""
    finding, line = refusal(
        "      skm_biaya: accountability.service_felt\n",
        "      skm_harga: accountability.service_felt\n",
    )
    assert (finding.rule, finding.row) == ("catalogue_member_unknown", line)


def test_an_unknown_section() -> None:
    """A misspelt heading would otherwise be ignored without a word."""
    finding, line = refusal("\ncounters:\n", "\ncounter:\n")
    assert (finding.rule, finding.row) == ("catalogue_section_unknown", line + 1)
