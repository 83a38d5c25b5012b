"""Which indicator the words of an office's own plan mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.standards.skm import elements

SURVEY_PREFIX = "skm_"
_FRAME_WORDS = {"unsur", "indikator", "skm", "survey", "survei", "nilai"}


def indicator_named(words: str, catalogue: Catalogue) -> str | None:
    """Return the code of the indicator that some words name.

    Parameters
    ----------
    words
        As an office writes them: the code, the printed name in either language, the name
        or key of a survey element (``Waktu penyelesaian``, ``Unsur waktu``), or its number
        in the regulation's order (``U3``).
    catalogue
        The indicators there are.

    Returns
    -------
    str or None
        None where the words name no indicator, or more than one; nothing is guessed.
    """
    found = {code for name, code in _names(catalogue) if name == _plain(words)}
    return found.pop() if len(found) == 1 else None


def _names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for item in catalogue.indicators.values():
        yield from ((_plain(name), item.code) for name in _written(item))
    for element in elements():
        code = f"{SURVEY_PREFIX}{element.key}"
        if code in catalogue.indicators:
            names = (element.key, f"u{element.number}", *element.label.values())
            yield from ((_plain(name), code) for name in names)


def _written(item: Indicator) -> tuple[str, ...]:
    return (item.code, *item.name.values())


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    """Return words without case, punctuation and the words that only introduce a name."""
    parts = re.findall(r"[^\W_]+", words.casefold())
    kept = [part for part in parts if part not in _FRAME_WORDS]
    return " ".join(kept or parts)
