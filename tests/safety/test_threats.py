"""The list of threats names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_line_of_the_list_names_a_test_that_exists() -> None:
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    named = [NAMED.findall(line) for line in lines if not line.startswith("| Threat |")]
    assert len(named) > 40
    assert all(len(found) == 1 for found in named)
    tests = [found[0] for found in named]
    assert len(tests) == len(set(tests))
    absent = [
        f"{file}::{name}"
        for file, name in tests
        if not re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    ]
    assert absent == []
