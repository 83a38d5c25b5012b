"""Where the figures come from: files and rows, findings, standards, how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.wording import say

HASH_DIGITS = 12
MOST_FINDINGS = 12
SEVERITY_ORDER = ("error", "warning", "note")


def files_table(
    table: pd.DataFrame,
    edition: Edition,
    *,
    caption: str = "",
    source: str = "",
    key: str = "files",
) -> Table:
    """Print the source files and what became of their rows.

    Parameters
    ----------
    table
        One row per file: ``file`` (absent: not delivered), ``source`` (source key),
        ``read``, ``kept``, ``rejected``, ``repeats``, ``sha256``; optional ``note``
        (printed in place of the hash, as ``2 indikator belum dinilai``).
    edition
        Language, cut-off date and numbering.
    caption, source, key
        What the table shows; line under it; key of its number.

    Returns
    -------
    Table
        Read = used + rejected + merged in every row; a source not delivered is grey.
    """
    lang = edition.lang
    columns = [
        Column("file", say("head.file", lang), 172),
        Column("source", say("head.content", lang), 138),
        Column("read", say("head.read", lang), 54, "right"),
        Column("kept", say("head.kept", lang), 56, "right"),
        Column("rejected", say("head.rejected", lang), 56, "right"),
        Column("repeats", say("head.repeats", lang), 66, "right"),
        Column("sha256", say("head.sha", lang), 128),
    ]
    names = ("file", "source", "read", "kept", "rejected", "repeats", "sha256")
    rows = [_file_row(row, edition) for row in records(table, names, ("note",))]
    caption = caption or say("table.files", lang)
    source = source or say("table.files_source", lang)
    return Table(columns, rows, edition.table_label(key), caption, source)


def findings_table(
    table: pd.DataFrame,
    edition: Edition,
    *,
    most: int = MOST_FINDINGS,
    caption: str = "",
    key: str = "findings",
) -> Table:
    """Print what is wrong in the files, the gravest first.

    Parameters
    ----------
    table
        One row per finding: ``severity`` (``error``, ``warning``, ``note``), ``file``,
        ``message``, ``remedy``; optional ``sheet``, ``row``, ``column``, ``count``.
        `Finding.to_record` gives these names.
    edition
        Language, cut-off date and numbering.
    most
        Rows printed; the rest is counted under the table.
    caption, key
        What the table shows; key of its number.

    Returns
    -------
    Table
    """
    lang = edition.lang
    found = records(
        table, ("severity", "file", "message", "remedy"), ("sheet", "row", "column", "count")
    )
    found.sort(key=lambda row: (SEVERITY_ORDER.index(row["severity"]), -(row["count"] or 1)))
    columns = [
        Column("severity", say("head.level", lang), 82),
        Column("place", say("head.place", lang), 160),
        Column("message", say("head.found", lang), 220),
        Column("remedy", say("head.remedy", lang), 180),
    ]
    rest = len(found) - most
    more = say("table.findings_more", lang, count=numbers.number(rest, 0, lang)) if rest > 0 else ""
    return Table(
        columns,
        [Row(_finding_cells(row, edition)) for row in found[:most]],
        edition.table_label(key),
        caption or say("table.findings", lang),
        more,
        empty=say("table.no_findings", lang),
    )


def standards_table(
    table: pd.DataFrame, edition: Edition, *, source: str = "", key: str = "standards"
) -> Table:
    """Print the legal values in use and since when they hold.

    Parameters
    ----------
    table
        One row per value: ``name``, ``value_text``, ``basis`` (regulation and article),
        ``valid_text`` (``sejak 9 April 2018``).
    edition, source, key
        Language and numbering; line under the table; key of its number.

    Returns
    -------
    Table
    """
    lang = edition.lang
    columns = [
        Column("name", say("head.standard", lang), 176),
        Column("value_text", say("head.amount", lang), 130),
        Column("basis", say("head.basis", lang), 196),
        Column("valid_text", say("head.valid_from", lang), 140),
    ]
    names = ("name", "value_text", "basis", "valid_text")
    rows = [Row({n: str(row[n] or numbers.ABSENT) for n in names}) for row in records(table, names)]
    return Table(columns, rows, edition.table_label(key), say("table.standards", lang), source)


def making_table(
    pairs: Sequence[tuple[str, str]],
    edition: Edition,
    *,
    width: float = 310,
    key: str = "making",
) -> Table:
    """Print how the report was made: pairs of label and text (version, seed, time)."""
    columns = [Column("name", "", 120), Column("words", "", 190)]
    rows = [Row({"name": name, "words": words}) for name, words in pairs]
    caption = say("table.making", edition.lang)
    return Table(columns, rows, edition.table_label(key), caption, width=width, row_height=20)


def _file_row(row: dict[str, Any], edition: Edition) -> Row:
    lang = edition.lang
    counts = {
        name: numbers.number(row[name], 0, lang) for name in ("read", "kept", "rejected", "repeats")
    }
    digest = f"`{str(row['sha256'])[:HASH_DIGITS]}`" if row["sha256"] else numbers.ABSENT
    name = str(row["file"]) if row["file"] else say("table.not_delivered", lang)
    content = wording.name_of("source", str(row["source"]), lang)
    cells: dict[str, Cell | str] = {"file": name, "source": content, **counts}
    cells["sha256"] = row["note"] or (Cell(digest.strip("`"), code=True))
    return Row(cells, "row" if row["file"] else "muted")


def _finding_cells(row: dict[str, Any], edition: Edition) -> dict[str, Cell | str]:
    lang = edition.lang
    word = wording.name_of("severity", row["severity"], lang)
    grave = row["severity"] == "error"
    mark = Cell(word, "", "diamond", "attention", strong=True) if grave else Cell(word)
    return {
        "severity": mark,
        "place": _place(row, edition),
        "message": str(row["message"]),
        "remedy": str(row["remedy"] or numbers.ABSENT),
    }


def _place(row: dict[str, Any], edition: Edition) -> str:
    lang = edition.lang
    parts = [str(row["file"])]
    if row["sheet"]:
        parts.append(say("table.sheet", lang, sheet=row["sheet"]))
    count = row["count"] or 1
    if count > 1:
        parts.append(say("table.rows_count", lang, count=numbers.number(count, 0, lang)))
    elif row["row"]:
        parts.append(say("table.row", lang, row=numbers.number(row["row"], 0, lang)))
    if row["column"]:
        parts.append(say("table.column", lang, column=row["column"]))
    return ", ".join(parts)
