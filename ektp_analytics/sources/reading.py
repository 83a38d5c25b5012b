"""Read one file into one source: header, columns, findings, and an account of every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Finding, Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.privacy import is_personal_header, personal_content, pseudonyms
from ektp_analytics.sources.answers import Wins
from ektp_analytics.sources.categories import parse_booleans, parse_categories
from ektp_analytics.sources.conform import conform, out_of_range
from ektp_analytics.sources.dates import DateRules, parse_clock_times, parse_datetimes
from ektp_analytics.sources.files import ReadLimits, Sheet, open_sheets, sha256
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.headers import apply_mapping, column_letter
from ektp_analytics.sources.identity import parse_keys, parse_region_codes
from ektp_analytics.sources.layout import Table, drop_footers, find_table, first_texts
from ektp_analytics.sources.numbers import Parsed, as_text, is_blank, parse_numbers
from ektp_analytics.sources.schema import Column, SourceSchema, schema
from ektp_analytics.standards.skm import elements


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read where it does not say so itself.

    Parameters
    ----------
    mapping
        Key to header, over what is recognised.
    sheet
        Name of the sheet; needed only where several hold the source.
    zone
        Zone of the office: WIB, WITA or WIT.
    limits
        Sizes beyond which a file is refused.
    answers_win
        Which counts where a number contradicts its label.
    repeats
        Whether exact repeats of a row are merged or kept.
    display_name
        How the file is named in findings; its bare name when left out.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    zone: str = "WIB"
    limits: ReadLimits = ReadLimits()
    answers_win: Wins | None = None
    repeats: Literal["merge", "keep"] = "merge"
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file: read = kept + rejected + repeats."""

    file: str
    source: str
    sha256: str
    sheet: str | None
    read: int
    kept: int
    rejected: int
    repeats: int


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A source read and validated.

    Parameters
    ----------
    source
        Key of the source.
    table
        Kept rows, documented columns; index = row as the spreadsheet shows it.
    findings
        Everything found, worst first.
    files
        Account and SHA-256 of each file.
    mapping
        Key to the header it was found under.
    titles
        Texts above the header.
    summaries
        Raw summary lines (Jumlah …) by key, for comparison only.
    """

    source: str
    table: pd.DataFrame
    findings: tuple[Finding, ...]
    files: tuple[FileAccount, ...]
    mapping: Mapping[str, str]
    titles: tuple[str, ...] = ()
    summaries: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def read(self) -> int:
        """Number of data rows in the files."""
        return sum(f.read for f in self.files)

    @property
    def kept(self) -> int:
        """Number of rows in `table`."""
        return sum(f.kept for f in self.files)

    @property
    def rejected(self) -> int:
        """Number of rows refused, each with an error finding."""
        return sum(f.rejected for f in self.files)

    @property
    def repeats(self) -> int:
        """Number of rows that repeat another and were merged."""
        return sum(f.repeats for f in self.files)

    def account(self) -> dict[str, int]:
        """Return the row account as the record of the JSON contract."""
        return {
            "read": self.read,
            "kept": self.kept,
            "rejected": self.rejected,
            "repeats": self.repeats,
        }


class Reading:
    """A file while it is being read: its raw body, typed columns and what was found.

    Sources use it in this order: `Reading.open`, `parse`, `merge_repeats`, `result`.
    """

    def __init__(self, path: Path, source: SourceSchema, table: Table, log: FindingLog, options: ReadOptions) -> None:
        self.path = path
        self.schema = source
        self.log = log
        self.options = options
        self.table, footers = drop_footers(table)
        for row in footers:
            log.add("footer_line", "note", row=row)
        self.body = self.table.body
        self.columns: dict[str, pd.Series] = {}
        self.rejected = pd.Series(False, index=self.body.index)
        self.repeated = pd.Series(False, index=self.body.index)

    @classmethod
    def open(cls, path: Path, source: str, options: ReadOptions) -> Reading:
        """Find the table of a source in a file and check its header.

        Raises
        ------
        Refused
            When the file or its header cannot be used; every reason at once.
        """
        known = schema(source)
        log = FindingLog(source, options.display_name or path.name)
        sheets = open_sheets(path, log, options.limits)
        table = _choose_table(sheets, known, options, log)
        log.sheet = table.sheet.name
        reading = cls(path, known, _mapped(table, known, options, log), log, options)
        reading._note_layout()
        reading._check_header()
        return reading

    def _note_layout(self) -> None:
        for row, first in self.table.summaries.iterrows():
            name = next((str(c).strip() for c in first if str(c).strip()), "")
            self.log.add("summary_line", "note", row=int(str(row)), value=name)
        if self.table.examples:
            self.log.add("example_line", "note", count=self.table.examples)

    def _check_header(self) -> None:
        """Refuse ambiguous headers and formulas without a stored value, all at once."""
        header = self.table.header
        for key, places in header.ambiguous.items():
            named = [f"{column_letter(p)} “{header.headers[p]}”" for p in places]
            self.log.add(
                "columns_ambiguous", "error", column=key, key=self._label(key), columns=" dan ".join(named)
            )
        self._check_formulas()
        missing = [c.label for k, c in self.schema.columns.items() if c.required and not self.has(k)]
        for label in missing:
            self.log.add("column_missing", "error", column=label)
        self.stop_on_errors()
        if self.body.empty:
            raise refuse("file_has_only_header", file=self.log.file, source=self.schema.key)
        for key in header.by_number:
            self.log.add("column_by_number", "warning", column=header.headers[header.positions[key]], key=self._label(key))
        self._note_personal()

    def _check_formulas(self) -> None:
        rows = set(self.body.index)
        mapped = {p: k for k, p in self.table.header.positions.items()}
        for row, position in sorted(self.table.sheet.uncomputed):
            if row in rows and position in mapped:
                column = self.table.header.headers[position]
                self.log.add("formula_without_value", "error", row=row, column=column, value="")

    def _note_personal(self) -> None:
        positions = self.table.header.positions
        for position, header in enumerate(self.table.header.headers):
            if position in positions.values() or position not in self.body.columns:
                continue
            by_name = is_personal_header(header)
            if by_name or personal_content(as_text(self.body[position])):
                self.log.add("personal_column_dropped", "note", column=header or column_letter(position))

    def stop_on_errors(self) -> None:
        """Refuse the file with everything found so far, if any of it is an error."""
        if self.log.has_errors:
            raise Refused(self.log.findings())

    def has(self, key: str) -> bool:
        """Tell whether the file has a column for a key."""
        return key in self.table.header.positions

    def header(self, key: str) -> str:
        """Return the header under which a key was found."""
        return self.table.header.headers[self.table.header.positions[key]]

    def _label(self, key: str) -> str:
        column = self.schema.columns.get(key)
        return column.label if column else key

    def cells(self, key: str) -> pd.Series:
        """Return the raw cells of a key."""
        return self.body[self.table.header.positions[key]]

    def report(self, mask: pd.Series, rule: str, severity: str, key: str, **details: object) -> None:
        """Add a finding for each row of a mask."""
        if not mask.any():
            return
        values = as_text(self.cells(key)[mask])
        label = self._label(key)
        for row, value in values.items():
            self.log.add(
                rule, severity, row=int(str(row)), column=self.header(key), value=value, key=label, **details
            )

    def reject(self, mask: pd.Series) -> None:
        """Take rows out; their findings say why."""
        self.rejected |= mask.reindex(self.rejected.index, fill_value=False)

    def parse(self, keys: Sequence[str] | None = None) -> None:
        """Read every mapped column but the answers by its kind, reporting what is wrong."""
        for key, column in self.schema.columns.items():
            wanted = keys is None or key in keys
            if wanted and self.has(key) and column.kind != "answer":
                self._parse_column(key, column)

    def _parse_column(self, key: str, column: Column) -> None:
        if column.kind in ("datetime", "date"):
            self.parse_dates(key, column.on_bad)
            return
        parsed = _PARSERS[column.kind](self.cells(key), column)
        self.columns[key] = parsed.values
        for rule, mask in parsed.problems.items():
            self._account_for(mask, rule, key, column.on_bad)
        if column.kind in ("key", "text"):
            self._hide_identity(key)

    def _account_for(self, mask: pd.Series, rule: str, key: str, on_bad: str) -> None:
        mask = mask.astype(bool)
        self.report(mask, rule, "warning" if on_bad == "warn" else "error", key)
        if on_bad == "row":
            self.reject(mask)

    def parse_dates(self, key: str, on_bad: str) -> None:
        """Read a column of instants; a column that mixes day and month order is refused."""
        rules = DateRules(self.options.zone, self.table.sheet.epoch_1904)
        parsed = parse_datetimes(self.cells(key), rules)
        self.columns[key] = parsed.values
        self.columns[f"{key}_has_time"] = parsed.has_time
        if parsed.mixed_order:
            first, second = parsed.mixed_order
            cells = as_text(self.cells(key))
            self.log.add(
                "date_order_mixed", "error", row=second, column=self.header(key), value=cells[second],
                other_row=first, other_value=cells[first],
            )  # fmt: skip
            self.stop_on_errors()
        if parsed.month_first:
            self.log.add("date_month_first", "warning", column=self.header(key))
        for rule, mask in parsed.problems.items():
            self._account_for(mask, rule, key, on_bad)

    def _hide_identity(self, key: str) -> None:
        """Turn a column of identity numbers into pseudonyms at the door."""
        values = self.columns[key].fillna("").astype(str)
        if personal_content(values) != "NIK":
            return
        self.columns[key] = pseudonyms(values).mask(values.eq(""))
        self.log.add("identity_pseudonymised", "note", column=self.header(key))

    def merge_repeats(self) -> None:
        """Mark rows that repeat an earlier one in every cell."""
        if self.options.repeats == "keep":
            return
        alive = self.body[~self.rejected]
        texts = alive.apply(as_text)
        again = texts.duplicated(keep="first")
        self.repeated |= again.reindex(self.repeated.index, fill_value=False)
        for row in again.index[again]:
            self.log.add("row_repeated", "warning", row=int(row))

    def reject_conflicts(self, key: str) -> None:
        """Leave out rows that share an identity number and differ, until it is resolved."""
        if not self.has(key):
            return
        alive = ~self.rejected & ~self.repeated
        ids = self.columns[key][alive].dropna()
        conflicting = ids[ids.ne("") & ids.duplicated(keep=False)]
        mask = pd.Series(False, index=self.body.index)
        mask[conflicting.index] = True
        for row, value in conflicting.items():
            others = [str(r) for r in conflicting.index[conflicting.eq(value)] if r != row]
            self.log.add(
                "id_conflict", "error", row=int(str(row)), column=self.header(key), value=value,
                others=", ".join(others[:5]),
            )  # fmt: skip
        self.reject(mask)

    def keep_repeats_out(self, mask: pd.Series) -> None:
        """Mark rows as repeats found by the source's own rule."""
        self.repeated |= mask.reindex(self.repeated.index, fill_value=False) & ~self.rejected

    def account(self) -> FileAccount:
        """Return what became of the rows."""
        rejected = int(self.rejected.sum())
        repeats = int((self.repeated & ~self.rejected).sum())
        read = len(self.body)
        return FileAccount(
            file=self.log.file,
            source=self.schema.key,
            sha256=sha256(self.path),
            sheet=self.table.sheet.name,
            read=read,
            kept=read - rejected - repeats,
            rejected=rejected,
            repeats=repeats,
        )

    def check_ranges(self) -> None:
        """Blank values outside the range of their column, and report them."""
        frame = pd.DataFrame(self.columns, index=self.body.index)
        for key, mask in out_of_range(frame, self.schema).items():
            low, high = self.schema.columns[key].limits
            severity = "warning" if self.schema.columns[key].on_bad == "warn" else "error"
            self.report(mask, "value_out_of_range", severity, key, low=low, high=high)
            self.columns[key] = self.columns[key].mask(mask)

    def result(self) -> ReadResult:
        """Return the kept rows in their documented types, with findings and account."""
        self.check_ranges()
        keep = ~self.rejected & ~self.repeated
        frame = pd.DataFrame(self.columns, index=self.body.index)[keep]
        if frame.empty and not keep.any():
            self.log.add("every_row_rejected", "error")
            raise Refused(self.log.findings())
        return ReadResult(
            source=self.schema.key,
            table=conform(frame, self.schema),
            findings=self.log.findings(),
            files=(self.account(),),
            mapping=self.table.header.named(),
            titles=self.table.titles,
            summaries=self._summaries(),
        )

    def _summaries(self) -> pd.DataFrame:
        positions = self.table.header.positions
        rows = self.table.summaries
        return pd.DataFrame({k: as_text(rows[p]) for k, p in positions.items() if p in rows}, index=rows.index)


