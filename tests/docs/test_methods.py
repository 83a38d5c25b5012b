"""The pages on method name code that exists, and say when not to use it."""

import importlib
import re
from pathlib import Path

import pytest

METHODS = Path(__file__).parents[2] / "docs" / "methods"
PAGES = sorted(METHODS.glob("*.md"))
# Pages that are about no single statistic, and the one written around its simulation.
OTHERS = {"README", "interval", "one_table_only", "benchmarks"}
STATISTICS = [page for page in PAGES if page.stem not in OTHERS]
DOTTED = re.compile(r"`(ektp_analytics(?:\.\w+)+)`")
TEST_FILE = re.compile(r"`(tests/[\w/]+(?:\.py)?)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_and_the_tests_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in DOTTED.findall(text):
        assert exists(name), name
    for path in TEST_FILE.findall(text):
        assert (METHODS.parents[1] / path).exists(), path


def exists(name: str) -> bool:
    """Say whether a dotted name is a module, or something in one."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return hasattr(importlib.import_module(module), attribute)
    return True


@pytest.mark.parametrize("page", STATISTICS, ids=lambda page: page.stem)
def test_a_page_says_formula_source_and_when_not_to_use_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for part in ("**Rumus", "**Jangan dipakai**", "**Diperiksa terhadap**"):
        assert part in text
    assert "**Sumber.**" in text or page.stem == "audit"


def test_every_page_is_listed_and_every_entry_is_there() -> None:
    listed = re.findall(r"\]\((\w+\.md)\)", (METHODS / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(page.name for page in PAGES if page.stem != "README")
