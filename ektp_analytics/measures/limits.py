"""A time limit: elapsed hours, calendar days or working days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ektp_analytics.errors import refuse

LimitUnit = Literal["hours", "days", "working_days"]

SECONDS_PER_HOUR = 3_600
_SUFFIXES: dict[str, LimitUnit] = {"h": "hours", "d": "days", "wd": "working_days"}
_WRITTEN = re.compile(r"\s*(\d{1,6})\s*(h|d|wd)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of whole hours, calendar days or working days.

    Hours run from the start without a break. ``3d`` ends at 24:00 of the third calendar
    day after the start day, ``3wd`` at 24:00 of the third working day after it. A finish
    exactly at the limit is within it.
    """

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise refuse("limit_unreadable", value=str(self))

    def __str__(self) -> str:
        suffix = next(short for short, unit in _SUFFIXES.items() if unit == self.unit)
        return f"{self.amount}{suffix}"

    @classmethod
    def parse(cls, written: str | Limit) -> Limit:
        """Read ``24h``, ``3d`` or ``3wd``.

        Raises
        ------
        Refused
            If the text is none of these or the number is below one.
        """
        if isinstance(written, Limit):
            return written
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise refuse("limit_unreadable", value=written)
        return cls(int(found[1]), _SUFFIXES[found[2].lower()])

    @property
    def seconds(self) -> int | None:
        """Length in elapsed seconds, None for a limit in days."""
        return self.amount * SECONDS_PER_HOUR if self.unit == "hours" else None

    @property
    def hours(self) -> float | None:
        """Length in elapsed hours, None for a limit in days."""
        return float(self.amount) if self.unit == "hours" else None
