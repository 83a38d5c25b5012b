"""An office or researcher adds and re-weights indicators without touching code."""

from fractions import Fraction

import pytest

from ektp_analytics.errors import Finding, Refused
from ektp_analytics.framework.catalogue import load_catalogue

NEW_INDICATOR = """\
version: uji
indicators:
  queue_ticket:
    principle: transparency
    aspect: certainty
    weight: 1/2
    scored: true
    name: {id: Nomor antrean, en: Queue ticket}
    definition: {id: Bagian pemohon yang menerima nomor antrean., en: Share with a ticket.}
    formula: {id: Pemohon bernomor dibagi semua pemohon., en: With a ticket divided by all.}
    sources: [service_log]
    unit: percent
    direction: higher
    range: [0, 100]
    floor: 0
    floor_is_judgment: false
    target: 100
    material: 1
    uncertainty: event
    counter: null
    legal_basis: SK Kepala Dinas
    valid_from: 2025-01-01
weights:
  transparency.certainty: {schedule_given: 1/4, queue_ticket: 3/4}
"""

SAATY_HOUSE = """\
version: ahp
ahp:
  rule_of_law.discipline:
    items: [opening_on_time, counters_open, staff_on_time, sanction_follow_through]
    matrix:
      - [1, 7, 1/7, 5]
      - [1/7, 1, 5, 1/3]
      - [7, 1/5, 1, 3]
      - [1/5, 3, 1/3, 1]
"""


def refusal(text: str) -> Finding:
    with pytest.raises(Refused) as refused:
        load_catalogue(text, file="katalog-kami.yaml")
    finding = refused.value.findings[0]
    assert "katalog-kami.yaml" in finding.message
    return finding


def test_an_own_indicator_joins_its_aspect() -> None:
    """The aspect keeps its third; inside it the office's own weights hold."""
    catalogue = load_catalogue(NEW_INDICATOR)
    assert catalogue.version == f"{load_catalogue().version}+uji"
    assert catalogue.weight_in_principle("queue_ticket") == Fraction(1, 4)
    assert catalogue.weight_in_principle("schedule_given") == Fraction(1, 12)


def test_an_own_indicator_also_stands_in_the_papers_mapping() -> None:
    """Under the paper's mapping certainty is half of transparency."""
    paper = load_catalogue(NEW_INDICATOR, mapping="paper")
    assert paper.weight_in_principle("queue_ticket") == Fraction(3, 8)
    assert all(sum(weights.values()) == 1 for weights in paper.groups.values())


def test_an_own_element_shares_the_aspect_with_the_papers_nine() -> None:
    """A tenth member keeps its weight, the nine share what it leaves, in the same parts."""
    text = NEW_INDICATOR.replace("transparency\n", "accountability\n")
    text = text.replace("aspect: certainty", "aspect: service_felt")
    weights = text.index("weights:\n")
    text = text[:weights] + "weights:\n  accountability.service_felt: equal\n"
    paper = load_catalogue(text, mapping="paper")
    group = paper.groups["accountability.service_felt"]
    assert group["queue_ticket"] == Fraction(1, 7)
    assert group["skm_biaya"] == group["skm_waktu"] == Fraction(6, 7) / 9


def test_a_known_indicator_may_change_one_field() -> None:
    """Only the floor is given; everything else stays as shipped."""
    changed = load_catalogue("version: a\nindicators:\n  recording_coverage: {floor: 85}\n")
    assert changed["recording_coverage"].floor == 85
    assert changed["recording_coverage"].target == load_catalogue()["recording_coverage"].target


def test_equal_weights_by_one_word() -> None:
    """Saying equal sets a group back to equal parts."""
    catalogue = load_catalogue("version: a\nweights:\n  overall: equal\n")
    assert set(catalogue.groups["overall"].values()) == {Fraction(1, 4)}


def test_adding_without_reweighting_is_refused_at_the_new_indicator() -> None:
    """1 + 1/2 is not one; the line is that of the indicator that was added."""
    finding = refusal(NEW_INDICATOR[: NEW_INDICATOR.index("weights:\n")])
    assert (finding.rule, finding.row) == ("catalogue_weights_sum", 3)
    assert finding.details["total"] == "1.5"


