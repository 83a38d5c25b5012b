"""Read survey answers: numbers 1–4, words in any usual wording, numbers with their label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import pandas as pd
import yaml

from ektp_analytics.sources.numbers import as_text
from ektp_analytics.standards.skm import elements

Wins = Literal["label", "number"]
LOWEST, HIGHEST = 1, 4
_LETTERS = "abcd"
_NUMBER_FIRST = re.compile(r"^\(?(\d{1,3})\)?\s*[.\-–—):=/]*\s*(\D.*)$")
_NUMBER_LAST = re.compile(r"^(\D.*?)\s*[(\[:=\-–]\s*(\d{1,3})\s*[)\]]?$")
_LETTER_FIRST = re.compile(r"^\(?([a-d])\)?\s*[.\-–—):=]\s*(.+)$")
_WHOLE_NUMBER = re.compile(r"^(\d+)(?:[.,]0+)?$")
_ANY_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """The answers of one element.

    Parameters
    ----------
    values
        ``Int64`` 1–4; missing where blank or not understood.
    numbers
        ``Float64``: every plain number in the column, also outside 1–4, for the check
        of the scale.
    problems
        ``answer_out_of_scale``, ``answer_not_whole``, ``answer_unknown``,
        ``answer_contradiction``: rule to mask of rows.
    no_answer
        Rows that say "tidak tahu" or the like.
    by_letter
        Rows answered by a bare letter a–d.
    labelled
        Rows that give a number and its label.
    """

    values: pd.Series
    numbers: pd.Series
    problems: dict[str, pd.Series]
    no_answer: pd.Series
    by_letter: pd.Series
    labelled: pd.Series


@dataclass(frozen=True, slots=True)
class _Answer:
    value: int | None = None
    number: float | None = None
    problem: str = ""
    said_nothing: bool = False
    letter: bool = False
    labelled: bool = False


def parse_answers(
    cells: pd.Series,
    element: str,
    *,
    labels_in_file: frozenset[str] = frozenset(),
    wins: Wins | None = None,
) -> AnswerColumn:
    """Read the answers of one element.

    Parameters
    ----------
    cells
        Raw cells.
    element
        Key of the element; its own wording is known from the regulation.
    labels_in_file
        Every distinct answer text of the file, plain; settles what "cukup" means.
    wins
        Which of number and label counts where they contradict; None leaves it open.

    Notes
    -----
    Words are compared whole: "tidak mudah" is 1 although it contains "mudah".
    """
    text = as_text(cells)
    words = _vocabulary(element) | _settled_middle(labels_in_file)
    found = {raw: _read(raw, words, wins) for raw in text.unique()}
    read = text.map(found)
    return AnswerColumn(
        values=pd.Series([a.value for a in read], index=cells.index, dtype="Int64"),
        numbers=pd.Series([a.number for a in read], index=cells.index, dtype="Float64"),
        problems={
            rule: read.map(lambda a, rule=rule: a.problem == rule).astype(bool) for rule in _RULES
        },
        no_answer=read.map(lambda a: a.said_nothing).astype(bool),
        by_letter=read.map(lambda a: a.letter).astype(bool),
        labelled=read.map(lambda a: a.labelled).astype(bool),
    )


_RULES = ("answer_out_of_scale", "answer_not_whole", "answer_unknown", "answer_contradiction")


def plain(text: str) -> str:
    """Return an answer without case, signs and surplus blanks."""
    return " ".join(re.sub(r"[^\w#/–—\-]+", " ", text.casefold()).split())


def label_part(text: str) -> str:
    """Return the words of an answer without its number or letter."""
    for pattern, group in ((_NUMBER_FIRST, 2), (_LETTER_FIRST, 2), (_NUMBER_LAST, 1)):
        if match := pattern.match(text.strip().casefold()):
            return plain(match[group])
    return plain(text)


def _read(raw: str, words: Mapping[str, int], wins: Wins | None) -> _Answer:
    text = raw.strip().casefold()
    if not text:
        return _Answer()
    if plain(text) in _no_answer() or text in _no_answer():
        return _Answer(said_nothing=True)
    if match := _WHOLE_NUMBER.match(text):
        return _number(int(match[1]))
    if _ANY_NUMBER.match(text):
        return _Answer(number=float(text.replace(",", ".")), problem="answer_not_whole")
    return _read_words(text, words) or _read_labelled(text, words, wins)


def _read_words(text: str, words: Mapping[str, int]) -> _Answer | None:
    if text in _LETTERS:
        return _Answer(value=_LETTERS.index(text) + 1, letter=True)
    value = words.get(plain(text))
    return _Answer(value=value) if value else None


def _number(number: int) -> _Answer:
    if LOWEST <= number <= HIGHEST:
        return _Answer(value=number, number=float(number))
    return _Answer(number=float(number), problem="answer_out_of_scale")


def _read_labelled(text: str, words: Mapping[str, int], wins: Wins | None) -> _Answer:
    """Read "4 - Sangat Baik", "Sangat Baik (4)" or "d. Sangat baik"."""
    if match := _LETTER_FIRST.match(text):
        value = words.get(plain(match[2]))
        return _Answer(value=value, labelled=True) if value else _Answer(problem="answer_unknown")
    first, last = _NUMBER_FIRST.match(text), _NUMBER_LAST.match(text)
    if not first and not last:
        return _Answer(problem="answer_unknown")
    number = int(first[1]) if first else int(last[2]) if last else 0
    label = words.get(plain(first[2] if first else last[1] if last else ""))
    if label is None or label == number:
        answer = _number(number)
        return _Answer(answer.value, answer.number, answer.problem, labelled=True)
    if wins == "label":
        return _Answer(value=label, labelled=True)
    if wins == "number":
        return _number(number)
    return _Answer(problem="answer_contradiction", labelled=True)


@cache
def _words() -> Mapping[str, Any]:
    path = resources.files("ektp_analytics.sources") / "answer_words.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@cache
def _no_answer() -> frozenset[str]:
    said = _words()["no_answer"]
    return frozenset(said) | frozenset(plain(s) for s in said)


@cache
def _vocabulary(element: str) -> dict[str, int]:
    """Return the value of every answer text of an element; its own wording comes first."""
    words = _words()
    known: dict[str, int] = {}
    for value in range(LOWEST, HIGHEST + 1):
        for degree in words["degrees"][value]:
            for quality in words["qualities"]:
                known[plain(f"{degree} {quality}")] = value
        known |= {plain(w): value for w in words["whole"].get(value, ())}
    for own in elements():
        if own.key == element:
            for labels in own.answers.values():
                known |= {plain(label): value for value, label in enumerate(labels, start=1)}
    return known


def _settled_middle(labels: frozenset[str]) -> dict[str, int]:
    """Return what "cukup …" means in this file, where its other answers settle it."""
    settled: dict[str, int] = {}
    for quality in _words()["qualities"]:
        middle = plain(f"cukup {quality}")
        if middle not in labels:
            continue
        has_low, has_plain = plain(f"kurang {quality}") in labels, plain(quality) in labels
        if has_low != has_plain:
            settled[middle] = 3 if has_low else 2
    return settled
