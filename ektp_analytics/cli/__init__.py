"""The command line ``ektp``: the same figures as the library, in words or as JSON."""

from __future__ import annotations

# Settles one thread of linear algebra before anything loads numpy.
import ektp_analytics.batch  # noqa: F401
from ektp_analytics.cli.main import app, main

__all__ = ["app", "main"]
