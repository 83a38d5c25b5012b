"""A file of an earlier period that a run looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class EarlierFile:
    """A file of an earlier period, whose values are carried, compared, or kept from telling.

    Parameters
    ----------
    period
        Canonical name of its period.
    file
        Its name in the workspace.
    sha256
        Digest of its bytes.
    """

    period: str
    file: str
    sha256: str
