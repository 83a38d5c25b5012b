"""``ektp lab`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]


def test_it_opens_the_notebooks_of_the_workspace(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def run(folder: Path, *, browser: bool) -> int:
        opened.append(folder)
        return 0 if browser else 5

    monkeypatch.setattr("ektp_analytics.pipeline.lab.run_lab", run)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    answer = ektp("lab", "--workspace", tmp_path)
    assert answer.code == 0
    assert opened == [tmp_path / "notebooks"]
    assert "hentikan dengan Ctrl-C" in answer.out
    assert ektp("lab", "--workspace", tmp_path, "--no-browser").code == 5


def test_without_a_workspace_it_says_how_to_get_one(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = ektp("lab")
    assert answer.code == 1
    assert "folder kerja" in answer.err
