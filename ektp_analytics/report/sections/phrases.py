"""The sentences of the pages, in Indonesian and English.

Each page keeps its words in ``texts/sections/<page>.yaml``; ``**…**`` marks bold, blanks
in curly brackets are filled in with formatted numbers and names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from ektp_analytics.errors import Language

Sentences = Mapping[str, Mapping[str, str]]


@cache
def _page(name: str) -> Sentences:
    """Load the words of one page."""
    import yaml

    path = resources.files("ektp_analytics") / "texts" / "sections" / f"{name}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text(encoding="utf-8")
    loaded: Sentences = yaml.load(text, Loader=loader)  # noqa: S506 - either loader is a safe one
    return loaded


def tell(key: str, lang: Language = "id", /, **values: object) -> str:
    """Return one sentence of a page with its blanks filled in.

    Parameters
    ----------
    key
        ``page.name``: the file below ``texts/sections`` and the entry in it.
    lang
        ``id`` or ``en``.
    **values
        Texts for the blanks, already formatted.

    Raises
    ------
    KeyError
        If there is no such sentence, or a blank is not filled in.
    """
    page, name = key.split(".", 1)
    return _page(page)[name][lang].format_map(values).strip()


def known(key: str) -> bool:
    """Say whether a page has a sentence of this name."""
    page, name = key.split(".", 1)
    return name in _page(page)
