"""Bab IV: what supports and what hinders, from every source, each with its strength."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.drivers import HINDERING, SUPPORTING, Drivers, drivers
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import in_sentence, principle_name
from ektp_analytics.report.sections.phrases import known, tell
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

MOST_OF_A_KIND = 2
"""Rows of one kind and direction on the page; the notebook shows them all."""
_HEADS = ("factor", "strength", "n", "source")
_WIDTHS = (222, 232, 56, 132)  # px
_DECIMALS = {"statements": 0, "complaints": 0, "index points": 2}


def found_drivers(run: PeriodRun, lang: Language) -> Drivers:
    """Return every supporting and hindering factor of a run; points are the scorecard's."""
    values = [line.value for line in run.scorecard.lines]
    weights = {line.value.code: line.effective_weight for line in run.scorecard.lines}
    return drivers(run.data, values, run.catalogue, weights=weights, lang=lang)


def drivers_table(run: PeriodRun, edition: Edition) -> list[Block]:
    """Return the strongest factors of each kind as one table; empty where there is none."""
    lang = edition.lang
    table = found_drivers(run, lang).table
    chosen = table.groupby(["kind", "direction"], sort=False).head(MOST_OF_A_KIND)
    rows, kinds = [], []
    for direction in (HINDERING, SUPPORTING):
        part = [_printed(dict(row), lang) for _, row in chosen.iterrows()
                if row["direction"] == direction]  # fmt: skip
        if part:
            rows += [[tell(f"drivers.{direction}", lang), "", "", ""], *part]
            kinds += ["group", *["row"] * len(part)]
    if not rows:
        return []
    heads = [tell(f"drivers.head_{name}", lang) for name in _HEADS]
    block = plain_table(
        pd.DataFrame(rows, columns=heads),
        edition,
        key="drivers",
        caption=tell("drivers.caption", lang),
        source=tell("drivers.source", lang, most=wording.spelled(MOST_OF_A_KIND, lang)),
        kinds=kinds,
        widths=dict(zip(heads, _WIDTHS, strict=True)),
        align={heads[1]: "left", heads[2]: "right"},
    )
    return [block]


def _printed(row: dict[Any, Any], lang: Language) -> list[str]:
    """Return one factor as it is printed: what, how strong, on how many, from which source."""
    n = None if pd.isna(row["n"]) else int(row["n"])
    return [
        _factor(row, lang),
        _strength(row, lang),
        numbers.number(n, 0, lang),
        wording.capital(in_sentence("source", row["source"], lang)),
    ]


def _factor(row: dict[Any, Any], lang: Language) -> str:
    factor = wording.capital(str(row["factor"]))
    if row["kind"] == "complaint":
        key = f"complaints.category_{row['factor']}"
        factor = tell(key, lang) if known(key) else factor
        return tell("drivers.complaint", lang, category=factor)
    if row["kind"] == "signal":
        day = numbers.day(date.fromisoformat(row["detail"]), lang)
        return tell("drivers.signal", lang, indicator=factor, day=day)
    return factor


def _strength(row: dict[Any, Any], lang: Language) -> str:
    """Say how strong a factor is, in the words of its unit."""
    unit, value = str(row["unit"]), float(row["strength"])
    decimals = _DECIMALS.get(unit, 1)
    signed = row["kind"] in ("group", "signal")
    printed = (numbers.signed if signed else numbers.number)(value, decimals, lang)
    key = f"{row['kind']}_{row['direction']}" if row["kind"] == "gap" else str(row["kind"])
    if row["kind"] == "group":
        key = "group_on_time" if row["code"] else "group_index"
    if row["kind"] in ("evidence", "complaint") and value == 1:
        key += "_one"  # English tells one from many
    principle = principle_name(str(row["principle"]), lang) if row["principle"] else ""
    words = {"value": printed, "principle": principle, "upheld": str(row["detail"])}
    return tell(f"drivers.strength_{key}", lang, **words)
