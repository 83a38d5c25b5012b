"""Read survey answers: numbers 1–4, words in any usual wording, numbers with their label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import pandas as pd

from ektp_analytics.sources.answer_words import (
    no_answer_words,
    own_wording,
    settled_words,
    vocabulary,
)
from ektp_analytics.sources.cell_text import as_text
from ektp_analytics.sources.distinct import Distinct

Wins = Literal["label", "number"]
LOWEST, HIGHEST = 1, 4
_LETTERS = "abcd"
_LETTER = r"[^\W\d_]"
_NUMBER_FIRST = re.compile(rf"^\(?(\d{{1,3}})\)?\s*[.\-–—):=/]*\s*\(?({_LETTER}.*?)\)?$")
_NUMBER_LAST = re.compile(rf"^({_LETTER}.*?)\s*[(\[:=\-–]\s*(\d{{1,3}})\s*[)\]]?$")
_LETTER_FIRST = re.compile(r"^\(?([a-d])\)?\s*[.\-–—):=]\s*(.+)$")
_WHOLE_NUMBER = re.compile(r"^(\d{1,15})(?:[.,]0{1,15})?$")
_ANY_NUMBER = re.compile(r"^-?\d{1,15}(?:[.,]\d{1,15})?$")
RULES = (
    "answer_out_of_scale",
    "answer_not_whole",
    "answer_unknown",
    "answer_contradiction",
    "answer_between",
)


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """How the answers of a file are to be read.

    Parameters
    ----------
    labels
        Every distinct answer text of the file, plain; settles what "cukup" means and
        whether a lone "b" is a letter of a list or short for a word.
    wins
        Which of number and label counts where they contradict; None leaves it open.
    scale
        Worst and best number of another scale, mapped linearly to 1–4 where declared.
    recode
        Declared answers (plain text or number as text) and their value 1–4.
    """

    labels: frozenset[str] = frozenset()
    wins: Wins | None = None
    scale: tuple[Fraction, Fraction] | None = None
    recode: Mapping[str, int] = field(default_factory=dict)

    @property
    def letters_are_options(self) -> bool:
        """Whether a lone a–d can only be an option of a list."""
        words = {w for w in self.labels if w and not _ANY_NUMBER.match(w)} - no_answer_words()
        return all(word in _LETTERS for word in words)


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
        ``answer_contradiction``, ``answer_between`` (converted, but to a fraction): rule
        to mask of rows.
    no_answer
        Rows that say "tidak tahu" or the like.
    by_letter
        Rows answered by a bare letter a–d.
    labelled
        Rows that give a number and its label.
    label_unknown
        Those of them whose label is not known, so that the number counts alone.
    converted
        Rows whose value follows from a declared conversion.
    """

    values: pd.Series
    numbers: pd.Series
    problems: dict[str, pd.Series]
    no_answer: pd.Series
    by_letter: pd.Series
    labelled: pd.Series
    label_unknown: pd.Series
    converted: pd.Series


@dataclass(frozen=True, slots=True)
class _Answer:
    value: int | None = None
    number: float | None = None
    problem: str = ""
    no_answer: bool = False
    by_letter: bool = False
    labelled: bool = False
    label_unknown: bool = False
    converted: bool = False


_FLAGS = ("no_answer", "by_letter", "labelled", "label_unknown", "converted")


def parse_answers(
    cells: pd.Series,
    element: str,
    rules: AnswerRules = AnswerRules(),
    text: pd.Series | None = None,
) -> AnswerColumn:
    """Read the answers of one element.

    Parameters
    ----------
    cells
        Raw cells.
    element
        Key of the element; its own wording is known from the regulation.
    rules
        What the file and the office say about the answers.
    text
        The same cells as stripped text, where at hand.

    Notes
    -----
    Words are compared whole: "tidak mudah" is 1 although it contains "mudah".
    """
    distinct = Distinct(as_text(cells) if text is None else text)
    words = vocabulary(element) | settled_words(rules.labels, own_wording(element))
    found = [_read(answer, words, rules) for answer in distinct.cells]
    return AnswerColumn(
        values=distinct.spread([read.value for read in found], "Int64"),
        numbers=distinct.spread([read.number for read in found], "Float64"),
        problems={rule: distinct.rows(read.problem == rule for read in found) for rule in RULES},
        **{name: distinct.rows(getattr(read, name) for read in found) for name in _FLAGS},
    )


