"""Tallies on disk: one Parquet file an office and period, with the version of its schema.

The file holds the counts as rows and, in its metadata, who the office is, the indicators,
and the word *rahasia*: it is meant for the province and the ministry, not for publication.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ektp_analytics.batch.tally import OfficeTally
from ektp_analytics.batch.tally_rows import COLUMNS, NUMBERS, TEXTS
from ektp_analytics.errors import Finding, Reason, Refused, refuse
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SCHEMA_VERSION = 1
TALLY_NAME = "tally-rahasia.parquet"
MARKING = "rahasia"
METADATA_KEY = b"ektp_tally"
_NOT_ROLLED_UP = ("kecamatan", "citizen")  # margins and clocks that are long and shown nowhere
_HEADER = ("office", "name", "region", "code", "label", "period", "catalogue", "as_of")
_VALUE_FIELDS = (
    *("code", "principle", "aspect", "office", "period", "value", "unit", "n"),
    *("floor", "target", "score", "score_uncapped", "status", "inputs"),
)


def tally_path(place: Workspace, office_id: str, period: Period) -> Path:
    """Return where the tally of an office and period is kept."""
    return place.processed_folder(office_id, period) / TALLY_NAME


def write_tally(tally: OfficeTally, path: Path) -> Path:
    """Write a tally, whole or not at all.

    Parameters
    ----------
    tally
        What `tally_of` gave.
    path
        The file; an old one is replaced only when the new one is whole.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    header = {name: getattr(tally, name) for name in _HEADER}
    header |= {"schema": SCHEMA_VERSION, "marking": MARKING}
    header["values"] = [_value_record(value) for value in tally.values]
    table = pa.Table.from_pandas(tally.counts, preserve_index=False)
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, default=str)
    table = table.replace_schema_metadata({METADATA_KEY: text.encode()})
    written = BytesIO()
    pq.write_table(table, written, compression="zstd")
    return write_whole(written.getvalue(), path)


def _value_record(value: IndicatorValue) -> dict[str, Any]:
    record = {name: _finite(getattr(value, name)) for name in _VALUE_FIELDS}
    record["interval"] = list(value.interval) if value.interval else None
    for name in ("reason", "interval_reason"):
        reason: Reason | None = getattr(value, name)
        record[name] = [reason.code, dict(reason.details)] if reason else None
    return record


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read_tally(path: Path) -> OfficeTally:
    """Read a tally.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    Refused
        When the file is no tally, or of a schema version this program does not know.
    """
    about, table = _stored(path)
    return OfficeTally(counts=_frame(table.cast(_schema(coded=False))), **about)


def _stored(path: Path) -> tuple[dict[str, Any], pa.Table]:
    """Return all fields of a tally but the counts, and those as they are stored."""
    import pyarrow
    import pyarrow.parquet as pq

    try:
        # One small file: threads and a scan of row groups would cost more than they save.
        file = pq.ParquetFile(BytesIO(path.read_bytes()), read_dictionary=list(TEXTS))
        header = json.loads((file.schema_arrow.metadata or {})[METADATA_KEY])
    except (OSError, pyarrow.ArrowException, KeyError, ValueError) as problem:
        raise refuse("tally_unreadable", file=path.name) from problem
    if header.get("schema") != SCHEMA_VERSION:
        found = header.get("schema")
        raise refuse("tally_schema_unknown", file=path.name, value=found, known=SCHEMA_VERSION)
    try:
        values = tuple(_value(record) for record in header["values"])
        about = {name: header[name] for name in _HEADER} | {"values": values}
        table = file.read(list(COLUMNS), use_threads=False).cast(_schema(coded=True))
    except (OSError, pyarrow.ArrowException, KeyError, TypeError, ValueError) as problem:
        raise refuse("tally_unreadable", file=path.name) from problem
    if any(table[name].null_count for name in TEXTS):  # a count that does not say of what
        raise refuse("tally_unreadable", file=path.name)
    return about, table


@cache
def _schema(*, coded: bool) -> pa.Schema:
    """Return the columns of the counts, with texts as codes of a dictionary or plain."""
    import pyarrow as pa

    text = pa.dictionary(pa.int32(), pa.string()) if coded else pa.large_string()
    columns = [*((name, text) for name in TEXTS), *((name, pa.int64()) for name in NUMBERS)]
    return pa.schema(columns)


def _frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    whole = {pa.int64(): pd.Int64Dtype()}
    counts: pd.DataFrame = table.to_pandas(use_threads=False, types_mapper=whole.get)
    return counts


