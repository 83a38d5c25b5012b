"""Identity numbers and region codes are text: a digit lost is an error, never a guess."""

from __future__ import annotations

import re

import pandas as pd

from ektp_analytics.sources.cell_text import as_text, is_blank, is_numeric, says_nothing
from ektp_analytics.sources.distinct import Distinct
from ektp_analytics.sources.numbers import Parsed

# Excel keeps 15 significant digits, so a longer number in a numeric cell is already wrong.
_EXACT_DIGITS = 10**15
_SCIENTIFIC = r"\d+(?:[.,]\d+)?[eE]\+?\d+"
_KEMENDAGRI = r"\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?"
_KEMENDAGRI_BARE = r"\d{6}|\d{4}"
_BPS = r"\d{7}"
_LOCAL_NUMBER = r"\d{1,3}"
_CODE = re.compile(f"{_KEMENDAGRI}|{_KEMENDAGRI_BARE}|{_BPS}|{_LOCAL_NUMBER}")
_LOST_ZERO = re.compile(r"\d{1,2}\.\d(?:\.\d{1,2})?|\d\.\d{2}(?:\.\d{1,2})?|\d{2}\.\d{2}\.\d")


def parse_keys(cells: pd.Series, text: pd.Series | None = None) -> Parsed:
    """Read identity and ticket numbers as text.

    Problems: ``digits_lost`` (scientific notation, or a numeric cell of 16 digits).
    """
    text = as_text(cells) if text is None else text
    numeric = is_numeric(cells)
    lost = text.str.fullmatch(_SCIENTIFIC).astype(bool)
    if numeric.any():
        lost |= pd.to_numeric(cells.where(numeric), errors="coerce").abs().ge(_EXACT_DIGITS)
    return Parsed(text.mask(lost | is_blank(text)), {"digits_lost": lost})


def parse_region_codes(cells: pd.Series, text: pd.Series | None = None) -> Parsed:
    """Read region codes as text with their zeros.

    ``16.07.01`` and ``160701`` are the same code of the interior ministry; seven digits
    are a code of the statistics office and stay as they are; a number up to three digits
    is the office's own.

    Problems: ``code_zero_lost`` (a numeric or cut code: 11.1 may be 11.10),
    ``code_unreadable``.
    """
    raw = as_text(cells) if text is None else text
    numeric = is_numeric(cells)
    numbers = set(raw[numeric]) if numeric.any() else set()
    distinct = Distinct(raw)
    bare = {text: "".join(text.split()) for text in distinct.cells}
    lost = {t for t, b in bare.items() if _LOST_ZERO.fullmatch(b) or (t in numbers and "." in b)}
    codes = {t: _dotted(b) for t, b in bare.items() if t not in lost and _CODE.fullmatch(b)}
    unreadable = {
        t for t, b in bare.items() if t not in lost and t not in codes and not says_nothing(b)
    }
    problems = {
        "code_zero_lost": distinct.among(lost),
        "code_unreadable": distinct.among(unreadable),
    }
    return Parsed(distinct.spread(map(codes.get, distinct.cells), "str"), problems)


def _dotted(code: str) -> str:
    """Return ``160701`` as ``16.07.01``; codes of another form as they are."""
    if not re.fullmatch(_KEMENDAGRI_BARE, code):
        return code
    return ".".join(code[i : i + 2] for i in range(0, len(code), 2))


def coding_systems(codes: pd.Series) -> set[str]:
    """Name the coding systems a column of codes holds: Kemendagri, BPS, own numbers."""
    filled = codes.dropna().astype("str")
    systems = {
        "Kemendagri": filled.str.fullmatch(_KEMENDAGRI).any(),
        "BPS": filled.str.fullmatch(_BPS).any(),
        "nomor sendiri": filled.str.fullmatch(_LOCAL_NUMBER).any(),
    }
    return {name for name, present in systems.items() if present}
