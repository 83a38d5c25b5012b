"""Read a style sheet or a script of the report's templates."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def template_text(name: str) -> str:
    """Return the text of one file below ``report/template``."""
    path = resources.files("ektp_analytics.report") / "template" / name
    return path.read_text(encoding="utf-8")
