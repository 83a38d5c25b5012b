"""Read one file into one source: header, columns, findings, and an account of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ektp_analytics.errors import Refused, refuse
from ektp_analytics.sources.cell_text import as_text
from ektp_analytics.sources.conform import conform, out_of_range
from ektp_analytics.sources.data_rows import pick_rows
from ektp_analytics.sources.dates import (
    DateRules,
    parse_datetimes,
    read_period_ends,
)
from ektp_analytics.sources.door import hide_identity, leave_out_personal, masked_text, masked_texts
from ektp_analytics.sources.files import open_sheets, sha256
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.header_check import check_header, join_several
from ektp_analytics.sources.kinds import parse_kind
from ektp_analytics.sources.layout import Table
from ektp_analytics.sources.result import FileAccount, ReadOptions, ReadResult
from ektp_analytics.sources.schema import CLOCK, Column, SourceSchema, schema
from ektp_analytics.sources.table_choice import choose_table


class Reading:
    """A file while it is being read: its raw body, typed columns and what was found.

    Sources use it in this order: `Reading.open`, `parse`, their own rules, `result`.
    """

    def __init__(
        self, path: Path, source: SourceSchema, table: Table, log: FindingLog, options: ReadOptions
    ) -> None:
        self.path = path
        self.schema = source
        self.log = log
        self.options = options
        self.table = table
        self.body = table.body
        self.columns: dict[str, pd.Series] = {}
        self.rejected = pd.Series(False, index=self.body.index)
        self.repeated = pd.Series(False, index=self.body.index)
        self.identities: set[str] = set()
        self._texts: dict[int, pd.Series] = {}

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
        check_header(reading)
        if reading.body.empty:
            raise refuse("file_has_only_header", file=log.file, source=known.key)
        reading.identities |= leave_out_personal(reading)
        return reading

    def _note_layout(self) -> None:
        rows = self.table.rows
        for row in rows.summaries:
            name = next(text for text in self.table.summaries.loc[row] if text)
            self.log.add("summary_line", "note", row=row, value=name)
        for row in rows.footers:
            self.log.add("footer_line", "note", row=row)
        for row in rows.headers:
            self.log.add("header_line", "note", row=row)
        if rows.examples:
            self.log.add("example_line", "note", count=len(rows.examples), rows=rows.examples)

    def stop_on_errors(self) -> None:
        """Refuse the file with everything found so far, if any of it is an error."""
        if self.log.has_errors:
            raise Refused(self.log.findings())

    def stop_on_errors_of(self, rule: str) -> None:
        """Refuse the file with everything found so far, if one rule was broken."""
        if any(finding.rule == rule for finding in self.log):
            raise Refused(self.log.findings())

    def has(self, key: str) -> bool:
        """Tell whether the file has a column for a key."""
        return key in self.table.header.positions

    def header(self, key: str) -> str:
        """Return the header under which a key was found; its label where it was computed."""
        if not self.has(key):
            return self.label(key)
        return self.table.header.headers[self.table.header.positions[key]]

    def label(self, key: str) -> str:
        """Return the Indonesian label of a key."""
        column = self.schema.columns.get(key) or self.schema.clocks.get(key)
        return column.label if column else key

    def cells(self, key: str) -> pd.Series:
        """Return the raw cells of a key."""
        return self.body[self.table.header.positions[key]]

    def text(self, key: str) -> pd.Series:
        """Return the cells of a key as stripped text."""
        return self.text_at(self.table.header.positions[key])

    def text_at(self, position: int) -> pd.Series:
        """Return the cells of a column position as stripped text."""
        if position not in self._texts:
            texts = self.table.sheet.texts[position]
            self._texts[position] = pick_rows(texts, self.body.index)
        return self._texts[position]

    def set_apart(self, mask: pd.Series) -> None:
        """Treat rows as lines that sum up: they are named, not counted and not data."""
        chosen = mask.index[mask]
        if chosen.empty:
            return
        rows = self.table.rows
        summaries = tuple(sorted({*rows.summaries, *map(int, chosen)}))
        data = rows.data.difference(chosen)
        self.table = replace(self.table, rows=replace(rows, data=data, summaries=summaries))
        self.body = self.table.body
        self._texts.clear()
        self.columns = {key: column.loc[data] for key, column in self.columns.items()}
        self.rejected, self.repeated = self.rejected.loc[data], self.repeated.loc[data]
        for row in chosen:
            name = next(text for text in self.table.summaries.loc[row] if text)
            self.log.add("summary_line", "note", row=int(row), value=name)

    @property
    def alive(self) -> pd.Series:
        """Rows neither rejected nor repeats so far."""
        return ~self.rejected & ~self.repeated

    def report(
        self, mask: pd.Series, rule: str, severity: str, key: str, **details: object
    ) -> None:
        """Add a finding for each row of a mask."""
        if not mask.any():
            return
        values = self.text(key)[mask] if self.has(key) else self.columns[key][mask].astype(str)
        place = {"column": self.header(key), "key": self.label(key)}
        self.log.add_rows(rule, severity, values, **place, **details)

    def reject(self, mask: pd.Series) -> None:
        """Take rows out; their findings say why."""
        self.rejected |= mask.reindex(self.rejected.index, fill_value=False)

    def keep_repeats_out(self, mask: pd.Series) -> None:
        """Mark rows as repeats found by the source's own rule."""
        self.repeated |= mask.reindex(self.repeated.index, fill_value=False) & ~self.rejected

    def parse(self, keys: Sequence[str] | None = None) -> None:
        """Read every mapped column but the answers by its kind, reporting what is wrong."""
        for key, column in self.schema.columns.items():
            wanted = keys is None or key in keys
            if wanted and self.has(key) and column.kind != "answer":
                self._parse_column(key, column)
        self.stop_on_whole_columns()

    def _parse_column(self, key: str, column: Column) -> None:
        if column.kind in ("datetime", "date"):
            self._parse_dates(key, column)
            return
        parsed = parse_kind(column, self.cells(key), self.text(key), self._summed(key))
        self.columns[key] = parsed.values
        for rule, mask in parsed.problems.items():
            self._account_for(mask, rule, key, column)
        if column.kind == "text":
            joined = join_several(self, key, parsed.values)
            self.columns[key] = masked_texts(joined)
        if column.kind == "key":
            hide_identity(self, key)

    def _summed(self, key: str) -> list[str]:
        """Return the texts of a column in the lines that sum up (Jumlah …)."""
        if not self.table.rows.summaries:
            return []
        position = self.table.header.positions[key]
        rows = self.table.summaries
        return as_text(rows[position]).tolist() if position in rows else []

    def _account_for(self, mask: pd.Series, rule: str, key: str, column: Column) -> None:
        if not mask.any():
            return
        mask = mask.astype(bool)
        self.report(mask, rule, "warning" if column.on_bad == "warn" else "error", key)
        if column.on_bad == "row":
            self.reject(mask)

    def _parse_dates(self, key: str, column: Column) -> None:
        """Read a column of instants; a column that mixes day and month order is refused."""
        rules = DateRules(self.options.zone, self.table.sheet.epoch_1904)
        text = self.text(key)
        parsed = parse_datetimes(self.cells(key), rules, text)
        if column.kind == "date":
            parsed, whole = read_period_ends(self.cells(key), parsed)
            self.report(whole, "date_from_period", "warning", key)
        self.columns[key] = parsed.values
        self.columns[f"{key}_has_time"] = parsed.has_time
        if self.has(f"{key}{CLOCK}"):
            self._add_clock(key, parsed.values.dt.normalize().eq(parsed.values))
        if parsed.waiting:
            self.log.add("date_not_yet", "note", column=self.header(key), count=parsed.waiting)
        if parsed.mixed_order:
            first, second = parsed.mixed_order
            self.log.add(
                "date_order_mixed", "error", row=second, value=text[second],
                column=self.header(key), other_row=first, other_value=text[first],
            )  # fmt: skip
            return
        if parsed.month_first:
            self.log.add("date_month_first", "warning", column=self.header(key))
        for rule, mask in parsed.problems.items():
            self._account_for(mask, rule, key, column)

    def _add_clock(self, key: str, open_: pd.Series) -> None:
        """Add the time of day from its own column to the stamps that have none."""
        clock = self._clock_minutes(key)
        timed = open_ & clock.notna()
        minutes = pd.to_timedelta(clock.where(timed, 0).fillna(0).astype("float64"), unit="min")
        self.columns[key] = (self.columns[key] + minutes).astype("datetime64[us]")
        self.columns[f"{key}_has_time"] = self.columns[f"{key}_has_time"] | timed.astype(bool)

    def _clock_minutes(self, key: str) -> pd.Series:
        name = f"{key}{CLOCK}"
        column = self.schema.clocks[name]
        parsed = parse_kind(column, self.cells(name), self.text(name))
        for rule, mask in parsed.problems.items():
            self.report(mask.astype(bool), rule, "error", name)
            self.reject(mask.astype(bool))
        return parsed.values

    def stamps_from_clock(self, key: str, day: str) -> None:
        """Make the stamp of a key from its clock column and the day of another stamp."""
        if self.has(key) or not self.has(f"{key}{CLOCK}") or day not in self.columns:
            return
        self.columns[key] = self.columns[day].dt.normalize()
        self.columns[f"{key}_has_time"] = pd.Series(False, index=self.body.index)
        self._add_clock(key, self.columns[key].notna())
        self.columns[key] = self.columns[key].where(self.columns[f"{key}_has_time"])

    def reject_blank(self) -> None:
        """Leave out rows in which a needed cell is blank."""
        for key, column in self.schema.columns.items():
            if not column.needed or key not in self.columns:
                continue
            blank = self.columns[key].isna() & self.alive
            self.report(blank, "cell_missing", "error", key)
            self.reject(blank)

    def stop_on_whole_columns(self) -> None:
        """Refuse the file where a whole column cannot be trusted, with all that was found."""
        for rule in _WHOLE_COLUMN_RULES:
            self.stop_on_errors_of(rule)

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
        ranged = [k for k in self.columns if k in self.schema.columns]
        ranged = [k for k in ranged if self.schema.columns[k].limits != (None, None)]
        frame = pd.DataFrame({k: self.columns[k] for k in ranged}, index=self.body.index)
        for key, mask in out_of_range(frame, self.schema).items():
            column = self.schema.columns[key]
            severity = "warning" if column.on_bad == "warn" else "error"
            low, high = column.limits
            self.report(mask, "value_out_of_range", severity, key, low=low, high=high)
            self.columns[key] = self.columns[key].mask(mask)

    def result(self) -> ReadResult:
        """Return the kept rows in their documented types, with findings and account."""
        self.check_ranges()
        keep = self.alive
        if not keep.any():
            self.log.add("every_row_rejected", "error")
            raise Refused(self.log.findings())
        frame = pd.DataFrame(self.columns, index=self.body.index)
        return self.result_of(frame if keep.all() else frame[keep])

    def result_of(self, frame: pd.DataFrame) -> ReadResult:
        """Return a finished table with the findings and the account of this file."""
        return ReadResult(
            source=self.schema.key,
            table=conform(frame, self.schema),
            findings=self.log.findings(),
            files=(self.account(),),
            mapping=self.table.header.named(),
            titles=tuple(map(masked_text, self.table.titles)),
            summaries=self._summaries(),
            identities=frozenset(self.identities),
        )

    def _summaries(self) -> pd.DataFrame:
        rows = self.table.summaries
        positions = {k: p for k, p in self.table.header.positions.items() if p in rows}
        return rows[list(positions.values())].set_axis(list(positions), axis=1)


_WHOLE_COLUMN_RULES = ("date_order_mixed", "date_swapped")
