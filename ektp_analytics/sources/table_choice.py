"""Choose the one table of a source among the sheets of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from ektp_analytics.errors import refuse
from ektp_analytics.periods import Period
from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.headers import apply_mapping
from ektp_analytics.sources.layout import Table, find_table, first_texts
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.schema import SourceSchema
from ektp_analytics.standards.skm import elements

_HEADERS_SHOWN = 20
_LABELS_EXPECTED = 12


def choose_table(
    sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions, log: FindingLog
) -> Table:
    """Return the one table of the source; several sheets that hold it are asked about.

    Raises
    ------
    Refused
        No sheet of that name, no header recognised, or several sheets that may be meant.
    """
    if options.sheet is not None:
        sheets = [s for s in sheets if s.name == options.sheet]
        if not sheets:
            raise refuse("sheet_unknown", file=log.file, value=options.sheet)
    numbered = [e.key for e in elements()] if known.of_kind("answer") else []
    tables = [t for s in sheets if (t := find_table(s, known, numbered, options.mapping))]
    if not tables:
        _refuse_header(sheets, known, options, log)
    counts = [len(t.header.positions) for t in tables]
    best = [t for t, n in zip(tables, counts, strict=True) if n == max(counts)]
    best = [t for t in best if not t.body.empty] or best[:1]
    if len(best) > 1:
        months = [_is_month(t.sheet.name) for t in best]
        rule = "sheets_by_month" if all(months) else "sheets_several"
        raise refuse(rule, file=log.file, sheets=", ".join(f"“{t.sheet.name}”" for t in best))
    header = apply_mapping(best[0].header, options.mapping, known, log.file)
    return replace(best[0], header=header)


def _is_month(name: str | None) -> bool:
    labels = [Period(2000, "month", m).label().split()[0].casefold() for m in range(1, 13)]
    return any((name or "").casefold().startswith(label[:3]) for label in labels)


def _refuse_header(
    sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions, log: FindingLog
) -> NoReturn:
    seen = first_texts(sheets[0]) if sheets else []
    shown = ", ".join(f"“{h}”" for h in seen[:_HEADERS_SHOWN]) or "-"
    if options.mapping and seen:
        missing = ", ".join(f"“{h}”" for h in options.mapping.values())
        raise refuse("map_header_unknown", file=log.file, value=missing, known=shown)
    expected = ", ".join(list(known.labels().values())[:_LABELS_EXPECTED])
    raise refuse(
        "header_not_found",
        file=log.file,
        source=known.key,
        key=known.key,
        name=known.name["id"],
        seen=shown,
        expected=expected,
    )
