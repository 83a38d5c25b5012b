"""Read one file into one source: header, columns, findings, and an account of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from ektp_analytics.errors import Refused, refuse
from ektp_analytics.privacy import is_personal_header, personal_content, pseudonyms
from ektp_analytics.sources.categories import parse_booleans, parse_categories
from ektp_analytics.sources.conform import conform, out_of_range
from ektp_analytics.sources.dates import (
    DateRules,
    parse_clock_times,
    parse_datetimes,
    read_period_ends,
)
from ektp_analytics.sources.files import open_sheets, sha256
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.headers import column_letter
from ektp_analytics.sources.identity import parse_keys, parse_region_codes
from ektp_analytics.sources.layout import Table, drop_footers
from ektp_analytics.sources.numbers import Parsed, as_text, is_blank, parse_numbers
from ektp_analytics.sources.result import FileAccount, ReadOptions, ReadResult
from ektp_analytics.sources.schema import Column, SourceSchema, schema
from ektp_analytics.sources.table_choice import choose_table


class Reading:
    """A file while it is being read: its raw body, typed columns and what was found.

    Sources use it in this order: `Reading.open`, `parse`, `merge_repeats`, `result`.
    """

    def __init__(
        self, path: Path, source: SourceSchema, table: Table, log: FindingLog, options: ReadOptions
    ) -> None:
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
        table = choose_table(sheets, known, options, log)
        log.sheet = table.sheet.name
        reading = cls(path, known, table, log, options)
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
                "columns_ambiguous",
                "error",
                column=key,
                key=self._label(key),
                columns=" dan ".join(named),
            )
        self._check_formulas()
        missing = [
            c.label for k, c in self.schema.columns.items() if c.required and not self.has(k)
        ]
        for label in missing:
            self.log.add("column_missing", "error", column=label)
        self.stop_on_errors()
        if self.body.empty:
            raise refuse("file_has_only_header", file=self.log.file, source=self.schema.key)
        for key in header.by_number:
            self.log.add(
                "column_by_number",
                "warning",
                column=header.headers[header.positions[key]],
                key=self._label(key),
            )
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
                self.log.add(
                    "personal_column_dropped", "note", column=header or column_letter(position)
                )

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

    def report(
        self, mask: pd.Series, rule: str, severity: str, key: str, **details: object
    ) -> None:
        """Add a finding for each row of a mask."""
        if not mask.any():
            return
        values = as_text(self.cells(key)[mask])
        label = self._label(key)
        for row, value in values.items():
            self.log.add(
                rule,
                severity,
                row=int(str(row)),
                column=self.header(key),
                value=value,
                key=label,
                **details,
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
        if column.kind == "category":
            parsed = parse_categories(self.cells(key), column.values)
        else:
            parsed = _PARSERS[column.kind](self.cells(key))
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
        if self.schema.columns[key].kind == "date":
            parsed, whole = read_period_ends(self.cells(key), parsed)
            self.report(whole, "date_from_period", "warning", key)
        self.columns[key] = parsed.values
        self.columns[f"{key}_has_time"] = parsed.has_time
        if parsed.mixed_order:
            first, second = parsed.mixed_order
            cells = as_text(self.cells(key))
            places = {"row": second, "value": cells[second], "column": self.header(key)}
            others = {"other_row": first, "other_value": cells[first]}
            self.log.add("date_order_mixed", "error", **places, **others)
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
        return pd.DataFrame(
            {k: as_text(rows[p]) for k, p in positions.items() if p in rows}, index=rows.index
        )


def _text(cells: pd.Series) -> Parsed:
    text = as_text(cells)
    return Parsed(text.mask(is_blank(text)), {})


def _clock(cells: pd.Series) -> Parsed:
    minutes, unreadable = parse_clock_times(cells)
    return Parsed(minutes, {"time_unreadable": unreadable})


_PARSERS: dict[str, Callable[[pd.Series], Parsed]] = {
    "text": _text,
    "key": parse_keys,
    "region_code": parse_region_codes,
    "count": partial(parse_numbers, whole=True),
    "money": partial(parse_numbers, whole=False),
    "boolean": parse_booleans,
    "time": _clock,
}