@pytest.mark.parametrize(
    ("weights", "rule", "named"),
    [
        ("{reach: 0.4, equity: 0.3, engagement: 0.4}", "catalogue_weights_sum", "1.1"),
        ("{reach: 0.3333, equity: 0.3333, engagement: 0.3333}", "catalogue_weights_sum", "0.9999"),
        ("{reach: 0.5, equity: 0.5}", "catalogue_weight_blank", "engagement"),
        ("{reach: 0.5, equity: 0.5, engagement: }", "catalogue_weight_blank", "engagement"),
        ("{reach: 1, equity: -1, engagement: 1}", "catalogue_weight_blank", "equity"),
        ("{reach: .5, equity: .3, engagement: .1, x: .1}", "catalogue_member_unknown", "x"),
        ("lima", "catalogue_entry_wrong", "participation"),
    ],
)
def test_weights_of_an_own_file_are_checked(weights: str, rule: str, named: str) -> None:
    """Weights that do not sum to one, blanks and strangers stop with file, line and name."""
    finding = refusal(f"version: a\nweights:\n  participation: {weights}\n")
    assert (finding.rule, finding.row) == (rule, 3)
    assert named in finding.message


def test_pairwise_judgments_become_weights() -> None:
    """Saaty (1980): judgments of ratios 2 : 1 : 1 give weights 1/2, 1/4, 1/4, ratio zero."""
    catalogue = load_catalogue(
        "version: a\nahp:\n  participation:\n    items: [equity, reach, engagement]\n"
        "    matrix: [[1, 2, 2], [1/2, 1, 1], [1/2, 1, 1]]\n"
    )
    weights = {key: float(w) for key, w in catalogue.groups["participation"].items()}
    assert weights == pytest.approx({"equity": 0.5, "reach": 0.25, "engagement": 0.25})
    assert sum(catalogue.groups["participation"].values()) == 1
    assert catalogue.ahp["participation"].consistency_ratio == pytest.approx(0, abs=1e-9)


def test_contradicting_judgments_are_refused_unless_confirmed() -> None:
    """Saaty (1980): a consistency ratio above 0.1 asks for the judgments to be revised."""
    finding = refusal(SAATY_HOUSE)
    assert (finding.rule, finding.row) == ("ahp_inconsistent", 5)
    confirmed = load_catalogue(SAATY_HOUSE + "    confirmed: true\n")
    assert confirmed.ahp["rule_of_law.discipline"].consistency_ratio > 0.1


@pytest.mark.parametrize(
    "matrix", ["[[1, 2], [1/2, 1]]", "[[1, 2, 2], [2, 1, 1], [1/2, 1, 1]]", "[[1, a]]", "7"]
)
def test_a_matrix_that_cannot_be_used(matrix: str) -> None:
    """Wrong size, not reciprocal, not numbers, not a matrix."""
    finding = refusal(
        "version: a\nahp:\n  participation:\n    items: [equity, reach, engagement]\n"
        f"    matrix: {matrix}\n"
    )
    assert (finding.rule, finding.row) == ("ahp_matrix_wrong", 5)


@pytest.mark.parametrize("text", ["", "- a\n", "indicators: {}\n", "version: a\nindicators: [x]\n"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    """Empty, a list, without a version, a section that is no list of names."""
    assert refusal(text).rule in {"catalogue_section_missing", "catalogue_entry_wrong"}


def test_a_clause_of_ones_own_counts_as_unverified() -> None:
    """Whoever replaces a clause must say anew that it was looked up."""
    own = "version: uji\nindicators:\n  legal_time_limit: {legal_basis: SK Kepala Dinas}\n"
    assert load_catalogue()["legal_time_limit"].legal_basis_verified
    assert not load_catalogue(own)["legal_time_limit"].legal_basis_verified
    weight = "version: uji\nindicators:\n  legal_time_limit: {material: 2}\n"
    assert load_catalogue(weight)["legal_time_limit"].legal_basis_verified
    assert not load_catalogue(NEW_INDICATOR)["queue_ticket"].legal_basis_verified
