"""Rewrite a picture so that nothing is left of it but what is seen.

A logo comes from anywhere: pictures carry places and names of people, comments, code, and
addresses that a viewer would fetch. Only the parts that draw it are written again.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

LONGEST_SIDE = 4_000  # px of the picture given; more is refused before it is unpacked
LONGEST_KEPT = 1_200  # px; a coat of arms at 20 mm needs some 500
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8")
_FORMATS = ("PNG", "JPEG")
_WITH_ALPHA = ("LA", "PA", "RGBA")
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
    """A rewritten picture: its kind (``png``, ``svg+xml``), bytes and size in px."""

    kind: str
    content: bytes
    width: float
    height: float


def clean_picture(content: bytes) -> CleanPicture:
    """Rewrite a PNG or JPEG picture as PNG, an SVG picture as SVG.

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
        found = _raster(content) if content.startswith(_SIGNATURES) else _svg(content)
    except (IndexError, KeyError, ValueError) as problem:
        raise PictureUnreadable(str(problem)) from problem
    if not 0 < found.width <= LONGEST_SIDE or not 0 < found.height <= LONGEST_SIDE:
        raise PictureUnreadable(f"{found.width} × {found.height}")
    return found


def _raster(content: bytes) -> CleanPicture:
    """Unpack the pixels and pack them anew, without notes, places and colour profiles."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as whole:
            whole.verify()  # the sums of its parts; the picture must then be opened again
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if max(picture.size) > LONGEST_SIDE:
                raise PictureUnreadable(f"{picture.width} × {picture.height}")
            alpha = picture.mode in _WITH_ALPHA or "transparency" in picture.info
            pixels = ImageOps.exif_transpose(picture).convert("RGBA" if alpha else "RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise PictureUnreadable(str(problem)) from problem
    pixels.thumbnail((LONGEST_KEPT, LONGEST_KEPT))
    pixels.info.clear()
    written = io.BytesIO()
    pixels.save(written, "PNG")
    return CleanPicture("png", written.getvalue(), *pixels.size)


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