def _value(record: Mapping[str, Any]) -> IndicatorValue:
    interval = record["interval"]
    reasons: dict[str, Any] = {
        name: Reason(given[0], given[1]) if (given := record[name]) else None
        for name in ("reason", "interval_reason")
    }
    plain = {name: record[name] for name in _VALUE_FIELDS}
    return IndicatorValue(interval=tuple(interval) if interval else None, **plain, **reasons)


def read_tallies(paths: Iterable[Path], period: Period) -> tuple[OfficeTally, ...]:
    """Read the tallies of many offices for one period, by office.

    Raises
    ------
    Refused
        With everything that is wrong at once: files that are no tally or of an unknown
        version, an office twice, two offices with one region code; or none of the period.
    """
    found: list[tuple[Path, dict[str, Any]]] = []
    stack = _Stack()
    problems: list[Finding] = []
    for path in paths:
        try:
            about, table = _stored(path)
        except Refused as refused:
            problems.extend(refused.findings)
            continue
        if about["period"] == str(period):
            found.append((path, about))
            stack.add(table)
    problems += [*_twice(found), *_one_code(found)]
    if problems:
        raise Refused(problems)
    if not found:
        raise refuse("tally_none", value=str(period))
    parts = zip(stack.frames(), (about for _, about in found), strict=True)
    tallies = [OfficeTally(counts=counts, **about) for counts, about in parts]
    return tuple(sorted(tallies, key=lambda tally: tally.office))


class _Stack:
    """Counts of many tallies without the margins no roll-up shows; registrations stay.

    Codes of texts are taken as they are stored and shared at once: joined as tables, each
    would be copied twice.
    """

    def __init__(self) -> None:
        self.texts: dict[str, dict[str, int]] = {name: {} for name in TEXTS}
        self.parts: list[dict[str, npt.NDArray[Any]]] = []

    def add(self, table: pa.Table) -> None:
        """Lay the counts of one more tally under the others."""
        part = {name: self._codes(name, table[name].combine_chunks()) for name in TEXTS}
        long = [self.texts["margin"].get(name, -1) for name in _NOT_ROLLED_UP]
        stay = part["part"] == self.texts["part"].get("registrations", -1)
        for name in NUMBERS:
            part[name] = table[name].fill_null(0).to_numpy()
            part[f"no {name}"] = table[name].is_null().to_numpy()
        kept = np.flatnonzero(stay | ~np.isin(part["margin"], long))
        self.parts.append({name: values[kept] for name, values in part.items()})

    def _codes(self, name: str, column: pa.DictionaryArray) -> npt.NDArray[np.int32]:
        known = self.texts[name]
        shared = [known.setdefault(text, len(known)) for text in column.dictionary.to_pylist()]
        codes: npt.NDArray[np.int32] = np.array(shared, dtype=np.int32)[column.indices.to_numpy()]
        return codes

    def frames(self) -> Iterator[pd.DataFrame]:
        """Give the counts of each tally, their texts categories that all share."""
        import pandas as pd

        joined = {name: np.concatenate([p[name] for p in self.parts]) for name in self.parts[0]}
        columns: dict[str, Any] = {
            name: pd.Categorical.from_codes(joined[name], categories=pd.Index(list(known)))
            for name, known in self.texts.items()
        }
        for name in NUMBERS:
            columns[name] = pd.arrays.IntegerArray(joined[name], joined[f"no {name}"])
        whole, first = pd.DataFrame(columns, copy=False), 0
        for part in self.parts:
            yield whole.iloc[first : first + part["part"].size]
            first += part["part"].size


def _twice(found: Sequence[tuple[Path, Mapping[str, Any]]]) -> Iterable[Finding]:
    for office, times in Counter(about["office"] for _, about in found).items():
        if times > 1:
            files = ", ".join(str(path) for path, about in found if about["office"] == office)
            details = {"files": files}
            yield Finding(
                rule="tally_office_twice", severity="error", value=office, details=details
            )


def _one_code(found: Sequence[tuple[Path, Mapping[str, Any]]]) -> Iterable[Finding]:
    claimed: dict[str, set[str]] = {}
    for _, about in found:
        claimed.setdefault(about["code"], set()).add(about["office"])
    for code, offices in claimed.items():
        if len(offices) > 1:
            details = {"offices": ", ".join(sorted(offices))}
            yield Finding(rule="office_code_shared", severity="error", value=code, details=details)
