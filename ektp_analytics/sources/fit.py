"""How well a file fits a source: which of its columns a header names."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.sources.files import Sheet
from ektp_analytics.sources.headers import HeaderMap
from ektp_analytics.sources.layout import find_header
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.schema import SourceSchema, schema
from ektp_analytics.standards.skm import elements


def headers_of(
    sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions
) -> list[HeaderMap]:
    """Return the header of a source in each sheet that holds one."""
    numbered = [e.key for e in elements()] if known.of_kind("answer") else []
    keys = {*known.columns, *known.clocks}
    mapping = {k: h for k, h in options.mapping.items() if k in keys}
    wanted = [s for s in sheets if options.sheet in (None, s.name)]
    return [found[1] for s in wanted if (found := find_header(s, known, numbered, mapping))]


def columns_found(sheets: Sequence[Sheet], source: str, options: ReadOptions) -> set[str]:
    """Return the keys of a source that the header of a file names."""
    return {
        key
        for header in headers_of(sheets, schema(source), options)
        for key in (*header.positions, *header.ambiguous)
    }
