"""Read a header of several rows as one text per column: status above, L/P/Jumlah below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ektp_analytics.sources.headers import is_name, may_be_part, normalise
from ektp_analytics.sources.schema import SEXES, SourceSchema

_TOTAL_WORDS = frozenset(
    {"jumlah", "jml", "total", "l p", "lp", "lk pr", "laki laki perempuan", "jumlah total", "semua"}
)
_SEX_WORDS = {normalise(word): short for short, words in SEXES.values() for word in (short, *words)}


def stacked_headers(
    levels: Sequence[Sequence[str]], merges: Sequence[Mapping[int, int]], schema: SourceSchema
) -> list[str]:
    """Join the rows of a header into one text per column.

    Parameters
    ----------
    levels
        Header rows from top to bottom, of one length; a blank is an empty text.
    merges
        For each row, the width of each merged cell by its first column.
    schema
        Says which joined texts name a column.

    Returns
    -------
    list of str
        "Wajib KTP" above "L" gives "Wajib KTP L", above "Jumlah" gives "Wajib KTP". Other
        texts are the lowest one, or both joined where only both together are a name.
    """
    lowest = levels[-1]
    rows = [
        _spread(row, merged, lowest) for row, merged in zip(levels[:-1], merges[:-1], strict=True)
    ]
    columns = zip(*rows, lowest, strict=True)
    return [_joined([text for text in column if text], schema) for column in columns]


def _spread(row: Sequence[str], merged: Mapping[int, int], lowest: Sequence[str]) -> list[str]:
    """Write an upper header over every column it stands for.

    A merged cell says so itself; without merged cells, an upper header covers the blanks
    to its right that have a text below.
    """
    covered = {left + step: left for left, width in merged.items() for step in range(width)}
    spread, current = [], ""
    for position, text in enumerate(row):
        current = text or current
        below = normalise(lowest[position])
        if position in covered:
            spread.append(row[covered[position]])
        elif text or (below and (not merged or _is_class(below))):
            spread.append(text or current)
        else:
            spread.append("")
    return spread


def _is_class(text: str) -> bool:
    return text in _SEX_WORDS or text in _TOTAL_WORDS


def _joined(texts: Sequence[str], schema: SourceSchema) -> str:
    """Join what stands above one column; sex last, words for the total left out."""
    if len(texts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(texts)
    names = [text for text in texts if not _is_class(normalise(text))]
    sexes = [_SEX_WORDS[n] for text in texts if (n := normalise(text)) in _SEX_WORDS]
    if not names:
        return texts[-1]
    if len(names) == len(texts):
        return _named(names, schema)
    name = _named(names, schema)
    return f"{name} {sexes[-1]}" if sexes else name


def _named(names: Sequence[str], schema: SourceSchema) -> str:
    """Return the lowest text, or two joined where only these name a column of the source."""
    lowest = names[-1]
    if not may_be_part(lowest, schema):
        return lowest
    pairs = [pair for upper in names[:-1] for pair in ((upper, lowest), (lowest, upper))]
    for parts in ((lowest,), *pairs):
        if is_name(parts, schema):
            return " ".join(parts)
    return lowest
