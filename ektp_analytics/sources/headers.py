"""Find the header of a table and which column is which, by name and never by position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache

from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period
from ektp_analytics.sources.schema import SourceSchema

# Ranks of a match: the column's own name, a known synonym, a phrase of a long question.
OWN_NAME, SYNONYM, QUESTION = 0, 1, 2
IMPORTANCE_PREFIX = "importance_"
_IMPORTANCE_WORDS = re.compile(
    r"\b(?:harapan|kepentingan|tingkat kepentingan|importance|expectation)\b"
)
_NUMBERED_ELEMENT = re.compile(r"(?:u|unsur)\s*(\d{1,2})")
_LEADING_NUMBER = re.compile(r"^(?:(?:u|unsur|q|no|p|pertanyaan)?\s*\d{1,2}[a-z]?\s+)+(?=[^\W\d])")
_UNIT = re.compile(r"\([^)]*\)")
# Words a long question must have so that its phrases are looked at.
_QUESTION_WORDS = 3
_EXCEL_DAYS = (36_526, 55_153)  # 1 January 2000 to 31 December 2050


@lru_cache(maxsize=65_536)
def normalise(text: object) -> str:
    """Return a header without case, signs and surplus blanks, for comparison only."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    return " ".join(re.sub(r"[^\w]+|_+", " ", folded).split())


