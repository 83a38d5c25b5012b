"""Read the answers of a survey file, and refuse what must not be averaged in silently."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from ektp_analytics.errors import refuse
from ektp_analytics.sources.answers import (
    HIGHEST,
    LOWEST,
    AnswerColumn,
    AnswerRules,
    label_part,
    open_answers,
    parse_answers,
    plain,
)
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX, column_letter
from ektp_analytics.sources.reading import Reading
from ektp_analytics.standards.skm import elements

# Above this share of numbers outside 1–4 the file is on another scale, not mistyped.
ANOTHER_SCALE_SHARE = 0.10
# From this share of contradicting labels in a column the list itself is turned round.
CONTRADICTED_SHARE = 0.5


def read_answers(reading: Reading) -> dict[str, AnswerColumn]:
    """Read every element of a survey and report what is wrong with its answers.

    Returns
    -------
    dict
        Answers by element key; importance columns under ``importance_…``.

    Raises
    ------
    Refused
        No element at all, one question over two columns, another scale, reversed labels.
    """
    keys = _keys(reading)
    _refuse_repeated_questions(reading)
    rules = answer_rules(reading, keys)
    answers = {
        key: parse_answers(
            reading.cells(key), key.removeprefix(IMPORTANCE_PREFIX), rules, reading.text(key)
        )
        for key in keys
    }
    _refuse_open_words(reading, keys, rules)
    _check_conversion(reading, answers, rules)
    _check_scale(reading, answers)
    _check_labels(reading, answers)
    for key, column in answers.items():
        reading.columns[key] = column.values
        _report(reading, key, column)
    return answers


def _keys(reading: Reading) -> list[str]:
    keys = [key for key in reading.schema.of_kind("answer") if reading.has(key)]
    if not keys:
        expected = ", ".join(e.label["id"] for e in elements())
        raise refuse("no_elements", file=reading.log.file, source="survey", expected=expected)
    for element in elements():
        if element.key not in keys:
            reading.log.add("element_missing", "warning", key=element.label["id"])
    return keys + [k for k in reading.table.header.positions if k.startswith(IMPORTANCE_PREFIX)]


def answer_rules(reading: Reading, keys: list[str]) -> AnswerRules:
    """Return how the answers are read: what the office declared and what the file shows.

    Raises
    ------
    Refused
        When a declaration cannot be used.
    """
    options = reading.options
    texts = {label_part(t) for key in keys for t in reading.text(key).unique()}
    recode: dict[str, int] = {}
    for answer, value in options.recode.items():
        if value not in range(LOWEST, HIGHEST + 1):
            raise _declaration_wrong(reading, f"{answer}: {value}", "1, 2, 3, 4")
        recode[_recode_key(answer)] = int(value)
    scale = None
    if options.scale is not None:
        worst, best = (Fraction(str(end)) for end in options.scale)
        if worst == best:
            raise _declaration_wrong(reading, f"{worst}–{best}", "[1, 5], [20, 100], …")
        scale = (worst, best)
    return AnswerRules(frozenset(texts), options.answers_win, scale, recode)


def _recode_key(answer: object) -> str:
    text = plain(str(answer))
    try:
        return str(Fraction(text.replace(",", ".")))
    except (ValueError, ZeroDivisionError):
        return text


def _declaration_wrong(reading: Reading, value: str, expected: str) -> Exception:
    return refuse(
        "answer_declaration_wrong",
        file=reading.log.file,
        source="survey",
        value=value,
        expected=expected,
    )


def _refuse_repeated_questions(reading: Reading) -> None:
    """Refuse a header that stands over two unmapped columns of answers: either may be meant."""
    header = reading.table.header
    taken = set(header.positions.values())
    unmapped: dict[str, list[int]] = {}
    for position, text in enumerate(header.headers):
        if text and position not in taken and position in reading.body.columns:
            unmapped.setdefault(text, []).append(position)
    for text, places in unmapped.items():
        if len(places) > 1 and all(_looks_like_answers(reading, p) for p in places):
            columns = ", ".join(column_letter(p) for p in places)
            reading.log.add("header_ambiguous", "error", column=text, value=text, columns=columns)
    reading.stop_on_errors_of("header_ambiguous")


def _looks_like_answers(reading: Reading, position: int) -> bool:
    text = reading.text_at(position)
    parsed = parse_answers(text, "", text=text)
    filled = text.ne("")
    return bool(filled.any() and parsed.values.notna()[filled].mean() > CONTRADICTED_SHARE)


def _refuse_open_words(reading: Reading, keys: list[str], rules: AnswerRules) -> None:
    """Refuse a file with words that the lists of four and of five answers share.

    Whether "cukup puas" is the second, the third or the middle of five is a matter of the
    form; averaging the other answers would hide it.
    """
    for key in keys:
        element = key.removeprefix(IMPORTANCE_PREFIX)
        open_words = open_answers(reading.text(key).unique(), element, rules)
        if open_words:
            rows = reading.text(key).isin(open_words)
            reading.log.add(
                "answers_open", "error", column=reading.header(key), row=int(str(rows.idxmax())),
                value=open_words[0], count=int(rows.sum()),
            )  # fmt: skip
    reading.stop_on_errors_of("answers_open")


def _check_conversion(
    reading: Reading, answers: Mapping[str, AnswerColumn], rules: AnswerRules
) -> None:
    """Print a declared conversion; refuse one that does not fall on the four answers.

    The index is the mean of four official answers. Another scale has no exact place in
    it, unless every answer that occurs falls on 1, 2, 3 or 4.
    """
    count = sum(int(column.converted.sum()) for column in answers.values())
    formula = _formula(rules)
    for key, column in answers.items():
        between = column.problems["answer_between"]
        if between.any() and rules.scale is not None:
            row = int(str(between.idxmax()))
            number = Fraction(str(column.numbers[row]))
            worst, best = rules.scale
            result = LOWEST + (HIGHEST - LOWEST) * (number - worst) / (best - worst)
            raise refuse(
                "conversion_not_exact",
                file=reading.log.file,
                source="survey",
                row=row,
                column=reading.header(key),
                value=reading.text(key)[row],
                scale=f"{float(worst):g}–{float(best):g}",
                result=f"{float(result):.4g}".replace(".", ","),
                formula=formula,
            )
    if count:
        reading.log.add("answers_converted", "warning", count=count, formula=formula)


def _formula(rules: AnswerRules) -> str:
    declared = [f"{answer} → {value}" for answer, value in rules.recode.items()]
    if rules.scale is not None:
        worst, best = (f"{float(end):g}" for end in rules.scale)
        declared.append(f"1 + 3 × (x − {worst}) ÷ ({best} − {worst})")
    return "; ".join(declared)


def _check_scale(reading: Reading, answers: Mapping[str, AnswerColumn]) -> None:
    """Refuse a file whose numbers are on another scale: it must be declared, not averaged in.

    One number outside 1–4 is a slip of the pen; from the second row on, a share above
    ten percent is a scale. So are zeros where no 4 occurs.
    """
    written = np.array([_numbers_written(column) for column in answers.values()])
    numbers = written[~np.isnan(written)]
    if not numbers.size:
        return
    file = reading.log.file
    fractions = float((numbers % 1 != 0).mean())
    answered = (~np.isnan(written)).any(axis=0)
    if answered.sum() > 1 and fractions > CONTRADICTED_SHARE:
        raise refuse("answers_averaged", file=file, source="survey", share=_percent(fractions))
    outside = (written > HIGHEST) | (written < LOWEST)
    share = int(outside.sum()) / len(numbers)
    rows = int(outside.any(axis=0).sum())
    from_zero = (numbers == 0).any() and numbers.max() < HIGHEST
    if rows > 1 and (share > ANOTHER_SCALE_SHARE or from_zero):
        raise refuse(
            "another_scale",
            file=file,
            source="survey",
            value=f"{numbers.min():g}–{numbers.max():g}",
            share=_percent(share),
        )


def _numbers_written(column: AnswerColumn) -> npt.NDArray[np.float64]:
    """Return the plain numbers of a column that no declared conversion explains, by row."""
    numbers = column.numbers.to_numpy(dtype=float, na_value=np.nan)
    return np.where(column.converted, np.nan, numbers)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _check_labels(reading: Reading, answers: Mapping[str, AnswerColumn]) -> None:
    """Refuse a file in which a whole column's numbers contradict their labels."""
    for key, column in answers.items():
        wrong = column.problems["answer_contradiction"]
        if column.labelled.any() and wrong.sum() >= CONTRADICTED_SHARE * column.labelled.sum():
            first = int(str(wrong.idxmax()))
            reading.log.add(
                "labels_contradict", "error", row=first, column=reading.header(key),
                value=reading.text(key)[first],
            )  # fmt: skip
    reading.stop_on_errors_of("labels_contradict")


def _report(reading: Reading, key: str, column: AnswerColumn) -> None:
    header = reading.header(key)
    for rule, mask in column.problems.items():
        reading.report(mask, rule, "error", key)
    if column.no_answer.any():
        reading.log.add("no_answer", "note", column=header, count=int(column.no_answer.sum()))
    if column.by_letter.any():
        reading.log.add("answers_by_letter", "warning", column=header)
    if column.label_unknown.any():
        first = int(str(column.label_unknown.idxmax()))
        shown = reading.text(key)[first]
        count = int(column.label_unknown.sum())
        reading.log.add("answer_labels_unknown", "warning", column=header, value=shown, count=count)
