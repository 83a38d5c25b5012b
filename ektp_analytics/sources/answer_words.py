"""The words survey forms use for the four answers, from ``answer_words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
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


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w#/–—\-]+", " ", text.casefold()).split())


@cache
def no_answer_words() -> frozenset[str]:
    """Return what is written instead of an answer: "tidak tahu", "-", "NA"."""
    said = [str(s) for s in _words()["no_answer"]]
    return frozenset(said) | frozenset(_plain(s) for s in said)


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


def settled_middle(labels: frozenset[str]) -> dict[str, int]:
    """Return what "cukup …" means in this file, where its other answers settle it.

    Between "kurang" and "sangat" without the bare word it is 3; between a low word and
    the bare word, without "kurang", it is 2. Where the file has both it stays open: the
    list has five answers, or another order, and the office must declare it.
    """
    settled: dict[str, int] = {}
    for quality in _words()["qualities"]:
        middle = _plain(f"cukup {quality}")
        if middle not in labels:
            continue
        has_low, has_plain = _plain(f"kurang {quality}") in labels, _plain(quality) in labels
        if has_low != has_plain:
            settled[middle] = 3 if has_low else 2
    if "cukup" in labels and "buruk" in labels and "baik" in labels and "kurang" not in labels:
        settled["cukup"] = 2
    return settled
