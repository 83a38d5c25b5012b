"""Audit the printed figures of one file: read as printed, checked, nothing corrected."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from ektp_analytics.errors import Finding
from ektp_analytics.measures.explanations import say
from ektp_analytics.measures.figure_list import audit_figure_list
from ektp_analytics.measures.grade_bands import GradeBand
from ektp_analytics.measures.printed_table import PrintedColumn, PrintedRow, PrintedTable
from ektp_analytics.measures.processing_sheet_audit import audit_processing_sheet
from ektp_analytics.measures.published_figures import AuditResult, Check, audit_table
from ektp_analytics.sources.printed_mapping import Mapped
from ektp_analytics.sources.printed_roles import ColumnRole, role_words
from ektp_analytics.sources.published_tables import PublishedTable, read_published
from ektp_analytics.standards.lookup import all_standards

BANDS_KEY = "skm_bands.scale"


def audit_published(
    path: str | Path, mapping: Mapped = (), sheet: str | None = None
) -> AuditResult:
    """Check every printed figure of a file against the figures beside it.

    Parameters
    ----------
    path
        A table with one row per printed table or place, a list with one row per figure
        and its role, or the survey's processing sheet; XLSX, XLS, ODS, CSV or Parquet.
    mapping
        Pairs of role and header, before what is recognised (``("total", "Wajib KTP")``).
    sheet
        Name of the sheet; needed only where several hold figures.

    Returns
    -------
    AuditResult

    Raises
    ------
    Refused
        When the file cannot be used, or holds no figure that can be checked.
    """
    return audited(read_published(path, mapping, sheet))[0]


def audited(table: PublishedTable) -> tuple[AuditResult, tuple[Finding, ...]]:
    """Audit a table as read; also return what was noticed while reading it."""
    bands = grade_bands()
    if table.annex is not None:
        as_of = " ".join(table.titles)
        annex = table.annex
        result = audit_processing_sheet(annex.answers, annex.feet, bands, as_of=as_of)
    elif table.layout == "list":
        (column,) = table.columns_with("printed")
        result = audit_figure_list(table.frame.rename(columns={column: "printed"}), column=column)
    else:
        result = audit_table(printed_table(table), bands)
        result = replace(result, checks=result.checks + _unused(table))
    return result, table.findings


def printed_table(table: PublishedTable) -> PrintedTable:
    """Return a table as read with its columns in their groups.

    A total that serves two groups (obligated persons: recorded, and holding a card)
    stands in both.
    """
    columns: list[PrintedColumn] = []
    places: list[str] = []
    for header in table.frame.columns:
        role = table.roles[header]
        for group in (role.group, *_also_in(role, table)):
            columns.append(PrintedColumn(header, role.role, group))
            places.append(header)
    rows = tuple(
        PrintedRow(int(str(row)), tuple(str(cell) for cell in cells))
        for row, cells in zip(table.frame.index, table.frame[places].to_numpy(), strict=True)
    )
    return PrintedTable(tuple(columns), rows)


def _also_in(role: ColumnRole, table: PublishedTable) -> list[str]:
    if role.role != "total":
        return []
    groups = {r.group for r in table.roles.values()}
    owned = {r.group for r in table.roles.values() if r.role == "total"}
    wanting = role_words().totals.items()
    return [g for g, other in wanting if other == role.group and g in groups and g not in owned]


def _unused(table: PublishedTable) -> tuple[Check, ...]:
    """Say of every column that holds figures but was not recognised that it is not checked."""
    row, why = table.header_row, say("column_unknown")
    return tuple(
        Check("column", row, header, header, None, "not checkable", why) for header in table.unused
    )


def grade_bands() -> tuple[GradeBand, ...]:
    """Return the grade bands of every scheme with the days it was in force."""
    return tuple(
        GradeBand(
            letter=row["grade"],
            lower=Fraction(row["lower"]),
            upper=Fraction(row["upper"]),
            label=row["label"]["id"],
            scheme=version.regulation,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
        )
        for version in all_standards()
        if version.key == BANDS_KEY
        for row in version.value
    )
