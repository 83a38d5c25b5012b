"""The one place where text becomes HTML.

Every text that may come from a file (names, comments, file names) reaches the page
through `element`, `rich`, `plot_text` or `json_script`; each escapes what it is given.
Only `Markup` made here passes through unescaped.
"""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup, escape

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Signs that are escaped, dropped, or set something: control signs, quotes, tags, ``**``.
_SPECIAL = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[&<>\"'*]")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_VOID = frozenset({"br", "col", "img", "hr"})
JSON_DECIMALS = 6  # the exit scan reads longer runs of digits as identity numbers


def clean(value: object) -> str:
    """Return a value as text without control characters and lone surrogates."""
    return _CONTROL.sub("", str(value))


def rich(text: object) -> Markup:
    """Return text escaped, with ``**words**`` set in bold and line ends kept.

    Parameters
    ----------
    text
        Any text; a `Markup` passes through as it is.

    Returns
    -------
    Markup
        Safe HTML.
    """
    if isinstance(text, Markup):
        return text
    if isinstance(text, str) and not _SPECIAL.search(text):
        return Markup(text)
    escaped = str(escape(clean(text)))
    return Markup(_BOLD.sub(r"<b>\1</b>", escaped).replace("\n", "<br>"))


def plain(text: object) -> str:
    """Return text without its bold marks, as an alternative text or a cell needs it."""
    return _BOLD.sub(r"\1", clean(text))


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Return one HTML element.

    Parameters
    ----------
    name
        Tag name.
    *children
        Texts (escaped, ``**bold**`` understood) and `Markup` (kept).
    **attributes
        Attribute values, escaped; an underscore stands for a hyphen, a trailing one is
        dropped (``class_``), None and False leave the attribute out.

    Returns
    -------
    Markup
        ``<name …>children</name>``.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    opening = f"<{name}{written}>"
    if name in _VOID:
        return Markup(opening)
    return Markup(opening + "".join(rich(child) for child in children) + f"</{name}>")


def together(*pieces: object) -> Markup:
    """Return pieces of HTML one after the other; texts among them are escaped."""
    return Markup("").join(rich(piece) for piece in pieces)


def plot_text(text: object) -> str:
    """Return text for a chart: plotly reads a few tags, so ``&``, ``<`` and ``>`` are escaped."""
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BOLD.sub(r"<b>\1</b>", escaped)


def json_script(value: Any) -> Markup:
    """Return data as a script element that no text inside it can close.

    Floats are kept to six decimals and ``<``, ``>`` and ``&`` are written as escapes.
    """
    text = json.dumps(_short(value), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/json">{safe}</script>')


def _attribute(key: str, value: object) -> str:
    if value is None or value is False or value == "":
        return ""
    name = key.rstrip("_").replace("_", "-")
    written = value if isinstance(value, str) and not _SPECIAL.search(value) else None
    return f' {name}="{escape(clean(value)) if written is None else written}"'


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_short(inner) for inner in value]
    if isinstance(value, float):
        return round(value, JSON_DECIMALS)
    return clean(value) if isinstance(value, str) else value
