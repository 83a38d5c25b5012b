"""The YAML reader keeps the line of every entry and refuses what a plain reader hides."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.standards.located_yaml import read_located_yaml

DOCUMENT = """\
first:
  inner: 1
list:
  - name: a
  - name: b
"""


def test_every_entry_knows_its_line() -> None:
    """Lines counted by eye in the document above, the first being 1."""
    read = read_located_yaml(DOCUMENT, "x.yaml")
    assert read.line("first", "inner") == 2
    assert read.line("list", 1, "name") == 5
    assert read.line("list", 1, "absent") == 5


def test_a_repeated_key_is_refused_with_both_lines() -> None:
    """YAML 1.2 §3.2.1.3: keys of a mapping are unique; PyYAML keeps the last silently."""
    with pytest.raises(Refused) as refused:
        read_located_yaml("a: 1\nb: 2\na: 3\n", "x.yaml")
    finding = refused.value.findings[0]
    assert (finding.rule, finding.row, finding.details["first"]) == (
        "yaml_duplicate_key",
        3,
        1,
    )
    assert "x.yaml" in finding.message and "baris 3" in finding.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: !!python/object/apply:os.getcwd []\n", 1),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    """An open bracket, a tab as indentation, and a tag that would run code."""
    with pytest.raises(Refused) as refused:
        read_located_yaml(text, "x.yaml")
    finding = refused.value.findings[0]
    assert (finding.rule, finding.row) == ("yaml_unreadable", line)


def test_an_empty_document_is_nothing() -> None:
    """An empty file holds no content and no entries."""
    assert read_located_yaml("", "x.yaml").data is None


def test_aliases_that_unfold_without_end_are_refused() -> None:
    """Nine levels of nine aliases would be 387 million entries."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    with pytest.raises(Refused, match="bomb"):
        read_located_yaml("\n".join(levels), "bomb.yaml")
