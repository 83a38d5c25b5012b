"""What must be published, what was promised, what is planned."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.report import numbers
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

QUARTERS = (1, 2, 3, 4)


def publication_checklist(
    table: pd.DataFrame,
    edition: Edition,
    *,
    caption: str = "",
    source: str = "",
    key: str = "publications",
) -> Table:
    """Print which required items are published.

    Parameters
    ----------
    table
        One row per item: ``item``, ``required_by`` (regulation), ``published`` (bool,
        absent if unknown); optional ``group`` (rows of a group stand together under its
        name), ``place``, ``published_on`` (date), ``covers``, ``overdue`` (bool: an older
        cycle than the one due).
    edition
        Language, cut-off date and numbering.
    caption, source, key
        What the table shows; line under it; key of its number.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("item", say("head.item", lang), 216),
        Column("required_by", say("head.basis", lang), 118),
        Column("published", say("head.published", lang), 96),
        Column("place", say("head.medium", lang), 112),
        Column("published_on", say("head.published_on", lang), 100),
    ]
    optional = ("group", "place", "published_on", "covers", "overdue")
    rows: list[Row] = []
    group = None
    for row in records(table, ("item", "required_by", "published"), optional):
        if row["group"] and row["group"] != group:
            group = row["group"]
            name = Cell(str(group), strong=True, span=len(columns))
            rows.append(Row({"item": name}, "group"))
        rows.append(Row(_published_cells(row, edition)))
    caption = caption or say("table.publications", lang)
    empty = say("table.no_publications", lang)
    label = edition.table_label(key)
    return Table(columns, rows, label, caption, source, row_height=21, empty=empty)


def follow_up_done(
    table: pd.DataFrame,
    edition: Edition,
    *,
    caption: str = "",
    source: str = "",
    key: str = "follow_up_done",
) -> Table:
    """Print the last period's promises and what became of them.

    Parameters
    ----------
    table
        One row per promise: ``action``, ``due`` (date), ``done_on`` (date, absent if
        not done); optional ``evidence``, ``responsible``, ``late`` (bool; by default done
        after `due`, or not done and due by the cut-off date),
        ``verdict`` (what happened to its indicator since) and ``better`` (bool).
    edition, caption, source, key
        As in `publication_checklist`.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("action", say("head.activity", lang), 228),
        Column("due", say("head.due", lang), 100),
        Column("status", say("head.status", lang), 104),
        Column("moved", say("head.moved", lang), 122),
        Column("evidence", say("head.proof", lang), 88),
    ]
    optional = ("evidence", "responsible", "late", "verdict", "better")
    rows = [
        Row(_done_cells(row, edition))
        for row in records(table, ("action", "due", "done_on"), optional)
    ]
    caption = caption or say("table.follow_up_done", lang)
    empty = say("table.no_follow_up", lang)
    return Table(columns, rows, edition.table_label(key), caption, source, empty=empty)


def follow_up_plan(
    table: pd.DataFrame,
    edition: Edition,
    *,
    year: int,
    period_label: str,
    caption: str = "",
    source: str = "",
    key: str = "follow_up_plan",
) -> Table:
    """Print the follow-up plan (rencana tindak lanjut), weakest element first.

    Parameters
    ----------
    table
        One row per action in order: ``subject`` (element or indicator), ``state``
        (``75,06 · C``), ``action``, ``measure`` (of success), ``quarters`` (list of 1–4),
        ``responsible`` (office, absent: left blank to be filled in).
    edition
        Language, cut-off date and numbering.
    year
        Year of the quarters.
    period_label
        Period of the state, in short (``TW IV 2025``).
    caption, source, key
        As in `publication_checklist`.

    Returns
    -------
    Table
    """
    lang = edition.lang
    over = say("head.quarters", lang, year=year)
    columns = [
        Column("number", "", 20),
        Column("subject", say("head.priority", lang), 106),
        Column("state", say("head.state", lang, period=period_label), 72),
        Column("action", say("head.activity", lang), 170),
        Column("measure", say("head.measure", lang), 104),
        *(Column(f"q{q}", numbers.ROMAN[q - 1], 24, "center", over) for q in QUARTERS),
        Column("responsible", say("head.responsible", lang), 78),
    ]
    names = ("subject", "state", "action", "measure", "quarters", "responsible")
    rows = [Row(_plan_cells(n, row)) for n, row in enumerate(records(table, names), 1)]
    caption = caption or say("table.follow_up_plan", lang, year=year)
    empty = say("table.no_plan", lang)
    return Table(columns, rows, edition.table_label(key), caption, source, empty=empty)


def _published_cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    if row["published"] is None:
        state = Cell(say("absent.short", lang), tone="muted")
    elif not row["published"]:
        state = Cell(say("table.unpublished", lang), "", "diamond", "attention", strong=True)
    elif row["overdue"]:
        state = Cell(say("table.overdue", lang), "", "diamond", "attention", strong=True)
    else:
        state = Cell(say("table.published", lang), "", "check")
    covers = f"{say('head.covers', lang)} {row['covers']}" if row["covers"] else ""
    return {
        "item": str(row["item"]),
        "required_by": str(row["required_by"] or numbers.ABSENT),
        "published": state,
        "place": str(row["place"] or numbers.ABSENT),
        "published_on": Cell(numbers.short_day(row["published_on"], lang), covers),
    }


def _done_cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    done = row["done_on"]
    if done is not None:
        day = numbers.short_day(done, lang)
        status = Cell(say("table.done", lang, date=day), "", "check")
    elif _is_late(row, edition):
        status = Cell(say("table.undone", lang), "", "diamond", "attention", strong=True)
    else:
        status = Cell(say("table.running", lang), "", "ring")
    return {
        "action": Cell(str(row["action"]), str(row["responsible"] or "")),
        "due": numbers.day(row["due"], lang),
        "status": status,
        "moved": _moved_cell(row),
        "evidence": str(row["evidence"] or numbers.ABSENT),
    }


def _moved_cell(row: dict[str, Any]) -> Cell | str:
    """Return what happened to the subject of a promise since the period before."""
    if not row["verdict"]:
        return numbers.ABSENT
    if row["better"] is None:
        return str(row["verdict"])
    if row["better"]:
        return Cell(str(row["verdict"]), "", "up")
    return Cell(str(row["verdict"]), "", "down", "attention", strong=True)


def _is_late(row: dict[str, Any], edition: Edition) -> bool:
    if row["late"] is not None:
        return bool(row["late"])
    if row["due"] is None or edition.as_of is None:
        return True
    return pd.Timestamp(row["due"]).date() <= edition.as_of


def _plan_cells(number: int, row: dict[str, Any]) -> dict[str, Cell | str]:
    planned = set(row["quarters"] or ())
    cells: dict[str, Cell | str] = {
        "number": str(number),
        "subject": Cell(str(row["subject"]), strong=True),
        "state": str(row["state"] or numbers.ABSENT),
        "action": str(row["action"]),
        "measure": str(row["measure"] or numbers.ABSENT),
        "responsible": str(row["responsible"] or numbers.ABSENT),
    }
    for quarter in QUARTERS:
        if quarter in planned:
            cells[f"q{quarter}"] = Cell(numbers.ROMAN[quarter - 1], mark="square", hidden=True)
    return cells
