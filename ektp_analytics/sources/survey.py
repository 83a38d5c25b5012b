"""Read a satisfaction survey: one row per respondent, nine elements by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.errors import refuse
from ektp_analytics.privacy import mask_text
from ektp_analytics.sources.answers import HIGHEST, AnswerColumn, label_part, parse_answers
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.sources.numbers import as_text
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.standards.skm import elements

# Above this share of numbers outside 1–4 the file is on another scale, not mistyped.
ANOTHER_SCALE_SHARE = 0.10
# From this share of contradicting labels in a column the list itself is turned round.
CONTRADICTED_SHARE = 0.5
BURST_SECONDS = 60
BURST_SIZE = 3
_STRAIGHT_LINE_ANSWERS = 5


def read_survey(
    path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read a satisfaction survey file.

    Parameters
    ----------
    path
        XLSX, XLS, ODS, CSV, TSV or Parquet; one row per respondent.
    options
        How to read where the file does not say so itself.
    **settings
        Single options by name, such as ``mapping={"waktu": "3. Kecepatan"}``.

    Returns
    -------
    ReadResult
        Table with the element keys as ``Int64`` 1–4, ``submitted_at``
        ``datetime64[us]`` and the respondent attributes the file has.

    Raises
    ------
    Refused
        Unusable file; two columns for one element; another scale than 1–4; numbers that
        contradict their labels.

    Notes
    -----
    An answer that is none of 1–4 loses its cell, never its row. With a submission key
    the latest submission counts.
    """
    reading = Reading.open(Path(path), "survey", replace(options or ReadOptions(), **settings))
    reading.parse()
    answers = _read_answers(reading)
    _check_scale(reading, answers)
    _check_labels(reading, answers)
    _report_answers(reading, answers)
    _hide_comments(reading)
    _merge_submissions(reading)
    _list_suspicious(reading, answers)
    return reading.result()


def _element_keys(reading: Reading) -> list[str]:
    return [key for key in reading.schema.of_kind("answer") if reading.has(key)]


def _read_answers(reading: Reading) -> dict[str, AnswerColumn]:
    keys = _element_keys(reading)
    if not keys:
        expected = ", ".join(e.label["id"] for e in elements())
        raise refuse("no_elements", file=reading.log.file, expected=expected)
    for element in elements():
        if element.key not in keys:
            reading.log.add("element_missing", "warning", key=element.label["id"])
    keys += [k for k in reading.table.header.positions if k.startswith(IMPORTANCE_PREFIX)]
    texts = {label_part(t) for key in keys for t in as_text(reading.cells(key)).unique()}
    _refuse_repeated_questions(reading)
    return {
        key: parse_answers(
            reading.cells(key),
            key.removeprefix(IMPORTANCE_PREFIX),
            labels_in_file=frozenset(texts),
            wins=reading.options.answers_win,
        )
        for key in keys
    }


def _refuse_repeated_questions(reading: Reading) -> None:
    """Refuse a header that stands over two unmapped columns of answers: either may be meant."""
    header = reading.table.header
    unmapped: dict[str, list[int]] = {}
    for position, text in enumerate(header.headers):
        if text and position not in header.positions.values() and position in reading.body:
            unmapped.setdefault(text, []).append(position)
    for text, places in unmapped.items():
        if len(places) > 1 and all(_looks_like_answers(reading.body[p]) for p in places):
            from ektp_analytics.sources.headers import column_letter

            columns = ", ".join(column_letter(p) for p in places)
            reading.log.add("header_ambiguous", "error", column=text, value=text, columns=columns)
    reading.stop_on_errors()


def _looks_like_answers(cells: pd.Series) -> bool:
    parsed = parse_answers(cells, "")
    filled = as_text(cells).ne("")
    return bool(filled.any() and parsed.values.notna()[filled].mean() > CONTRADICTED_SHARE)


def _check_scale(reading: Reading, answers: dict[str, AnswerColumn]) -> None:
    """Refuse a file whose numbers are on another scale: it must be declared, not averaged in."""
    numbers = pd.concat([a.numbers for a in answers.values()]).dropna()
    outside = (numbers > HIGHEST) | (numbers < 1)
    if len(numbers) and outside.mean() > ANOTHER_SCALE_SHARE:
        raise refuse(
            "another_scale",
            file=reading.log.file,
            source="survey",
            value=f"{numbers.min():g}–{numbers.max():g}",
            share=f"{100 * outside.mean():.0f}",
        )


