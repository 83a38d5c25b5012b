"""A standards file is complete or refused, naming file, line, entry and field."""

import pytest
import yaml

from ektp_analytics.errors import Refused
from ektp_analytics.standards.entry import FIELDS, read_standards

ENTRY = """\
limit:
  - value: 24
    unit: hours
    valid_from: 2018-04-09
    valid_until: null
    regulation: Permendagri 19/2018
    article: Pasal 3
    note: {id: catatan, en: note}
    verified: true
"""


@pytest.mark.parametrize("field", FIELDS)
def test_loading_fails_without_any_one_field(field: str) -> None:
    """Every field is compulsory; the message names file, entry and field."""
    complete = yaml.safe_load(ENTRY)["limit"][0]
    text = yaml.safe_dump({"limit": [{k: v for k, v in complete.items() if k != field}]})
    with pytest.raises(Refused) as refused:
        read_standards(text, "times.yaml")
    finding = refused.value.findings[0]
    assert finding.rule == "standard_field_missing"
    assert finding.details["field"] == field
    assert "times.yaml" in finding.message and "limit" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "field", "line"),
    [
        ("valid_from: 2018-04-09", "valid_from: April 2018", "valid_from", 4),
        ("valid_until: null", "valid_until: 2017-01-01", "valid_until", 5),
        ("verified: true", "verified: maybe", "verified", 9),
        ("note: {id: catatan, en: note}", "note: catatan", "note", 8),
        ("unit: hours", "unit: ''", "unit", 3),
        ("article: Pasal 3", "article: Pasal 3\n    colour: red", "colour", 8),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_with_its_line(
    old: str, new: str, field: str, line: int
) -> None:
    """Dates are dates, notes are in both languages, and no field is unknown."""
    with pytest.raises(Refused) as refused:
        read_standards(ENTRY.replace(old, new), "times.yaml")
    finding = refused.value.findings[0]
    assert (finding.details["field"], finding.row) == (field, line)


def test_versions_that_overlap_are_refused() -> None:
    """On one day only one value of a rule can hold."""
    second = ENTRY.partition("\n")[2].replace("2018-04-09", "2020-01-01")
    with pytest.raises(Refused, match="2020-01-01"):
        read_standards(ENTRY + second, "times.yaml")
