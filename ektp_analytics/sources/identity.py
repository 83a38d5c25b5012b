"""Identity numbers and region codes are text: a digit lost is an error, never a guess."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.sources.numbers import Parsed, as_text, is_blank

# Excel keeps 15 significant digits, so a longer number in a numeric cell is already wrong.
_EXACT_DIGITS = 10**15
_SCIENTIFIC = r"\d+(?:[.,]\d+)?[eE]\+?\d+"
_KEMENDAGRI = r"\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?"
_KEMENDAGRI_BARE = r"\d{6}"
_BPS = r"\d{7}"
_LOCAL_NUMBER = r"\d{1,3}"
_LOST_ZERO = r"\d{1,2}\.\d(?:\.\d{1,2})?|\d\.\d{2}(?:\.\d{1,2})?|\d{2}\.\d{2}\.\d"


def parse_keys(cells: pd.Series) -> Parsed:
    """Read identity and ticket numbers as text.

    Problems: ``digits_lost`` (scientific notation, or a numeric cell of 16 digits).
    """
    text = as_text(cells)
    numeric = _numeric(cells)
    too_long = numeric & pd.to_numeric(cells.where(numeric), errors="coerce").abs().ge(
        _EXACT_DIGITS
    )
    lost = too_long | text.str.fullmatch(_SCIENTIFIC)
    return Parsed(text.mask(lost | is_blank(text)), {"digits_lost": lost})


def parse_region_codes(cells: pd.Series) -> Parsed:
    """Read region codes as text with their zeros.

    ``16.07.01`` and ``160701`` are the same code of the interior ministry; seven digits
    are a code of the statistics office and stay as they are; a number up to three digits
    is the office's own.

    Problems: ``code_zero_lost`` (a numeric or cut code: 11.1 may be 11.10),
    ``code_unreadable``.
    """
    text = as_text(cells).str.replace(r"\s+", "", regex=True)
    blank = is_blank(text)
    fraction = _numeric(cells) & pd.to_numeric(cells.where(_numeric(cells)), errors="coerce").mod(
        1
    ).gt(0)
    lost = fraction | text.str.fullmatch(_LOST_ZERO)
    bare = text.str.fullmatch(_KEMENDAGRI_BARE)
    dotted = text.where(~bare, text.str.replace(r"(\d{2})(\d{2})(\d{2})", r"\1.\2.\3", regex=True))
    known = text.str.fullmatch(f"{_KEMENDAGRI}|{_KEMENDAGRI_BARE}|{_BPS}|{_LOCAL_NUMBER}")
    unreadable = ~blank & ~known & ~lost
    values = dotted.mask(blank | lost | unreadable)
    return Parsed(values, {"code_zero_lost": lost, "code_unreadable": unreadable})


def coding_systems(codes: pd.Series) -> set[str]:
    """Name the coding systems a column of codes holds: Kemendagri, BPS, own numbers."""
    filled = codes.dropna()
    systems = {
        "Kemendagri": filled.str.fullmatch(_KEMENDAGRI).any(),
        "BPS": filled.str.fullmatch(_BPS).any(),
        "nomor sendiri": filled.str.fullmatch(_LOCAL_NUMBER).any(),
    }
    return {name for name, present in systems.items() if present}


def _numeric(cells: pd.Series) -> pd.Series:
    if cells.dtype != object:
        return pd.Series(False, index=cells.index)
    return cells.map(lambda c: isinstance(c, (int, float)) and not isinstance(c, bool))
