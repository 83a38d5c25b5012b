"""The words survey forms use for the four answers, from ``answer_words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from ektp_analytics.standards.skm import elements

_VALUES = (1, 2, 3, 4)


@cache
def _words() -> Mapping[str, Any]:
    path = resources.files("ektp_analytics.sources") / "answer_words.yaml"
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w#/–—\-]+", " ", text.casefold()).split())


@cache
def no_answer_words() -> frozenset[str]:
    """Return what is written instead of an answer: "tidak tahu", "-", "NA"."""
    said = [str(s) for s in _words()["no_answer"]]
    return frozenset(said) | frozenset(_plain(s) for s in said)


@cache
def own_wording(element: str) -> frozenset[str]:
    """Return the regulation's own answers of an element."""
    own = [e for e in elements() if e.key == element]
    return frozenset(_plain(w) for e in own for words in e.answers.values() for w in words)


@cache
def vocabulary(element: str) -> dict[str, int]:
    """Return the value of every answer text of an element; its own wording comes first."""
    words = _words()
    known: dict[str, int] = {}
    for value in _VALUES:
        for degree in words["degrees"][value]:
            for quality in words["qualities"]:
                known[_plain(f"{degree} {quality}")] = value
        known |= {_plain(w): value for w in words["whole"].get(value, ())}
    for own in elements():
        if own.key == element:
            for labels in own.answers.values():
                known |= {_plain(label): value for value, label in enumerate(labels, start=1)}
    return known


@lru_cache(maxsize=64)  # asked twice for each element of a file
def settled_words(labels: frozenset[str], own: frozenset[str] = frozenset()) -> dict[str, int]:
    """Return what words of several meanings stand for in this file.

    Parameters
    ----------
    labels
        Every distinct answer text of the file, plain.
    own
        The regulation's own wording of the element, which needs no other words beside it.

    Returns
    -------
    dict
        Value by word; 0 where the file's words leave it open and the office must declare
        it, because lists of four and of five answers share the word.
    """
    settled: dict[str, int] = {}
    for quality in _words()["qualities"]:
        settled |= _settled_quality(quality, labels)
    for bad, qualities in _words()["opposites"].items():
        settled |= _settled_opposite(bad, qualities, labels, own)
    if {"cukup", "buruk", "baik"} <= labels and "kurang" not in labels:
        settled["cukup"] = 2
    return settled


def _settled_quality(quality: str, labels: frozenset[str]) -> dict[str, int]:
    """Settle "tidak …" beside "sangat tidak …", and "cukup …"."""
    worst, no, low, middle = (
        _plain(f"{degree} {quality}") for degree in ("sangat tidak", "tidak", "kurang", "cukup")
    )
    settled: dict[str, int] = {}
    if worst in labels:
        settled = {worst: 1, no: 2} if low not in labels else {worst: 1, no: 0, low: 0}
    elif quality in _words()["agreement"] and no in labels and low not in labels:
        settled = {no: 0}
    if middle in labels:
        both = (low in labels) == (_plain(quality) in labels)
        settled[middle] = 0 if both else 3 if low in labels else 2
    return settled


def _settled_opposite(
    bad: str, qualities: list[str], labels: frozenset[str], own: frozenset[str]
) -> dict[str, int]:
    """Settle a bad word: the worst answer, or the second where "sangat …" stands below it."""
    worst = _plain(f"sangat {bad}")
    milder = [_plain(f"{degree} {bad}") for degree in ("cukup", "agak", "lumayan")]
    second = [*milder, "cukup", *(_plain(f"kurang {quality}") for quality in qualities)]
    has_second = any(word in labels for word in second)
    settled = {worst: 1, **dict.fromkeys(milder, 2)}
    if worst in labels:
        settled[bad] = 0 if has_second else 2
        return settled if bad not in labels or not has_second else {worst: 1, bad: 0}
    return settled | {bad: 1 if has_second or bad in own else 0}
