"""Rewrite a picture so that nothing is left of it but what is seen.

A logo comes from anywhere: pictures carry places and names of people, comments, code, and
addresses that a viewer would fetch. Only the parts that draw it are written again.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST_SIDE = 4_000  # px; a coat of arms at 20 mm needs some 500
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of each colour type of PNG
_JPEG = b"\xff\xd8"
_JPEG_FRAMES = (0xC0, 0xC1, 0xC2)
_JPEG_KEPT = (*_JPEG_FRAMES, 0xC4, 0xDB, 0xDD, 0xDA, 0xE0, 0xEE)  # the last two: colours alone
_MARK = 0xFF  # before the code of every part; may be repeated
_START_OF_SCAN, _END, _LONE = 0xDA, 0xD9, (0x01, *range(0xD0, 0xD8))
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset(
    ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "use",
     "symbol", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "title", "desc",
     "text", "tspan"]
)  # fmt: skip
_ELSEWHERE = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|expression|javascript:|\\", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?\s*")


class PictureUnreadable(Exception):
    """A picture that cannot be rewritten; its text says why, for the log alone."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A rewritten picture: its kind (``png``, ``jpeg``, ``svg+xml``), bytes and size in px."""

    kind: str
    content: bytes
    width: float
    height: float


def clean_picture(content: bytes) -> CleanPicture:
    """Rewrite a PNG, JPEG or SVG picture.

    Parameters
    ----------
    content
        Bytes of the file; its kind is told by them and never by its name.

    Raises
    ------
    PictureUnreadable
        No picture of these kinds, a damaged one, or one larger than `LONGEST_SIDE`.
    """
    try:
        if content.startswith(_PNG):
            found = _png(content)
        elif content.startswith(_JPEG):
            found = _jpeg(content)
        else:
            found = _svg(content)
    except (struct.error, zlib.error, IndexError, KeyError, ValueError) as problem:
        raise PictureUnreadable(str(problem)) from problem
    if not 0 < found.width <= LONGEST_SIDE or not 0 < found.height <= LONGEST_SIDE:
        raise PictureUnreadable(f"{found.width} × {found.height}")
    return found


def _png(content: bytes) -> CleanPicture:
    """Check every part, and write pixels and palette anew."""
    parts: list[tuple[bytes, bytes]] = []
    packed = b""
    for kind, data in _png_parts(content):
        packed += data if kind == b"IDAT" else b""
        if kind in _PNG_KEPT:
            parts.append((kind, data))
    width, height, depth, colour, _, _, woven = struct.unpack(">IIBBBBB", dict(parts)[b"IHDR"])
    if max(width, height) > LONGEST_SIDE:
        raise PictureUnreadable(f"{width} × {height}")
    line = (width * _CHANNELS[colour] * depth + 7) // 8 + 1
    # Interlaced pixels come in seven passes, each line of each with a byte of its own.
    most = line * height if not woven else 2 * (line * height + 7 * height)
    unpacker = zlib.decompressobj()
    pixels = unpacker.decompress(packed, most + 1)
    if not unpacker.eof or (not woven and len(pixels) != most):
        raise PictureUnreadable("pixels")
    written = [*parts, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return CleanPicture("png", _PNG + b"".join(_png_part(*p) for p in written), width, height)


def _png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", content, at + 8 + size)
        if zlib.crc32(kind + data) != check:
            raise PictureUnreadable(kind.decode("ascii", "replace"))
        if kind == b"IEND":
            return
        yield kind, data
        at += 12 + size


def _png_part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _jpeg(content: bytes) -> CleanPicture:
    """Keep tables, frame and scans; leave out camera data, places and comments."""
    kept, size, at = [_JPEG], (0, 0), 2
    while True:
        if content[at] != _MARK:
            raise PictureUnreadable("marker")
        code = content[at + 1]
        if code == _END:
            break
        if code in _LONE or code == _MARK:
            at += 1 if code == _MARK else 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if code in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            size = (width, height)
        if code == _START_OF_SCAN:
            end = _end_of_scan(content, end)
        if code in _JPEG_KEPT:
            kept.append(content[at:end])
        at = end
    return CleanPicture("jpeg", b"".join([*kept, b"\xff\xd9"]), *size)


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker begins that ends the coded pixels."""
    while True:
        at = content.index(b"\xff", at)
        code = content[at + 1]
        if code != 0 and code not in _LONE:
            return at
        at += 2


def _svg(content: bytes) -> CleanPicture:
    """Keep shapes and colours; leave out code, styles, pictures and outside addresses."""
    from xml.etree import ElementTree as Tree

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as problem:
        raise PictureUnreadable(str(problem)) from problem
    if root.tag != f"{_SVG}svg":
        raise PictureUnreadable(str(root.tag))
    _strip(root)
    Tree.register_namespace("", _SVG[1:-1])
    width, height = _svg_size(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return CleanPicture("svg+xml", Tree.tostring(root, encoding="utf-8"), width, height)


def _strip(node: Any) -> None:
    for child in list(node):
        name = str(child.tag)
        if not name.startswith(_SVG) or name.removeprefix(_SVG) not in _DRAWN:
            node.remove(child)
        else:
            _strip(child)
    for name, value in list(node.attrib.items()):
        plain = name == _LINK or not name.startswith("{")
        link = name in (_LINK, "href") and not value.startswith("#")
        if not plain or link or name.casefold().startswith("on") or _ELSEWHERE.search(value):
            del node.attrib[name]


def _svg_size(root: Any) -> tuple[float, float]:
    """Return the size in px; where only the view box gives it, at most a logo's height."""
    sides = [_NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if all(sides):
        width, height = (float(side.group(1)) for side in sides if side)
    else:
        box = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
        width, height = box[2], box[3]
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return width * scale, height * scale
