"""A file appears whole or not at all."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report import publish
from ektp_analytics.report.whole_file import write_whole


def test_the_file_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "baru" / "berkas.xlsx"
    write_whole(b"satu", target)
    assert write_whole(b"dua", target) == target
    assert [p.name for p in target.parent.iterdir()] == ["berkas.xlsx"]
    assert target.read_bytes() == b"dua"


def test_an_open_file_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file Excel holds open; the sentence asks to close it."""
    target = tmp_path / "berkas.xlsx"
    target.write_bytes(b"lama")

    def held(self: Path, other: Path) -> None:
        raise PermissionError(13, "in use", str(other))

    monkeypatch.setattr(publish.Path, "replace", held)
    with pytest.raises(Refused, match=r"berkas\.xlsx"):
        write_whole(b"baru", target)
    assert target.read_bytes() == b"lama"
    assert [p.name for p in tmp_path.iterdir()] == ["berkas.xlsx"]
