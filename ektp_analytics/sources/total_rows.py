"""The region itself among its kecamatan: a total under its own name, never added up."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ektp_analytics.sources.reading import Reading

_REGION = r"^(?:kab(?:upaten|\.)?|prov(?:insi|\.)?)\s"
_CITY = r"^kota\s"
# A total is one row among several of a date.
_AT_MOST = 0.5


def set_totals_apart(reading: Reading, counts: Sequence[str]) -> None:
    """Treat a row for the whole region as a line that sums up.

    It has the code of the level above the others ("16.07" among "16.07.01"), or is called
    Kabupaten or Provinsi among rows that are not; a row called Kota, which a kecamatan may
    be too, must also equal the sum of the others.

    Parameters
    ----------
    reading
        A parsed table of counts with ``code`` or ``kecamatan``.
    counts
        Keys of its counts.
    """
    total = _by_code(reading) | _by_name(reading, counts)
    if 0 < total.sum() < len(total) * _AT_MOST:
        reading.set_apart(total)


def _by_code(reading: Reading) -> pd.Series:
    codes = reading.columns.get("code")
    if codes is None:
        return pd.Series(False, index=reading.body.index)
    text = codes.fillna("").astype("str")
    depth = text.str.count(r"\.")
    below = {code.rpartition(".")[0] for code in text.unique() if "." in code}
    return text.isin(below) & depth.lt(depth.max())


def _by_name(reading: Reading, counts: Sequence[str]) -> pd.Series:
    names = reading.columns.get("kecamatan")
    if names is None:
        return pd.Series(False, index=reading.body.index)
    text = names.fillna("").astype("str")
    named = text.str.contains(_REGION, case=False)
    city = text.str.contains(_CITY, case=False)
    return named | (city & _equals_the_rest(reading, counts) if city.any() else city)


def _equals_the_rest(reading: Reading, counts: Sequence[str]) -> pd.Series:
    """Tell which rows equal the sum of all others of their date, in every count."""
    frame = pd.DataFrame({k: reading.columns[k] for k in counts if k in reading.columns})
    if frame.empty:
        return pd.Series(False, index=reading.body.index)
    dates = reading.columns.get("as_of", pd.Series(pd.NaT, index=frame.index))
    sums = frame.groupby(dates, dropna=False).transform("sum")
    return (frame * 2 == sums).fillna(False).all(axis=1).astype(bool)
