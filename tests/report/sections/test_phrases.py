"""The sentences of the pages: both languages, the same blanks, none missing or left over."""

import re
import string
from pathlib import Path
from typing import Any

import pytest
import yaml

from ektp_analytics.report.sections.phrases import known, tell

PACKAGE = Path(__file__).parents[3] / "ektp_analytics"
FOLDER = PACKAGE / "texts" / "sections"
FILES = sorted(FOLDER.glob("*.yaml"))
SOURCES = [*(PACKAGE / "report" / "sections").glob("*.py"), PACKAGE / "report" / "build.py"]
LITERAL = re.compile(r'\b(?:tell|known)\(\s*f?"(?P<key>[a-z_]+\.[a-z0-9_.{}\[\]\'"A-Z() ]*?)"')


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_both_languages_say_the_same_blanks(path: Path) -> None:
    """A blank left out in one language would drop a figure there without a word."""
    for name, entry in loaded(path).items():
        assert set(entry) == {"id", "en"}, name
        assert entry["id"].strip(), name
        assert blanks(entry["id"]) == blanks(entry["en"]), name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_bold_marks_come_in_pairs(path: Path) -> None:
    """An odd number of ``**`` would print the asterisks."""
    for name, entry in loaded(path).items():
        for sentence in entry.values():
            assert sentence.count("**") % 2 == 0, name


def test_every_sentence_asked_for_is_there() -> None:
    """A name that is written out in the code must be in its file."""
    asked = {
        match["key"]
        for path in SOURCES
        for match in LITERAL.finditer(path.read_text(encoding="utf-8"))
        if "{" not in match["key"]
    }
    assert asked
    assert not [key for key in asked if not known(key)]


def test_no_sentence_is_left_over() -> None:
    """A sentence nothing asks for is a leftover; names made from parts count by their stem."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    stems = set(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', code))
    stems |= set(re.findall(r"f'([a-z_]+\.[a-z_]*)\{", code))
    left = [
        f"{path.stem}.{name}"
        for path in FILES
        for name in loaded(path)
        if not re.search(rf"""["']{path.stem}[.]{name}["']""", code)
        and not any(f"{path.stem}.{name}".startswith(stem) for stem in stems)
    ]
    assert not left


def test_a_missing_blank_is_an_error_and_not_a_gap() -> None:
    """The page must stop rather than print a sentence without its figure."""
    with pytest.raises(KeyError):
        tell("summary.n", "id")
