"""Read a table of printed figures exactly as printed, with the role of each column.

Three layouts are known: one row per printed table or place, a list with one row per
figure and its role, and the processing sheet of the survey with its foot rows (see
`ektp_analytics.sources.annex_sheets`). Nothing is turned into numbers here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Finding, refuse
from ektp_analytics.sources.annex_sheets import AnnexSheet, annex_sheet
from ektp_analytics.sources.files import DEFAULT_LIMITS, ReadLimits, Sheet, open_sheets
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.headers import column_letter, positions_of
from ektp_analytics.sources.printed_cells import printed_texts, split_counts
from ektp_analytics.sources.printed_headers import HeaderRow, header_rows
from ektp_analytics.sources.printed_mapping import Mapped, with_mapping
from ektp_analytics.sources.printed_roles import ColumnRole, is_figure_list, roles_of

Layout = Literal["rows", "list", "sheet"]
_HEADERS_SHOWN = 30
_FEWEST_COLUMN_NUMBERS = 3
_FIGURE = r"[+-]?\d[\d.,\s]*%?"


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table of printed figures as it stands in a file.

    Parameters
    ----------
    layout
        ``rows``: one row per printed table or place. ``list``: one row per figure, in the
        columns ``role, group, label`` and the printed one under its own header.
        ``sheet``: the survey's processing sheet.
    frame
        Texts as printed, index = row as the spreadsheet shows it, one column per header.
    roles
        Role of each header that has one; of a list only ``printed``.
    unused
        Headers of columns that hold figures but were not recognised.
    header_row
        Row of the header.
    titles
        Texts above the header.
    annex
        The processing sheet, for that layout only.
    findings
        What was noticed while reading.
    """

    layout: Layout
    frame: pd.DataFrame
    roles: Mapping[str, ColumnRole]
    unused: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...] = ()
    annex: AnnexSheet | None = None
    findings: tuple[Finding, ...] = ()

    def columns_with(self, role: str) -> tuple[str, ...]:
        """Return the headers of a role, in file order."""
        return tuple(
            h for h in self.frame.columns if h in self.roles and self.roles[h].role == role
        )