def merge_results(results: Sequence[ReadResult]) -> ReadResult:
    """Join the files of one source of one period into one result."""
    if len(results) == 1:
        return results[0]
    return replace(
        results[0],
        table=pd.concat([r.table for r in results]),
        findings=tuple(f for r in results for f in r.findings),
        files=tuple(f for r in results for f in r.files),
        titles=tuple(t for r in results for t in r.titles),
    )


def _text(cells: pd.Series, column: Column) -> Parsed:
    text = as_text(cells)
    return Parsed(text.mask(is_blank(text)), {})


def _clock(cells: pd.Series, column: Column) -> Parsed:
    minutes, unreadable = parse_clock_times(cells)
    return Parsed(minutes, {"time_unreadable": unreadable})


_PARSERS: dict[str, Callable[[pd.Series, Column], Parsed]] = {
    "text": _text,
    "key": lambda cells, column: parse_keys(cells),
    "region_code": lambda cells, column: parse_region_codes(cells),
    "category": lambda cells, column: parse_categories(cells, column.values),
    "count": lambda cells, column: parse_numbers(cells, whole=True),
    "money": lambda cells, column: parse_numbers(cells, whole=False),
    "boolean": lambda cells, column: parse_booleans(cells),
    "time": _clock,
}


def _choose_table(
    sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions, log: FindingLog
) -> Table:
    """Return the one table of the source; several sheets that hold it are asked about."""
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
    return best[0]


def _is_month(name: str | None) -> bool:
    labels = [Period(2000, "month", m).label().split()[0].casefold() for m in range(1, 13)]
    return any((name or "").casefold().startswith(label[:3]) for label in labels)


def _refuse_header(sheets: Sequence[Sheet], known: SourceSchema, options: ReadOptions, log: FindingLog) -> None:
    seen = first_texts(sheets[0]) if sheets else []
    shown = ", ".join(f"“{h}”" for h in seen[:20]) or "-"
    if options.mapping and seen:
        missing = ", ".join(f"“{h}”" for h in options.mapping.values())
        raise refuse("map_header_unknown", file=log.file, value=missing, known=shown)
    expected = ", ".join(list(known.labels().values())[:12])
    raise refuse("header_not_found", file=log.file, source=known.key, name=known.name["id"], seen=shown, expected=expected)


def _mapped(table: Table, known: SourceSchema, options: ReadOptions, log: FindingLog) -> Table:
    header = apply_mapping(table.header, options.mapping, known, log.file)
    return replace(table, header=header)
