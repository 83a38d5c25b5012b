"""The tables of a roll-up in the words of a language, the same for workbook and page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from ektp_analytics.batch.rollup import ROLLUP_SETTINGS, Rollup
from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.scoring.sensitivity import OVERALL

# Digits after the mark by column; whole numbers elsewhere.
DECIMALS = {
    **dict.fromkeys(("score", "index", "low", "high", "before", "after", "difference"), 2),
    **dict.fromkeys(("median_hours", "p90_hours"), 1),
    **dict.fromkeys(("recording_coverage", "card_possession", "within_limit"), 2),
}
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
        "coverage": found.coverage,
        "waiting": found.waiting,
        "margins": found.margins.drop(columns="hidden"),
        "moved": found.moved,
    }
    return tuple(
        RollupTable(
            key, tell(f"rollup.{key}", lang), _note(key, found, lang), _in_words(frame, found, lang)
        )
        for key, frame in frames.items()
        if not frame.empty or key == "moved"
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


def _note(key: str, found: Rollup, lang: Language) -> str:
    if key == "moved" and found.moved.empty:
        return tell("rollup.moved_none", lang)
    if not known(f"rollup.{key}_note"):
        return ""
    return tell(f"rollup.{key}_note", lang, **_details(found, lang))


def _details(found: Rollup, lang: Language) -> dict[str, str]:
    """Return what the notes name, as it is printed."""
    pooled = found.waiting_pooled
    within = pooled.within_limit if pooled else None
    whole = found.coverage["n_offices"].iloc[-1] if len(found.coverage) else 0
    return {
        "draws": numbers.number(ROLLUP_SETTINGS.draws, 0, lang),
        "seed": str(ROLLUP_SETTINGS.seed),
        "count": numbers.number(found.offices, 0, lang),
        "whole": numbers.number(int(whole), 0, lang),
        "n": numbers.number(pooled.n if pooled else 0, 0, lang),
        "median": numbers.duration(pooled.median_hours if pooled else None, lang),
        "within": numbers.percent(within, 1, lang),
    }


def _in_words(frame: pd.DataFrame, found: Rollup, lang: Language) -> pd.DataFrame:
    """Put names for keys; every other text stays what the offices wrote."""
    shown = frame.copy()
    if "office" in shown:
        total = tell("rollup.total", lang)
        shown["office"] = [found.names.get(office, total) for office in shown["office"]]
    for name in (column for column in _WORDS if column in shown):
        shown[name] = [
            tell(f"rollup.value_{str(value).replace(' ', '_')}", lang) for value in shown[name]
        ]
    if "name" in shown:
        shown["name"] = shown["name"].replace("", tell("rollup.blank", lang))
    return shown


def printed(frame: pd.DataFrame, lang: Language = "id") -> pd.DataFrame:
    """Return a table with every figure as it is printed and every column by its head."""
    cells: dict[str, list[str | None]] = {}
    for name in frame.columns:
        head = tell(f"rollup.column_{name}", lang)
        if pd.api.types.is_numeric_dtype(frame[name]):
            values = frame[name].astype(object).where(frame[name].notna(), None)
            digits = DECIMALS.get(str(name), 0)
            cells[head] = [numbers.number(value, digits, lang) for value in values]
        else:
            cells[head] = [None if pd.isna(value) else str(value) for value in frame[name]]
    return pd.DataFrame(cells, dtype=object)
