"""Run the command line inside the test and see what a user would see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.cli.main import run

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"


@dataclass(frozen=True)
class Answer:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        """The one JSON object on standard output, and nothing beside it."""
        found: dict[str, Any] = json.loads(self.out, parse_constant=_no_number)
        assert self.out.count("\n") == 1
        return found

    @property
    def rules(self) -> list[str]:
        """The rules of the findings."""
        return [finding["rule"] for finding in self.record["findings"]]


def _no_number(name: str) -> float:
    raise AssertionError(f"{name} is no JSON number")


Ektp = Callable[..., Answer]


@pytest.fixture
def ektp(capsys: pytest.CaptureFixture[str]) -> Ektp:
    """Return a function that runs ``ektp`` with its arguments."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        seen = capsys.readouterr()
        assert "Traceback" not in seen.err + seen.out
        return Answer(code, seen.out, seen.err)

    return call


def _nulls_without_reason(record: Any, place: str = "") -> list[str]:
    """Name every null that has no entry in the sibling object ``reasons``.

    A null inside a nested object may also be explained by the outer object under its
    dotted name. Findings name places in files, not figures, and are left out.
    """
    if isinstance(record, list):
        parts = [_nulls_without_reason(item, f"{place}[{n}]") for n, item in enumerate(record)]
        return [name for part in parts for name in part]
    if not isinstance(record, dict):
        return []
    reasons = record.get("reasons", {})
    found = []
    for key, value in record.items():
        if key in ("findings", "reasons"):
            continue
        if value is None and not reasons.get(key):
            found.append(f"{place}.{key}")
        inside = _nulls_without_reason(value, f"{place}.{key}")
        found += [name for name in inside if not reasons.get(name.removeprefix(f"{place}."))]
    return found


@pytest.fixture
def sekadau() -> Path:
    """Give the published survey rows of Sekadau, first semester 2019."""
    return REPOSITORY / "data" / "raw" / "sekadau" / "2019-S1" / "survey.csv"


@pytest.fixture
def stl311() -> Path:
    """Give the log of the City of St. Louis, January 2018."""
    path = SHARED / "data" / "stl311_january_2018.csv"
    if not path.is_file():
        pytest.skip("the shared data folder is not here")
    return path


@pytest.fixture
def nulls_without_reason() -> Callable[[Any], list[str]]:
    """Return the function that names nulls without a reason in a JSON answer."""
    return _nulls_without_reason


@pytest.fixture
def shared() -> Path:
    """Name the folder of real files beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not here")
    return SHARED / "data"
