"""The tables of a roll-up in the words of a language, the same for workbook and page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ektp_analytics.batch.rollup import ROLLUP_SETTINGS, Rollup
from ektp_analytics.errors import Language
from ektp_analytics.indicators.labels import labels
from ektp_analytics.report import numbers
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.scoring.sensitivity import OVERALL

# Digits after the mark by column; whole numbers elsewhere.
DECIMALS = {
    **dict.fromkeys(("score", "index", "low", "high", "before", "after", "difference"), 2),
    **dict.fromkeys(("median_hours", "p90_hours"), 1),
    **dict.fromkeys(("recording_coverage", "card_possession", "within_limit"), 2),
}
MOVES = ("up", "down")
BY_OFFICE = ("index", "coverage", "waiting")
_WORDS = ("key", "margin", "figure", "verdict")


@dataclass(frozen=True, slots=True)
class RollupTable:
    """One table: its key, title, note and rows; columns keep their English keys."""

    key: str
    title: str
    note: str
    frame: pd.DataFrame = field(repr=False)


def tables_of(found: Rollup, lang: Language = "id") -> tuple[RollupTable, ...]:
    """Return the tables of a roll-up, offices by their names, best rank first.

    Parameters
    ----------
    found
        What `roll_up` gave.
    lang
        Language of words; numbers stay numbers.
    """
    frames = {
        "league": _league(found),
        "index": found.index,
        "coverage": found.coverage.drop(columns="n_offices"),
        "waiting": found.waiting,
        "margins": found.margins.drop(columns="hidden"),
        "moved": _moved(found),
    }
    return tuple(
        RollupTable(
            key, tell(f"rollup.{key}", lang), _note(key, found, lang), _in_words(frame, found, lang)
        )
        for key, frame in frames.items()
        if not frame.empty or key == "moved" or key in BY_OFFICE
    )


def _league(found: Rollup) -> pd.DataFrame:
    """Put the whole before the principles, and the best before the rest."""
    league = found.league
    order = {key: place for place, key in enumerate(league["key"].unique(), start=1)}
    place = league["key"].map(order | {OVERALL: 0})
    sorted_ = league.assign(place=place).sort_values(
        ["place", "rank", "office"], kind="stable", na_position="last"
    )
    return sorted_.drop(columns="place").reset_index(drop=True)


def _moved(found: Rollup) -> pd.DataFrame:
    """Put what moved before what did not."""
    place = found.moved["verdict"].isin(MOVES)
    return pd.concat([found.moved[place], found.moved[~place]], ignore_index=True)


def _note(key: str, found: Rollup, lang: Language) -> str:
    """Return what must be known of a table, and which offices are not in it."""
    if key == "moved" and found.moved.empty:
        return tell("rollup.moved_none", lang)
    if key in BY_OFFICE and getattr(found, key).empty:
        return tell("rollup.none", lang)
    named = f"rollup.{key}_note"
    said = tell(named, lang, **_details(found, lang)) if known(named) else ""
    return " ".join(words for words in (said, _absent(key, found, lang)) if words)


def _absent(key: str, found: Rollup, lang: Language) -> str:
    """Name the offices that are not in a table, because they gave no file for it."""
    if key not in BY_OFFICE:
        return ""
    inside = set(getattr(found, key)["office"])
    names = [name for office, name in found.names.items() if office not in inside]
    return tell("rollup.absent", lang, names=numbers.joined(names, lang)) if names else ""


def _details(found: Rollup, lang: Language) -> dict[str, str]:
    """Return what the notes name, as it is printed."""
    pooled = found.waiting_pooled
    within = pooled.within_limit if pooled else None
    return {
        "draws": numbers.number(ROLLUP_SETTINGS.draws, 0, lang),
        "seed": str(ROLLUP_SETTINGS.seed),
        "count": numbers.number(found.offices, 0, lang),
        "whole": _whole(found, lang),
        **_verdicts(found, lang),
        "n": numbers.number(pooled.n if pooled else 0, 0, lang),
        "median": numbers.duration(pooled.median_hours if pooled else None, lang),
        "within": numbers.percent(within, 1, lang),
    }


def _verdicts(found: Rollup, lang: Language) -> dict[str, str]:
    """Count the figures that rose, fell, and neither."""
    counts = found.moved["verdict"].value_counts()
    moves = {verdict: int(counts.get(verdict, 0)) for verdict in MOVES}
    moves["others"] = len(found.moved) - sum(moves.values())
    return {name: numbers.number(count, 0, lang) for name, count in moves.items()}


def _whole(found: Rollup, lang: Language) -> str:
    """Return how many offices the sum of the coverage holds."""
    whole = found.coverage["n_offices"].iloc[-1] if len(found.coverage) else 0
    return numbers.number(int(whole), 0, lang)


def _in_words(frame: pd.DataFrame, found: Rollup, lang: Language) -> pd.DataFrame:
    """Put names for keys; every other text stays what the offices wrote."""
    shown = frame.copy()
    if "office" in shown:
        total = tell("rollup.total", lang, count=_whole(found, lang))
        shown["office"] = [found.names.get(office, total) for office in shown["office"]]
    if "margin" in shown:
        pairs = zip(shown["margin"], shown["name"], strict=True)
        shown["name"] = [class_name(margin, name, lang) for margin, name in pairs]
    for name in (column for column in _WORDS if column in shown):
        shown[name] = [
            tell(f"rollup.value_{str(value).replace(' ', '_')}", lang) for value in shown[name]
        ]
    return shown


def class_name(margin: str, name: str, lang: Language = "id") -> str:
    """Return the printed name of a class; what an office wrote itself stays as it is."""
    if not name:
        return tell("rollup.blank", lang)
    known_names = labels()["classes"].get(margin, {})
    return str(known_names[name][lang]) if name in known_names else name


def printed(frame: pd.DataFrame, lang: Language = "id") -> pd.DataFrame:
    """Return a table as a page shows it: figures in print, both bounds in one column.

    A column of notes without a note is left out.
    """
    cells: dict[str, list[str | None]] = {}
    for name in frame.columns:
        if name == "low":
            cells[tell("rollup.column_interval", lang)] = _intervals(frame, lang)
        elif name != "high" and (name != "note" or frame[name].ne("").any()):
            cells[tell(f"rollup.column_{name}", lang)] = _printed_column(frame[name], lang)
    return pd.DataFrame(cells, dtype=object)


def _intervals(frame: pd.DataFrame, lang: Language) -> list[str | None]:
    digits = DECIMALS["low"]
    bounds = zip(frame["low"], frame["high"], strict=True)
    return [numbers.interval(pair, digits, lang) for pair in bounds]


def _printed_column(column: pd.Series, lang: Language) -> list[str | None]:
    values = column.astype(object).where(column.notna(), None)
    if pd.api.types.is_numeric_dtype(column):
        digits = DECIMALS.get(str(column.name), 0)
        return [numbers.number(value, digits, lang) for value in values]
    if column.name == "as_of":
        return [numbers.short_day(value, lang) for value in values]
    return [None if value is None else str(value) for value in values]
