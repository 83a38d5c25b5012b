"""How well a file fits a source: which of its columns a header names."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.layout import Table, find_table
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.schema import SourceSchema, schema
from ektp_analytics.standards.skm import elements


def tables_of(sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions) -> list[Table]:
    """Return the table of a source in each sheet that holds one."""
    numbered = [e.key for e in elements()] if known.of_kind("answer") else []
    keys = {*known.columns, *known.clocks}
    mapping = {k: h for k, h in options.mapping.items() if k in keys}
    wanted = [s for s in sheets if options.sheet in (None, s.name)]
    return [t for s in wanted if (t := find_table(s, known, numbered, mapping))]


def columns_found(sheets: Sequence[Sheet], source: str, options: ReadOptions) -> set[str]:
    """Return the keys of a source that the header of a file names."""
    return {
        key
        for table in tables_of(sheets, schema(source), options)
        for key in (*table.header.positions, *table.header.ambiguous)
    }
