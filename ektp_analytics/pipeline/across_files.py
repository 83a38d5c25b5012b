"""Several files of one source in one period: nothing may be counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ektp_analytics.errors import Finding, refuse
from ektp_analytics.sources.result import ReadResult

# What tells the rows of a source apart; sources without it are joined as they are.
KEYS: Mapping[str, tuple[str, ...]] = {
    "survey": ("submission_key",),
    "service_log": ("application_id",),
    "complaints": ("complaint_id",),
    "registrations": ("code", "as_of"),
}
_FILE, _ROW = "__file", "__row"


def without_repeats(results: Sequence[ReadResult]) -> list[ReadResult]:
    """Take out rows that stand in several files of one source.

    Parameters
    ----------
    results
        The files of one source of one period, in their order.

    Returns
    -------
    list of ReadResult
        A row whose key stands in an earlier file with the same contents is a repeat;
        with other contents all of its rows are rejected until it is resolved. Accounts
        and findings say so; read = kept + rejected + repeats still holds for each file.

    Raises
    ------
    Refused
        When two files are the same byte for byte: one of them is a copy.
    """
    _refuse_copies(results)
    keys = KEYS.get(results[0].source, ())
    if len(results) == 1 or not keys or not all(set(keys) <= set(r.table) for r in results):
        return list(results)
    rows = _numbered(results)
    keyed = rows[rows[list(keys)].notna().all(axis=1) & rows[keys[0]].ne("")]
    shared = keyed[keyed.groupby(list(keys))[_FILE].transform("nunique") > 1]
    if shared.empty:
        return list(results)
    contents = shared.drop(columns=[_FILE, _ROW]).astype("str").agg("\x1f".join, axis=1)
    places = [shared[key] for key in keys]
    differing = contents.groupby(places).transform("nunique") > 1
    repeated = ~differing & contents.duplicated()
    return [
        _without(result, results, shared[differing], shared[repeated], number)
        for number, result in enumerate(results)
    ]


def _refuse_copies(results: Sequence[ReadResult]) -> None:
    seen: dict[str, str] = {}
    for file in (account for result in results for account in result.files):
        if file.sha256 in seen:
            raise refuse(
                "file_is_copy", source=file.source, file=file.file, other=seen[file.sha256]
            )
        seen[file.sha256] = file.file


def _numbered(results: Sequence[ReadResult]) -> pd.DataFrame:
    """Put the columns all files have below each other, each row with its file and number."""
    common = [c for c in results[0].table if all(c in r.table for r in results)]
    parts = []
    for number, result in enumerate(results):
        part = result.table[common].rename_axis(_ROW).reset_index()
        part[_FILE] = number
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _without(
    result: ReadResult,
    results: Sequence[ReadResult],
    differing: pd.DataFrame,
    repeated: pd.DataFrame,
    number: int,
) -> ReadResult:
    """Return one file's result without its rows that stand elsewhere too."""
    rejected = differing[differing[_FILE].eq(number)]
    repeats = repeated[repeated[_FILE].eq(number)]
    out = [*rejected[_ROW], *repeats[_ROW]]
    if not out:
        return result
    (account,) = result.files
    others = ", ".join(r.files[0].file for r in results if r is not result)
    found = [
        *_told(rejected, "row_conflict_elsewhere", "error", result, others),
        *_told(repeats, "row_repeated_elsewhere", "warning", result, others),
    ]
    return replace(
        result,
        table=result.table.drop(index=out),
        findings=(*found, *result.findings),
        files=(
            replace(
                account,
                kept=account.kept - len(out),
                rejected=account.rejected + len(rejected),
                repeats=account.repeats + len(repeats),
            ),
        ),
    )


def _told(
    rows: pd.DataFrame, rule: str, severity: str, result: ReadResult, others: str
) -> list[Finding]:
    key = KEYS[result.source][0]
    return [
        Finding(
            rule=rule, severity="error" if severity == "error" else "warning",
            source=result.source, file=result.files[0].file, row=int(row),
            column=result.mapping.get(key), value=str(value), details={"others": others},
        )
        for row, value in zip(rows[_ROW], rows[key], strict=True)
    ]  # fmt: skip
