"""The command line's own sentences, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from ektp_analytics.errors import Language, Reason


@cache
def _sentences() -> Mapping[str, Mapping[Language, str]]:
    import yaml

    path = resources.files("ektp_analytics") / "texts" / "cli.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: Mapping[str, Mapping[Language, str]] = yaml.load(
        path.read_text(encoding="utf-8"),
        Loader=loader,  # noqa: S506 - a safe loader, the C one where it is
    )
    return loaded


def say(key: str, lang: Language = "id", **details: Any) -> str:
    """Return one sentence of the command line with its details filled in.

    Parameters
    ----------
    key
        Its name in ``texts/cli.yaml``.
    lang
        Language.
    **details
        What the sentence names.
    """
    return _sentences()[key][lang].format_map(details)


def heading(key: str, lang: Language = "id") -> str:
    """Return the heading of a table's column: a sentence by its name, else the text itself."""
    return say(key, lang) if key in _sentences() else key


def decimal(value: float | None, digits: int, lang: Language = "id") -> str:
    """Return a number as it is read in a language; nothing for None.

    Examples
    --------
    >>> decimal(78.7415, 2), decimal(78.7415, 2, "en")
    ('78,74', '78.74')
    """
    if value is None:
        return ""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "id" else text


def whole(value: int | None, lang: Language = "id") -> str:
    """Return a whole number with its thousands grouped; nothing for None.

    Examples
    --------
    >>> whole(1234567), whole(1234567, "en")
    ('1.234.567', '1,234,567')
    """
    if value is None:
        return ""
    text = f"{value:,}"
    return text.replace(",", ".") if lang == "id" else text


def with_source_names(reason: Reason, lang: Language = "id") -> str:
    """Return a reason in words, each source by its name with the name of its file beside it.

    Examples
    --------
    >>> from ektp_analytics.errors import because
    >>> with_source_names(because("source_missing", source="outreach"))
    'berkas kegiatan jangkauan (outreach) tidak disampaikan'
    """
    from ektp_analytics.sources.schema import schemas

    def named(value: Any) -> Any:
        keys = value.split(", ") if isinstance(value, str) else [""]
        if not all(key in schemas() for key in keys):
            return value
        return ", ".join(f"{schemas()[key].name[lang]} ({key})" for key in keys)

    words = {name: named(value) for name, value in reason.details.items()}
    return Reason(reason.code, words).text(lang)
