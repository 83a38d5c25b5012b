"""Sentences written from numbers, in Indonesian and English.

The words stand in ``texts/wording.yaml``; this module chooses among them. A direction is
named (naik, turun) only where the caller says it is beyond noise; what is not assessed,
partial or not computable has its own sentence and is never called zero. ``**…**`` in a
sentence marks bold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.standards.survey_scheme import survey_scheme

Move = Literal["up", "down", "same", "not comparable", "no previous"]
SPELLED_UP_TO = 10


@cache
def _sentences() -> Mapping[str, Any]:
    import yaml

    path = resources.files("ektp_analytics") / "texts" / "wording.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def say(key: str, lang: Language = "id", /, **values: object) -> str:
    """Return one sentence of ``texts/wording.yaml`` with its blanks filled in.

    Parameters
    ----------
    key
        ``group.name``.
    lang
        ``id`` or ``en``.
    **values
        Texts for the blanks, already formatted by `ektp_analytics.report.numbers`.

    Raises
    ------
    KeyError
        If there is no such sentence, or a blank is not filled in.
    """
    group, name = key.split(".", 1)
    template: str = _sentences()[group][name][lang]
    return template.format_map(values)


def spelled(count: int, lang: Language = "id") -> str:
    """Return a small count as a word (``lima``), a larger one in digits."""
    if 0 <= count <= SPELLED_UP_TO:
        words: Sequence[str] = _sentences()["words"]["numerals"][lang]
        return words[count]
    return numbers.number(count, 0, lang)


def capital(sentence: str) -> str:
    """Return a sentence with its first letter in upper case, bold marks left in place."""
    start = next((i for i, letter in enumerate(sentence) if letter.isalnum()), 0)
    return sentence[:start] + sentence[start : start + 1].upper() + sentence[start + 1 :]


def name_of(kind: str, key: str, lang: Language = "id") -> str:
    """Return the printed name of a key.

    Parameters
    ----------
    kind
        ``element`` (nine survey elements), ``element_short``, ``principle``, ``status``,
        ``severity``, ``source``, ``channel`` or ``control``.
    key
        The key; a key without a name comes back as it is.
    """
    names: Mapping[str, Mapping[str, str]] = _sentences()["names"].get(kind, {})
    return names[key][lang] if key in names else key


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure now and before, as a sentence about change needs it.

    Parameters
    ----------
    name
        What is measured, as it stands in a sentence (``permohonan selesai dalam 24 jam``).
    now, before
        Values in their own unit; None if absent.
    decimals, unit
        Digits after the mark, and ``%`` or nothing.
    move
        ``up`` or ``down`` only if beyond noise; ``same`` if not; ``not comparable``
        if the two rest on different indicators; ``no previous``.
    limit
        Control limit that was crossed, if there is one.
    reason
        Why `now` is absent.
    complete
        Whether it is a complete count in percent, for which one point is the least change.
    """

    name: str
    now: float | None
    before: float | None = None
    decimals: int = 1
    unit: Literal["", "%"] = ""
    move: Move = "no previous"
    limit: float | None = None
    reason: str = ""
    complete: bool = False


def change(figure: Figure, lang: Language = "id") -> str:
    """Write one sentence on how a measure moved.

    Returns
    -------
    str
        As ``**Turun di luar variasi wajar:** permohonan selesai dalam 24 jam, dari 79,0%
        menjadi 70,7% (batas kendali bawah 76,6%).``; `not_assessed` where there is no
        value now.
    """
    if figure.now is None:
        return not_assessed(figure.name, figure.reason, lang)
    values = {
        "name": figure.name,
        "now": _printed(figure.now, figure, lang),
        "before": _printed(figure.before, figure, lang),
        "limit": _printed(figure.limit, figure, lang),
    }
    if figure.before is None or figure.move == "no previous":
        return say("change.no_previous", lang, **values)
    if figure.move == "not comparable":
        return say("change.not_comparable", lang, **values)
    difference = abs(numbers.difference(figure.now, figure.before))
    values["difference"] = numbers.number(difference, figure.decimals, lang)
    if figure.move == "same" and figure.complete:
        return say("change.same_complete", lang, **values)
    beyond = figure.move != "same" and figure.limit is not None
    return say(f"change.{figure.move}{'_beyond_limit' if beyond else ''}", lang, **values)


def move_words(move: Move, lang: Language = "id") -> str:
    """Return the short verdict for a table cell: ``tidak berubah nyata``, ``turun``."""
    return say(f"move.{move.replace(' ', '_')}", lang)


def not_assessed(name: str, reason: str, lang: Language = "id") -> str:
    """Write that something is not assessed, why, and that it is not counted as zero."""
    if not reason:
        return say("absent.not_assessed", lang, name=name)
    return say("absent.not_assessed_because", lang, name=name, reason=reason.rstrip("."))


def not_computable(name: str, reason: str, lang: Language = "id") -> str:
    """Write that a number can't be computed, and why."""
    return say("absent.not_computable", lang, name=name, reason=reason.rstrip("."))


def status(status: str, weight_assessed: float | None = None, lang: Language = "id") -> str:
    """Return the words for a status, as ``sebagian (57% bobot dinilai)``.

    Parameters
    ----------
    status
        ``ok``, ``partial``, ``carried``, ``not assessed`` or ``not computable``.
    weight_assessed
        Share of the weight that was assessed, 0–100; named for ``partial``.
    """
    word = name_of("status", status, lang)
    if status != "partial" or weight_assessed is None:
        return word
    return say("absent.partial", lang, share=numbers.percent(weight_assessed, 0, lang))


def median_words(hours: float | None, lang: Language = "id") -> str:
    """Return a median as a duration, or that it isn't reached yet."""
    return say("time.median_not_reached", lang) if hours is None else numbers.duration(hours, lang)


def grade_word(label: str | None, lang: Language = "id") -> str:
    """Return the label of a grade (``Baik``) in the reader's language; blank without one."""
    if label is None or lang == "id":
        return label or ""
    return next((band.text(lang) for band in survey_scheme().bands if band.text() == label), label)


def near_cut(letters: tuple[str, str], lang: Language = "id") -> str:
    """Return the note that an interval crosses a grade boundary: ``batas C/B``."""
    return say("grade.near_cut", lang, lower=letters[0], upper=letters[1])


def _printed(value: float | None, figure: Figure, lang: Language) -> str:
    return (
        numbers.ABSENT
        if value is None
        else numbers.number(value, figure.decimals, lang) + (figure.unit)
    )
