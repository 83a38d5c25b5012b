"""The logo named in ``office.yaml``: inside the office's folder, small, a picture."""

import struct
import zlib
from pathlib import Path

import pytest

from ektp_analytics.workspace import read_office
from ektp_analytics.workspace.logo import LOGO_MEGABYTES

START = 'id: satu\nname: Disdukcapil Satu\nregion: Kabupaten Satu\ncode: "16.07"\nletterhead:\n'


def png(width: int = 6, height: int = 7) -> bytes:
    """Return a grey picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x7f" * width) * height)
    parts = [(b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts
    )


def _office_with(tmp_path: Path, name: str, content: bytes | None = None):
    folder = tmp_path / "satu"
    folder.mkdir()
    (tmp_path / "luar.png").write_bytes(png())
    if content is not None:
        (folder / name).write_bytes(content)
    path = folder / "office.yaml"
    path.write_text(f"{START}  logo: '{name}'\n", encoding="utf-8")
    return read_office(path)


def test_a_logo_beside_the_profile_is_taken(tmp_path: Path) -> None:
    """Its content counts, not the ending of its name; the page holds it itself."""
    office = _office_with(tmp_path, "lambang.jpg", png())
    assert office.findings == ()
    assert office.logo is not None
    assert (office.logo.kind, office.logo.width, office.logo.height) == ("png", 6, 7)
    assert office.logo.address.startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("hilang.png", None, "logo_missing"),
        ("logo.png", png()[:-20], "logo_unreadable"),
        ("logo.png", b"bukan gambar", "logo_unreadable"),
        ("logo.png", b"", "logo_unreadable"),
        ("logo.png", png() + bytes(LOGO_MEGABYTES * 1024 * 1024), "logo_too_large"),
        ("../luar.png", None, "logo_outside"),
        ("https://contoh.invalid/logo.png", None, "logo_outside"),
        ("/etc/hostname", None, "logo_outside"),
    ],
)
def test_a_logo_that_cannot_be_used_is_a_finding(
    tmp_path: Path, name: str, content: bytes | None, rule: str
) -> None:
    """The office is read all the same, with the line of the profile and what to do."""
    office = _office_with(tmp_path, name, content)
    assert office.logo is None
    assert [(f.rule, f.severity, f.row) for f in office.findings] == [(rule, "warning", 6)]
    assert name in office.findings[0].message
    assert office.findings[0].remedy


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A link named logo.png that leads to a file elsewhere."""
    folder = tmp_path / "satu"
    folder.mkdir()
    (tmp_path / "luar.png").write_bytes(png())
    try:
        (folder / "logo.png").symlink_to(tmp_path / "luar.png")
    except OSError:
        pytest.skip("links cannot be made here")
    path = folder / "office.yaml"
    path.write_text(f"{START}  logo: logo.png\n", encoding="utf-8")
    assert [f.rule for f in read_office(path).findings] == ["logo_outside"]