def header_text(cell: object) -> str:
    """Return a header cell as text; a date stands for its month (``Januari 2025``)."""
    if isinstance(cell, (date, datetime)):
        return Period(cell.year, "month", cell.month).label()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def month_headers(headers: Sequence[str], epoch_1904: bool = False) -> list[str]:
    """Return headers in which bare day numbers of first-of-month days are month names.

    Only where at least two headers are such numbers: Excel stores a month header as the
    day number of its first day.
    """
    import pandas as pd

    origin = "1904-01-01" if epoch_1904 else "1899-12-30"
    days = [
        pd.Timestamp(origin) + pd.Timedelta(days=int(h))
        if re.fullmatch(r"\d{5}", h) and _EXCEL_DAYS[0] <= int(h) <= _EXCEL_DAYS[1]
        else None
        for h in headers
    ]
    firsts = [d for d in days if d is not None and d.day == 1]
    if len(firsts) < 2 or len(firsts) != sum(d is not None for d in days):  # noqa: PLR2004
        return list(headers)
    return [
        header_text(d.to_pydatetime()) if d is not None else h
        for h, d in zip(headers, days, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Match:
    """One header matched to a key, and how well; fallbacks rank between the named ranks."""

    key: str
    rank: float


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """Which header position each key was found at.

    Parameters
    ----------
    positions
        Key to column position.
    headers
        Header text by position, as shown in the file.
    by_number
        Keys recognised only by a number (``u8``).
    ambiguous
        Key to the positions that match it equally well.
    joined
        Key to further positions whose texts belong to it.
    """

    positions: Mapping[str, int]
    headers: Sequence[str]
    by_number: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    joined: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def named(self) -> dict[str, str]:
        """Return the header text by key, as it is saved in ``office.yaml``."""
        return {key: self.headers[position] for key, position in self.positions.items()}


def match_headers(
    headers: Sequence[str], schema: SourceSchema, numbered: Sequence[str] = ()
) -> HeaderMap:
    """Match every header of one row to the columns of a source.

    Parameters
    ----------
    headers
        Header texts in file order; blanks stay unmatched.
    schema
        The source's columns.
    numbered
        Keys of the elements in the regulation's order, for headers ``u1``, ``u2``, ….

    Notes
    -----
    A column's own key or label beats a synonym, a synonym beats a question text. Two
    headers that match equally well are ambiguous and stay unmapped.
    """
    found: dict[str, list[tuple[float, int]]] = {}
    for position, header in enumerate(headers):
        match = _match_one(header, schema)
        if match:
            found.setdefault(match.key, []).append((match.rank, position))
    numbers = _match_numbers(headers, numbered, found)
    for key, position in numbers.items():
        found[key] = [(SYNONYM, position)]
    joined = {k: places for k, places in found.items() if _is_joined(k, schema)}
    best = {k: _best(places) for k, places in found.items() if k not in joined}
    several = {k: sorted(p for _, p in places) for k, places in joined.items()}
    positions = {k: places[0] for k, places in best.items() if len(places) == 1}
    return HeaderMap(
        positions=positions | {k: places[0] for k, places in several.items()},
        headers=list(headers),
        by_number=tuple(numbers),
        ambiguous={k: tuple(places) for k, places in best.items() if len(places) > 1},
        joined={k: tuple(places[1:]) for k, places in several.items() if len(places) > 1},
    )


def _is_joined(key: str, schema: SourceSchema) -> bool:
    column = schema.columns.get(key)
    return column is not None and column.several == "join"


def is_name(parts: Sequence[str], schema: SourceSchema) -> bool:
    """Tell whether a header, or several joined, is a name of a column and no question text."""
    match = _names(schema.key).get(" ".join(filter(None, map(normalise, parts))))
    return match is not None and match.rank <= SYNONYM


def may_be_part(text: str, schema: SourceSchema) -> bool:
    """Tell whether a text, joined with others before or behind it, may be a column's name."""
    return normalise(text) in _name_ends(schema.key)


def rank_of(header: str, schema: SourceSchema) -> float | None:
    """Return how well a header names a column of a source; None where it names none."""
    match = _match_one(header, schema)
    return match.rank if match else None


def apply_mapping(
    found: HeaderMap, mapping: Mapping[str, str], schema: SourceSchema, file: str
) -> HeaderMap:
    """Let the user's own mapping override what was recognised.

    Raises
    ------
    Refused
        When a key or a header of the mapping does not exist, or a header stands twice.
    """
    if not mapping:
        return found
    positions = dict(found.positions)
    for key, header in mapping.items():
        known = key in schema.columns or key in schema.clocks
        if not known and not key.startswith(IMPORTANCE_PREFIX):
            raise refuse("map_key_unknown", file=file, value=key, known=", ".join(schema.columns))
        places = positions_of(header, found.headers)
        if not places:
            raise refuse(
                "map_header_unknown", file=file, value=header, known=_listed(found.headers)
            )
        if len(places) > 1:
            columns = ", ".join(column_letter(p) for p in places)
            raise refuse("header_ambiguous", file=file, value=header, column=key, columns=columns)
        positions = {k: p for k, p in positions.items() if p != places[0] or k == key}
        positions[key] = places[0]
    ambiguous = {
        key: rest
        for key, places in found.ambiguous.items()
        if key not in mapping
        and (rest := tuple(p for p in places if p not in positions.values()))
        and len(rest) > 1
    }
    singles = {
        key: rest[0]
        for key, places in found.ambiguous.items()
        if key not in mapping
        and len(rest := tuple(p for p in places if p not in positions.values())) == 1
    }
    by_number = tuple(key for key in found.by_number if key not in mapping)
    chosen = positions | singles
    joined = {
        key: tuple(p for p in places if p not in chosen.values())
        for key, places in found.joined.items()
        if key not in mapping
    }
    return HeaderMap(chosen, found.headers, by_number, ambiguous, joined)


def positions_of(header: str, headers: Sequence[str]) -> list[int]:
    """Return where a header stands: exact text first, else without case and signs."""
    exact = [i for i, h in enumerate(headers) if h.strip() == str(header).strip()]
    return exact or [i for i, h in enumerate(headers) if h and normalise(h) == normalise(header)]


def column_letter(position: int) -> str:
    """Return the spreadsheet letter of a column position from 0 (``A``, ``B``, …)."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _listed(headers: Iterable[str]) -> str:
    return ", ".join(f"“{h}”" for h in headers if h)


def _best(places: list[tuple[float, int]]) -> list[int]:
    rank = min(r for r, _ in places)
    return [position for r, position in places if r == rank]


def _match_one(header: str, schema: SourceSchema) -> Match | None:
    return _matched(header, schema.key)


@lru_cache(maxsize=16_384)
def _matched(header: str, source: str) -> Match | None:
    """Match one header; a sheet's rows are tried several times, alone and stacked."""
    from ektp_analytics.sources.schema import schema as load

    text, schema = normalise(header), load(source)
    if not text:
        return None
    importance = _IMPORTANCE_WORDS.search(text)
    if importance and schema.of_kind("answer"):
        bare = " ".join(_IMPORTANCE_WORDS.sub(" ", text).split())
        match = _match_text(bare, schema)
        is_element = match and schema.columns[match.key].kind == "answer"
        return Match(IMPORTANCE_PREFIX + match.key, match.rank) if match and is_element else None
    match = _match_text(text, schema)
    if match or "(" not in header:
        return match
    return _match_text(normalise(_UNIT.sub(" ", header)), schema)


def _match_text(text: str, schema: SourceSchema) -> Match | None:
    names = _names(schema.key)
    for candidate in (text, _LEADING_NUMBER.sub("", text)):
        if candidate in names:
            return names[candidate]
    return _match_question(text, schema)


@cache
def _names(source: str) -> dict[str, Match]:
    """Return every name of every column of a source, normalised."""
    from ektp_analytics.sources.schema import schema as load

    names: dict[str, Match] = {}
    columns = load(source).columns
    for rank in (OWN_NAME, SYNONYM):
        for key, column in columns.items():
            for name in (column.key, column.label) if rank == OWN_NAME else column.synonyms:
                names.setdefault(normalise(name), Match(key, rank))
    for key, clock in load(source).clocks.items():
        for name in clock.synonyms:
            names.setdefault(normalise(name), Match(key, SYNONYM))
    for key, column in columns.items():
        for step, name in enumerate(column.fallbacks, start=1):
            rank_here = SYNONYM + step / (len(column.fallbacks) + 1)
            names.setdefault(normalise(name), Match(key, rank_here))
    return names


@cache
def _name_ends(source: str) -> frozenset[str]:
    """Return the words that names begin or end with, whole names and nothing among them."""
    words = [name.split() for name in _names(source)]
    ends = (part for ws in words for i in range(len(ws) + 1) for part in (ws[:i], ws[i:]))
    return frozenset(map(" ".join, ends))


def _match_question(text: str, schema: SourceSchema) -> Match | None:
    """Match a long question to the one column whose longest phrase it holds.

    Elements and comments come first: a question on them may name the service as well.
    """
    if len(text.split()) < _QUESTION_WORDS:
        return None
    padded = f" {text} "
    for wanted in _phrases(schema.key):
        weights = {
            key: max((len(p) for p in phrases if f" {p} " in padded), default=0)
            for key, phrases in wanted.items()
        }
        best = max(weights.values(), default=0)
        leaders = [key for key, weight in weights.items() if weight == best]
        if best:
            return Match(leaders[0], QUESTION) if len(leaders) == 1 else None
    return None


@cache
def _phrases(source: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the phrases of elements and comments, and those of all other columns."""
    from ektp_analytics.sources.schema import schema as load

    first: dict[str, list[str]] = {}
    second: dict[str, list[str]] = {}
    for key, column in load(source).columns.items():
        if column.question:
            place = first if column.kind == "answer" or column.several == "join" else second
            place[key] = [normalise(phrase) for phrase in column.question]
    return first, second


def _match_numbers(
    headers: Sequence[str], numbered: Sequence[str], found: Mapping[str, object]
) -> dict[str, int]:
    """Match ``u1``…``u9`` in the regulation's order where no name says otherwise."""
    matches: dict[str, int] = {}
    if not numbered:
        return matches
    for position, header in enumerate(headers):
        number = _NUMBERED_ELEMENT.fullmatch(normalise(header))
        index = int(number[1]) - 1 if number else -1
        if 0 <= index < len(numbered) and numbered[index] not in found:
            matches[numbered[index]] = position
    return matches