def _check_labels(reading: Reading, answers: dict[str, AnswerColumn]) -> None:
    """Refuse a file in which a whole column's numbers contradict their labels."""
    for key, column in answers.items():
        wrong = column.problems["answer_contradiction"]
        if column.labelled.any() and wrong.sum() >= CONTRADICTED_SHARE * column.labelled.sum():
            first = int(str(wrong.idxmax()))
            reading.log.add(
                "labels_contradict", "error", row=first, column=reading.header(key),
                value=as_text(reading.cells(key))[first],
            )  # fmt: skip
    reading.stop_on_errors()


def _report_answers(reading: Reading, answers: dict[str, AnswerColumn]) -> None:
    for key, column in answers.items():
        reading.columns[key] = column.values
        for rule, mask in column.problems.items():
            reading.report(mask, rule, "error", key)
        if column.no_answer.any():
            reading.log.add(
                "no_answer", "note", column=reading.header(key), count=int(column.no_answer.sum())
            )
        if column.by_letter.any():
            reading.log.add("answers_by_letter", "warning", column=reading.header(key))


def _hide_comments(reading: Reading) -> None:
    if "comment" in reading.columns:
        comments = reading.columns["comment"]
        reading.columns["comment"] = comments.map(mask_text, na_action="ignore")


def _merge_submissions(reading: Reading) -> None:
    """Merge repeats: exact ones where a key or time tells persons apart, then by key."""
    timed = reading.columns.get("submitted_at_has_time")
    if reading.has("submission_key") or (timed is not None and bool(timed.any())):
        reading.merge_repeats()
    if reading.has("submission_key"):
        _latest_by_key(reading)
        reading.reject_conflicts("submission_key")


def _latest_by_key(reading: Reading) -> None:
    """Of the submissions with one key keep the latest; times that tie decide nothing."""
    if "submitted_at" not in reading.columns:
        return
    alive = ~reading.rejected & ~reading.repeated
    frame = pd.DataFrame(
        {"key": reading.columns["submission_key"], "at": reading.columns["submitted_at"]}
    )[alive].dropna()
    again = frame[frame["key"].ne("") & frame["key"].duplicated(keep=False)]
    clear = again.groupby("key")["at"].transform(lambda times: times.is_unique)
    again = again[clear.astype(bool)]
    latest = again.groupby("key")["at"].idxmax() if len(again) else pd.Series(dtype=int)
    earlier = again.index.difference(pd.Index(latest))
    for row in earlier:
        reading.log.add(
            "submission_replaced",
            "warning",
            row=int(row),
            latest=int(latest[again.loc[row, "key"]]),
        )
    reading.keep_repeats_out(pd.Series(True, index=earlier))


def _list_suspicious(reading: Reading, answers: dict[str, AnswerColumn]) -> None:
    """List bursts of equal forms and forms with one answer throughout; they stay in."""
    frame = pd.DataFrame(
        {k: a.values for k, a in answers.items() if not k.startswith(IMPORTANCE_PREFIX)}
    )
    alive = ~reading.rejected & ~reading.repeated
    frame = frame[alive]
    answered = frame.notna().sum(axis=1)
    straight = frame.nunique(axis=1).eq(1) & answered.ge(_STRAIGHT_LINE_ANSWERS)
    if straight.any():
        rows = tuple(int(r) for r in straight.index[straight][:20])
        reading.log.add("straight_line", "note", count=int(straight.sum()), rows=rows)
    if not reading.has("submission_key"):
        _list_bursts(reading, frame)


def _list_bursts(reading: Reading, frame: pd.DataFrame) -> None:
    times = reading.columns.get("submitted_at")
    timed = reading.columns.get("submitted_at_has_time")
    if times is None or timed is None or not timed.any():
        return
    at = times.reindex(frame.index)
    for rows in frame[at.notna()].groupby(list(frame.columns), dropna=False).groups.values():
        stamps = at.loc[rows].sort_values()
        if len(stamps) < BURST_SIZE:
            continue
        gaps = stamps.diff().dt.total_seconds()
        run = gaps.le(BURST_SECONDS).groupby(gaps.gt(BURST_SECONDS).cumsum()).sum() + 1
        if run.max() >= BURST_SIZE:
            listed = tuple(int(r) for r in stamps.index[:20])
            reading.log.add("answers_burst", "warning", count=int(run.max()), rows=listed)
