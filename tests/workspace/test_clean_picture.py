"""A logo is rewritten: what draws it stays, all else is left out."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ektp_analytics.workspace.clean_picture import (
    LONGEST_SIDE,
    PictureUnreadable,
    clean_picture,
)


def _made(kind: str, mode: str = "RGB", **how: object) -> bytes:
    picture = Image.effect_mandelbrot((40, 30), (-2, -1.5, 1, 1.5), 50).convert(mode)
    stream = io.BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def _pixels(content: bytes) -> bytes:
    return bytes(Image.open(io.BytesIO(content)).convert("RGBA").tobytes())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_keeps_its_pixels(mode: str) -> None:
    """Pillow reads the same picture before and after."""
    content = _made("PNG", mode)
    made = clean_picture(content)
    assert (made.kind, made.width, made.height) == ("png", 40, 30)
    assert _pixels(made.content) == _pixels(content)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_pixels(progressive: bool) -> None:
    """Baseline and progressive scans; written as PNG, which loses nothing."""
    content = _made("JPEG", progressive=progressive, comment="nama pemotret", exif=b"Exif\0\0GPS")
    made = clean_picture(content)
    assert (made.kind, made.width, made.height) == ("png", 40, 30)
    assert _pixels(made.content) == _pixels(content)
    assert b"nama pemotret" in content
    assert b"nama pemotret" not in made.content
    assert b"GPS" not in made.content


def test_words_inside_a_png_and_behind_it_are_left_out() -> None:
    """A text part, and bytes after the end."""
    note = b"tEXtComment\0NIK seseorang"
    part = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    content = _made("PNG")
    end = content.index(b"IEND") - 4
    marked = content[:end] + part + content[end:] + b"<script>alert(1)</script>"
    made = clean_picture(marked)
    assert _pixels(made.content) == _pixels(content)
    assert b"NIK" not in made.content
    assert b"script" not in made.content


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@given(cut=st.floats(0, 0.95))
def test_a_picture_cut_short_is_refused(kind: str, cut: float) -> None:
    """Whatever part is missing, no other error than ours."""
    content = _made(kind)
    with pytest.raises(PictureUnreadable):
        clean_picture(content[: int(len(content) * cut)])


@given(st.binary(max_size=400))
def test_no_bytes_raise_another_error(content: bytes) -> None:
    """Random files, and random bodies of each kind."""
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"<svg xmlns="):
        try:
            clean_picture(start + content)
        except PictureUnreadable:
            continue


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused() -> None:
    """A bomb of zeros: 60,000 pixels a side in a few bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts
    )
    assert LONGEST_SIDE < 60_000
    with pytest.raises(PictureUnreadable):
        clean_picture(content)


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 60 72" onload="alert(1)">{}</svg>'
)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image xlink:href="https://contoh.invalid/x.png"/>',
        '<use href="https://contoh.invalid/x.svg#a"/>',
        "<style>@import url(https://contoh.invalid/x.css)</style>",
        '<path d="M0 0" style="fill:url(https://contoh.invalid/x)"/>',
        "<foreignObject><p>halo</p></foreignObject>",
        '<a href="https://contoh.invalid"><path d="M0 0"/></a>',
    ],
)
def test_an_svg_keeps_shapes_alone(inside: str) -> None:
    """No code, no outside address, no foreign markup."""
    made = clean_picture(SVG.format(inside + '<path d="M1 1h5" fill="#123456"/>').encode())
    assert (made.kind, made.width, made.height) == ("svg+xml", 60, 72)
    assert b'd="M1 1h5"' in made.content
    for left_out in (b"invalid", b"script", b"alert", b"halo"):
        assert left_out not in made.content


def test_an_svg_with_entities_is_refused() -> None:
    """Entities can swell without end or read files."""
    content = b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg xmlns="http://www.w3.org/2000/svg"/>'
    with pytest.raises(PictureUnreadable):
        clean_picture(content)