def open_answers(texts: Iterable[str], element: str, rules: AnswerRules) -> list[str]:
    """Return the answers of several meanings which nothing in the file settles."""
    settled = settled_words(rules.labels, own_wording(element))
    return [
        text for text in texts if settled.get(plain(text)) == 0 and plain(text) not in rules.recode
    ]


def plain(text: str) -> str:
    """Return an answer without case, signs and surplus blanks."""
    return " ".join(re.sub(r"[^\w#/–—\-]+", " ", text.casefold()).split())


def label_part(text: str) -> str:
    """Return the words of an answer without its number or letter."""
    for pattern, group in ((_NUMBER_FIRST, 2), (_LETTER_FIRST, 2), (_NUMBER_LAST, 1)):
        if match := pattern.match(text.strip().casefold()):
            return plain(match[group])
    return plain(text)


def _read(raw: str, words: Mapping[str, int], rules: AnswerRules) -> _Answer:
    text = raw.strip().casefold()
    if not text:
        return _Answer()
    if plain(text) in rules.recode:
        return _Answer(value=rules.recode[plain(text)], converted=True)
    if plain(text) in no_answer_words() or text in no_answer_words():
        return _Answer(no_answer=True)
    if _ANY_NUMBER.match(text):
        return _number(text, rules)
    return _read_words(text, words, rules) or _read_labelled(text, words, rules)


def _read_words(text: str, words: Mapping[str, int], rules: AnswerRules) -> _Answer | None:
    if text in _LETTERS and rules.letters_are_options:
        return _Answer(value=_LETTERS.index(text) + 1, by_letter=True)
    value = words.get(plain(text))
    return _Answer(value=value) if value else None


def _number(text: str, rules: AnswerRules) -> _Answer:
    exact = Fraction(text.replace(",", "."))
    number = float(exact)
    if str(exact) in rules.recode:
        return _Answer(rules.recode[str(exact)], number, converted=True)
    if rules.scale is not None:
        return _converted(exact, rules.scale)
    if not _WHOLE_NUMBER.match(text):
        return _Answer(number=number, problem="answer_not_whole")
    if LOWEST <= exact <= HIGHEST:
        return _Answer(value=int(exact), number=number)
    return _Answer(number=number, problem="answer_out_of_scale")


def _converted(number: Fraction, scale: tuple[Fraction, Fraction]) -> _Answer:
    """Map a number of another scale to 1–4: 1 + 3 × (x − worst) ÷ (best − worst)."""
    worst, best = scale
    if not min(scale) <= number <= max(scale):
        return _Answer(number=float(number), problem="answer_out_of_scale")
    value = LOWEST + (HIGHEST - LOWEST) * (number - worst) / (best - worst)
    if value.denominator != 1:
        return _Answer(number=float(number), problem="answer_between")
    return _Answer(value=int(value), number=float(number), converted=True)


def _read_labelled(text: str, words: Mapping[str, int], rules: AnswerRules) -> _Answer:
    """Read "4 - Sangat Baik", "Sangat Baik (4)" or "d. Sangat baik"."""
    if match := _LETTER_FIRST.match(text):
        value = rules.recode.get(plain(match[2])) or words.get(plain(match[2]))
        return _Answer(value=value, labelled=True) if value else _Answer(problem="answer_unknown")
    first, last = _NUMBER_FIRST.match(text), _NUMBER_LAST.match(text)
    if not first and not last:
        return _Answer(problem="answer_unknown")
    number = first[1] if first else last[2] if last else ""
    label = plain(first[2] if first else last[1] if last else "")
    return _weighed(_number(number, rules), rules.recode.get(label) or words.get(label), rules)


def _weighed(by_number: _Answer, by_label: int | None, rules: AnswerRules) -> _Answer:
    """Take the number that its label confirms, or the side that was said to win."""
    from dataclasses import replace

    if by_label is None:
        return replace(by_number, labelled=True, label_unknown=True)
    if by_label == by_number.value:
        return replace(by_number, labelled=True)
    if rules.wins == "label":
        return _Answer(value=by_label, labelled=True)
    if rules.wins == "number":
        return replace(by_number, labelled=True)
    if by_number.value is None and by_number.problem == "answer_out_of_scale":
        return replace(by_number, labelled=True)
    return _Answer(problem="answer_contradiction", labelled=True)
