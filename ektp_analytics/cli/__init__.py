"""The command line ``ektp``: the same figures as the library, in words or as JSON."""

from __future__ import annotations

from ektp_analytics.cli.main import app, main

__all__ = ["app", "main"]
