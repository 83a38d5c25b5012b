"""Cells of a printed table as text: numbers at their shortest, "1.325.996 (8,98%)" split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.printed_roles import ColumnRole

_WITH_SHARE = re.compile(r"\s*(?P<count>[^()]*\d[^()]*?)\s*\((?P<share>[^()]*\d[^()]*)\)\s*")
_SHARE = re.compile(r"%|persen|percent", re.IGNORECASE)
_SHARE_ROLES = {"part": "percent", "complement": "complement_percent"}


def printed_text(cell: Any) -> str:
    """Return one raw cell as it reads: a number with no more digits than it needs.

    A spreadsheet keeps 85.02 as the nearest double; its shortest decimal form is what
    was typed. Whole numbers have no decimals, and no number has an exponent.
    """
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        if cell != cell:  # noqa: PLR0124 - a missing number
            return ""
        text = format(Decimal(repr(cell)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()


def printed_texts(sheet: Sheet) -> pd.DataFrame:
    """Return every cell of a sheet as `printed_text`; same shape, dtype ``str``."""
    return sheet.cells.map(printed_text).astype("str")


def split_counts(
    frame: pd.DataFrame, roles: Mapping[str, ColumnRole]
) -> tuple[pd.DataFrame, dict[str, ColumnRole]]:
    """Give a share printed behind a count, in parentheses, a column of its own.

    Parameters
    ----------
    frame
        Texts by header.
    roles
        Role of each header.

    Returns
    -------
    tuple of (frame, roles)
        With one more column, ``Sudah Rekam (%)``, behind each column of counts in which
        such a cell stands. A group that has a column for the share keeps its cells whole.
    """
    parts: dict[str, pd.Series] = {}
    found: dict[str, ColumnRole] = {}
    for header in frame.columns:
        role = roles[header]
        parts[header], found[header] = frame[header], role
        share = _SHARE_ROLES.get(role.role)
        given = {(r.role, r.group) for r in roles.values()}
        if share is None or (share, role.group) in given:
            continue
        pairs = frame[header].map(split_count)
        if pairs.str[1].ne("").any():
            parts[header] = pairs.str[0]
            parts[f"{header} (%)"] = pairs.str[1]
            found[f"{header} (%)"] = ColumnRole(share, role.group)
    return pd.DataFrame(parts, index=frame.index), found


def split_count(text: str) -> tuple[str, str]:
    """Split "1.325.996 (8,98%)" into count and share; a text without a share stays whole."""
    found = _WITH_SHARE.fullmatch(text)
    if found is None or not _SHARE.search(found["share"]):
        return text, ""
    return found["count"], found["share"].strip()