def read_published(
    path: str | Path,
    mapping: Mapped = (),
    sheet: str | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> PublishedTable:
    """Read one table of printed figures.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet.
    mapping
        Pairs of role and header that go before what is recognised; all of them belong
        together.
    sheet
        Name of the sheet; needed only where several hold figures.
    limits
        Sizes beyond which the file is refused.

    Returns
    -------
    PublishedTable

    Raises
    ------
    Refused
        No readable table, no known header, one header over two columns that are needed,
        or a mapping that names what is not there.
    """
    place = Path(path)
    log = FindingLog("published_figures", place.name)
    sheets = _wanted(open_sheets(place, log, limits), sheet, log.file)
    candidates = [c for s in sheets if (c := _best_header(s, mapping))]
    if not candidates:
        raise _no_header(sheets, mapping, log.file)
    best = [c for c in candidates if c.score == max(c.score for c in candidates)]
    if len(best) > 1:
        names = ", ".join(f"“{c.sheet.name}”" for c in best)
        raise refuse("sheets_several", file=log.file, sheets=names)
    log.sheet = best[0].sheet.name
    table = _cut(best[0], mapping, log)
    return replace(table, findings=log.findings())


@dataclass(frozen=True, slots=True)
class _Candidate:
    sheet: Sheet
    header: HeaderRow
    score: float


def _wanted(sheets: Sequence[Sheet], name: str | None, file: str) -> Sequence[Sheet]:
    found = [s for s in sheets if name is None or s.name == name]
    if not found:
        raise refuse("sheet_unknown", file=file, value=name)
    return found


def _best_header(sheet: Sheet, mapping: Mapped) -> _Candidate | None:
    found = [
        _Candidate(sheet, header, score)
        for header in header_rows(sheet)
        if (score := _score(header.texts, mapping))
    ]
    return max(found, key=lambda c: c.score, default=None)


def _score(headers: Sequence[str], mapping: Mapped) -> float:
    """Return how much a row looks like the header; earlier rows win a tie."""
    if is_figure_list(headers):
        return 100.0
    mapped = sum(bool(positions_of(header, headers)) for _, header in mapping)
    roles = roles_of(headers).values()
    figures = sum(r.is_figure for r in roles)
    enough = figures >= 2 or (figures and len(roles) >= 2) or mapped  # noqa: PLR2004 - one name may be a title
    return 10.0 * mapped + figures + 0.1 * len(roles) if enough else 0.0


def _no_header(sheets: Sequence[Sheet], mapping: Mapped, file: str) -> Exception:
    rows = [[t for t in h.texts if t] for s in sheets for h in header_rows(s)]
    seen = next((row for row in rows if len(row) > 1), rows[0] if rows else [])
    shown = ", ".join(f"“{h}”" for h in seen[:_HEADERS_SHOWN]) or "-"
    if mapping:
        named = ", ".join(f"“{header}”" for _, header in mapping)
        return refuse("map_header_unknown", file=file, value=named, known=shown)
    return refuse("audit_header_unknown", file=file, seen=shown)


def _cut(candidate: _Candidate, mapping: Mapped, log: FindingLog) -> PublishedTable:
    sheet, header = candidate.sheet, candidate.header
    body = printed_texts(sheet).loc[header.last_row + 1 :]
    body = body[(body != "").any(axis=1)]
    if body.empty:
        raise refuse("file_has_only_header", file=log.file, source=log.source)
    if columns := is_figure_list(header.texts):
        names = [header.texts[i] if key == "printed" else key for key, i in columns.items()]
        frame = body[list(columns.values())].set_axis(names, axis=1)
        listed = {header.texts[columns["printed"]]: ColumnRole("printed")}
        return PublishedTable("list", frame, listed, (), header.last_row, _titles(sheet, header))
    roles = with_mapping(roles_of(header.texts), header.texts, mapping, log.file)
    roles = _with_labels(roles)
    _refuse_repeated(roles, header.texts, log.file)
    _refuse_uncomputed(sheet, roles, body, header, log)
    return _table(_without_header_again(body, header), header, roles, _titles(sheet, header))


def _titles(sheet: Sheet, header: HeaderRow) -> tuple[str, ...]:
    above = sheet.texts.loc[: header.first_row - 1].to_numpy().ravel()
    return tuple(dict.fromkeys(str(text) for text in above if text))


def _table(
    body: pd.DataFrame,
    header: HeaderRow,
    roles: Mapping[int, ColumnRole],
    titles: tuple[str, ...],
) -> PublishedTable:
    names = _names(header.texts, roles)
    named = {names[i]: role for i, role in roles.items()}
    frame = body.set_axis(names, axis=1)
    row = header.last_row
    if annex := annex_sheet(frame, named):
        return PublishedTable("sheet", annex.answers, named, (), row, titles, annex)
    frame = _data_rows(frame, named)
    unused = tuple(n for n in names if n not in named and _holds_figures(frame[n]))
    frame, named = split_counts(frame[list(named)], named)
    return PublishedTable("rows", frame, named, unused, row, titles)


def _holds_figures(cells: pd.Series) -> bool:
    return bool(cells.str.fullmatch(_FIGURE).any())


def _with_labels(roles: Mapping[int, ColumnRole]) -> dict[int, ColumnRole]:
    """Count every column left of the figures as a label: Jumlah may stand in any of them."""
    first = min((i for i, r in roles.items() if r.is_figure), default=0)
    left = {i for i in range(first) if i not in roles or roles[i].role == "note"}
    return dict(sorted({**roles, **{i: ColumnRole("label") for i in left}}.items()))


def _names(headers: Sequence[str], roles: Mapping[int, ColumnRole]) -> list[str]:
    """Name every column by its header; a blank or repeated one gets its letter too."""
    again = Counter(headers)
    figures = {i for i, role in roles.items() if role.is_figure}
    return [
        h if h and (again[h] == 1 or i in figures) else f"{h} [{column_letter(i)}]".strip()
        for i, h in enumerate(headers)
    ]


def _refuse_repeated(roles: Mapping[int, ColumnRole], headers: Sequence[str], file: str) -> None:
    places: dict[str, list[int]] = {}
    for i, role in roles.items():
        if role.is_figure:
            places.setdefault(headers[i], []).append(i)
    for header, found in places.items():
        if len(found) > 1:
            columns = ", ".join(column_letter(p) for p in found)
            role_name = roles[found[0]].role
            raise refuse(
                "header_ambiguous", file=file, value=header, column=role_name, columns=columns
            )


def _refuse_uncomputed(
    sheet: Sheet,
    roles: Mapping[int, ColumnRole],
    body: pd.DataFrame,
    header: HeaderRow,
    log: FindingLog,
) -> None:
    for row, position in sorted(sheet.uncomputed):
        if row in body.index and position in roles:
            column = header.texts[position]
            raise refuse(
                "formula_without_value", file=log.file, sheet=sheet.name, row=row, column=column,
                value="",
            )  # fmt: skip


def _without_header_again(body: pd.DataFrame, header: HeaderRow) -> pd.DataFrame:
    """Leave out the header printed again and a line of column numbers below it."""
    texts = list(header.texts)
    other = [list(row) != texts for row in body.to_numpy()]
    body = body.loc[body.index[other]]
    return body.iloc[1:] if len(body) and _is_column_numbers(list(body.iloc[0])) else body


def _data_rows(frame: pd.DataFrame, roles: Mapping[str, ColumnRole]) -> pd.DataFrame:
    """Leave out remarks below the last row with a figure."""
    figures = [h for h, role in roles.items() if role.is_figure or role.role == "grade"]
    filled = (frame[figures] != "").any(axis=1)
    last = frame.index[filled].max() if filled.any() else -1
    return frame[filled | (frame.index < last)]


def _is_column_numbers(cells: Sequence[str]) -> bool:
    numbers = [c.strip("() ") for c in cells if c.strip()]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return len(numbers) > _FEWEST_COLUMN_NUMBERS and numbers == counted
