"""The case study's counts: four parts, one short of a digit, no total printed.

Figures as printed by Asmawati (2023), doi 10.30996/jpap.v8i2.8049: 1.325.996 (8,98 %)
holders, 127.682 (8 %), 23 persons with a biometric error, 106,51 (6,82 %) not recorded;
93,18 % recorded; 23 % still without e-KTP.
"""

from fractions import Fraction

import pytest

from ektp_analytics.measures.partition import (
    PartitionAudit,
    PrintedPart,
    PrintedShare,
    ShareFinding,
    audit_partition,
)

PARTS = [
    PrintedPart("holders", "1.325.996"),
    PrintedPart("second", "127.682"),
    PrintedPart("biometric", "23"),
    PrintedPart("unrecorded", "106,51"),
]
SHARES = [
    PrintedShare("holders", "8,98%", ("holders",)),
    PrintedShare("second", "8%", ("second",)),
    PrintedShare("unrecorded", "6,82%", ("unrecorded",)),
    PrintedShare("recorded", "93,18%", ("holders", "second", "biometric")),
    PrintedShare("without", "23%", ("second", "biometric", "unrecorded")),
]


@pytest.fixture(scope="module")
def paper() -> PartitionAudit:
    return audit_partition(PARTS, SHARES, bound=836_914)


def share(audit: PartitionAudit, label: str, pattern: str = "106.51x") -> ShareFinding:
    (found,) = [f for f in audit.of(pattern) if f.label == label]
    return found


def test_the_totals_of_a_digit_lost_at_the_end(paper: PartitionAudit) -> None:
    """1,325,996 + 127,682 + 23 = 1,453,701; with 106,510 to 106,519: 1,560,211 to 1,560,220."""
    first = paper.completions[0]
    assert first.pattern == "106.51x"
    assert (first.totals[0], first.totals[-1]) == (1_560_211, 1_560_220)
    assert {c.pattern for c in paper.completions} == {"106.51x", "106.5x1", "106.x51"}


def test_which_percentages_follow(paper: PartitionAudit) -> None:
    """127,682 / 1,560,2xx = 8.18 %: 8 is rounded. 106,51x is 6.827 %: 6,82 is cut.

    Holders are 84.988 %: 8,98 is 84,98 (cut) with a digit lost.
    """
    assert share(paper, "second").verdict == "rounded"
    assert share(paper, "unrecorded").verdict == "truncated"
    assert share(paper, "holders").verdict == "does not follow"
    assert share(paper, "holders").repairs == (("84,98%", "digit lost"),)
    assert round(float(share(paper, "holders").low), 2) == 84.99


def test_the_recorded_share_comes_from_the_printed_percentage(paper: PartitionAudit) -> None:
    """Recorded are 93.173 %; the printed 93,18 is 100 - 6,82, not a share of the counts."""
    finding = share(paper, "recorded")
    assert finding.verdict == "does not follow"
    assert "100 − 6,82" in finding.explanation.text("id")
    assert Fraction("93.1728") < finding.low < finding.high < Fraction("93.1734")


def test_23_percent_contradicts_every_total(paper: PartitionAudit) -> None:
    """Without a card are 15.01 %, not recorded 6.83 %: neither is 23."""
    for completion in paper.completions:
        assert share(paper, "without", completion.pattern).fits == 0


def test_the_total_exceeds_the_regency(paper: PartitionAudit) -> None:
    """The census of 2020 counted 836,914 people; without a bound nothing is said."""
    assert paper.exceeds_bound is True
    assert audit_partition(PARTS, SHARES).exceeds_bound is None


def test_a_digit_lost_earlier_is_listed_too(paper: PartitionAudit) -> None:
    """With 106.451 the total is 1,560,152: 6.8231 % and 93.1769 % both round as printed.

    But holders are then 84.9915 %, which neither rounds nor cuts to 84,98.
    """
    table = paper.candidates().set_index("count")
    assert table.loc[106_451, ["unrecorded", "recorded"]].tolist() == ["rounded", "rounded"]
    assert table.loc[106_451, "total"] == 1_560_152
    assert len(table) == 30


def test_a_complete_partition_has_one_total() -> None:
    """Twelve, four and one of seventeen: 71, 24 and 6 percent."""
    parts = [PrintedPart("a", "12"), PrintedPart("b", "4"), PrintedPart("c", "1")]
    shares = [PrintedShare("a", "71", ("a",)), PrintedShare("b", "240", ("b",))]
    audit = audit_partition(parts, shares)
    assert [c.totals for c in audit.completions] == [(17,)]
    assert [f.verdict for f in audit.findings] == ["rounded", "impossible"]
    assert list(audit.to_frame()["fits"]) == [1, 0]


def test_what_cannot_be_asked() -> None:
    """Unknown parts, words for counts, two short counts."""
    with pytest.raises(ValueError, match="unknown parts"):
        audit_partition(PARTS, [PrintedShare("x", "5%", ("nobody",))])
    with pytest.raises(ValueError, match="no number"):
        audit_partition([PrintedPart("a", "banyak")])
    with pytest.raises(ValueError, match="more than one"):
        audit_partition([PrintedPart("a", "106,51"), PrintedPart("b", "12,3")])
