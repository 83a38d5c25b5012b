"""What happens at the door: personal columns stay out, identity numbers get pseudonyms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from ektp_analytics.privacy import (
    identity_digests,
    is_personal_header,
    looks_like_nik,
    mask_text,
    personal_content,
    pseudonyms,
)
from ektp_analytics.sources.distinct import Distinct
from ektp_analytics.sources.headers import column_letter

if TYPE_CHECKING:
    from ektp_analytics.sources.reading import Reading

_SHORTEST_IDENTITY = 5
_MAY_IDENTIFY = re.compile(r"\d(?:[\s.\-]?\d){9}|@")


def leave_out_personal(reading: Reading) -> set[str]:
    """Name the personal columns of a file, which no table takes up.

    Returns
    -------
    set of str
        Keyed digests of their strings, for the scan of what is published.
    """
    header = reading.table.header
    taken = set(header.positions.values())
    digests: set[str] = set()
    for position, name in enumerate(header.headers):
        if position in taken or position not in reading.body.columns:
            continue
        text = reading.text_at(position)
        if is_personal_header(name) or personal_content(text):
            shown = name or column_letter(position)
            reading.log.add("personal_column_dropped", "note", column=shown)
            strings = text[text.str.len().ge(_SHORTEST_IDENTITY)].unique()
            digests |= identity_digests(strings)
    return digests


def hide_identity(reading: Reading, key: str) -> None:
    """Turn the identity numbers of a key column into pseudonyms."""
    values = reading.columns[key]
    text = values.fillna("").astype("str")
    personal = looks_like_nik(text)
    if personal_content(text) is not None:
        personal = text.ne("")
    if not personal.any():
        return
    reading.identities |= identity_digests(text[personal].unique())
    reading.columns[key] = values.mask(personal, pseudonyms(text.where(personal, "")))
    count = int(personal.sum())
    reading.log.add("identity_pseudonymised", "note", column=reading.header(key), count=count)


def masked_texts(values: pd.Series) -> pd.Series:
    """Return free texts with telephone numbers, NIKs and e-mail addresses masked."""
    distinct = Distinct(values)
    if not any(map(_MAY_IDENTIFY.search, distinct.cells)):
        return values
    return distinct.spread(map(masked_text, distinct.cells), "str")


def masked_text(text: str) -> str:
    """Return a free text with telephone numbers, NIKs and e-mail addresses masked."""
    return mask_text(text) if _MAY_IDENTIFY.search(text) else text
