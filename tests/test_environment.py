"""The three lists of packages (pyproject.toml, environment.yml, requirements.lock) agree."""

import ast
import importlib
import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
BASE = [Requirement(line) for line in PROJECT["dependencies"]]
DECLARED = BASE + [Requirement(line) for extra in EXTRAS.values() for line in extra]

# conda-forge's name where it is another than the Python index's.
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "tzdata": "python-tzdata",
    "types-PyYAML": "types-pyyaml",
}
# The module where it is not the distribution's name with underscores; None: stubs, fonts data.
MODULES = {
    "font-source-sans-pro": "font_source_sans_pro",
    "import-linter": "importlinter",
    "odfpy": "odf",
    "pillow": "PIL",
    "pytest-xdist": "xdist",
    "pandas-stubs": None,
    "python-calamine": "python_calamine",
    "pyyaml": "yaml",
    "scipy-stubs": None,
    "types-PyYAML": None,
    "types-defusedxml": None,
}
# Modules that a declared package brings with it and that are used beside it.
BROUGHT_BY = {
    "IPython": "jupyterlab",
    "defusedxml": "nbconvert",
    "docx": "docxtpl",
    "ipykernel": "jupyterlab",
    "jinja2": "nbconvert",
    "jupyter_client": "nbconvert",
    "jupyter_core": "nbconvert",
    "markupsafe": "nbconvert",
    "nbclient": "nbconvert",
    "nbformat": "nbconvert",
    "traitlets": "nbconvert",
}


def _module(requirement: Requirement) -> str | None:
    return MODULES.get(requirement.name, requirement.name.replace("-", "_"))


def _conda() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    return loaded


def test_environment_yml_names_the_same_packages_and_ranges_as_pyproject() -> None:
    *conda, last = _conda()["dependencies"]
    found = {
        requirement.name: requirement.specifier
        for requirement in map(Requirement, [*conda, *last["pip"][:-1]])
    }
    expected = {CONDA_NAMES.get(each.name, each.name): each.specifier for each in DECLARED}
    python = Requirement(f"python{PROJECT['requires-python']}")
    assert last["pip"][-1] == "-e ."
    assert found.pop("python") == python.specifier
    assert not str(found.pop("pip"))
    assert found == expected


def test_the_name_table_speaks_of_declared_packages_only() -> None:
    names = {requirement.name for requirement in DECLARED}
    assert set(CONDA_NAMES) <= names
    assert set(MODULES) <= names
    assert set(BROUGHT_BY.values()) <= names


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda each: each.name)
def test_what_is_installed_is_within_its_range(requirement: Requirement) -> None:
    version = importlib.metadata.version(requirement.name)
    assert requirement.specifier.contains(version, prereleases=True), version


@pytest.mark.parametrize("requirement", BASE, ids=lambda each: each.name)
def test_every_base_package_imports(requirement: Requirement) -> None:
    module = _module(requirement)
    assert module is not None
    importlib.import_module(module)


@pytest.mark.parametrize("requirement", DECLARED[len(BASE) :], ids=lambda each: each.name)
def test_every_extra_package_is_there(requirement: Requirement) -> None:
    module = _module(requirement)
    if module is None:
        assert importlib.metadata.files(requirement.name)
    else:
        assert importlib.util.find_spec(module) is not None


def _lock_entries() -> dict[str, list[tuple[str, int]]]:
    """Read name -> [(version, number of hashes)] from the lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries: dict[str, list[tuple[str, int]]] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        name, version = re.match(r"([^=\s]+)==([^\s;]+)", entry).groups()  # type: ignore[union-attr]
        entries.setdefault(canonicalize_name(name), []).append(
            (version, entry.count("--hash=sha256:"))
        )
    return entries


def test_the_lock_pins_every_declared_package_within_its_range() -> None:
    entries = _lock_entries()
    for requirement in DECLARED:
        for version, _ in entries[canonicalize_name(requirement.name)]:
            assert requirement.specifier.contains(version, prereleases=True), requirement.name


def test_the_lock_is_hashed_throughout_and_holds_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    unhashed = [name for name, pins in _lock_entries().items() if not all(n for _, n in pins)]
    assert unhashed == []
    assert "://" not in text
    assert not re.search(r"^\s*(-|#|/|\.)(?!-hash)", text, re.MULTILINE)


def _imported_modules() -> dict[str, str]:
    """Read top-level module -> one file that imports it, for the whole package."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "ektp_analytics").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            else:
                continue
            found.update((name.partition(".")[0], path.name) for name in names)
    return found


def test_every_import_of_the_package_is_declared() -> None:
    declared = {_module(requirement) for requirement in DECLARED}
    known = declared | set(BROUGHT_BY) | {"ektp_analytics"} | set(sys.stdlib_module_names)
    strangers = {name: file for name, file in _imported_modules().items() if name not in known}
    assert strangers == {}
