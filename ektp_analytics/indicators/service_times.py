"""How long requests of a service log take, and how many keep a limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from ektp_analytics.measures.durations import DurationResult, time_to_event
from ektp_analytics.measures.limits import Limit
from ektp_analytics.measures.working_time import WorkingCalendar
from ektp_analytics.standards.working_calendar import Closure, indonesian_days_off
from ektp_analytics.workspace import Office

# A request with one of these words as its status was withdrawn or refused.
CANCELLED_WORDS = (
    "batal", "dibatalkan", "ditolak", "dicabut", "cancel", "canceled", "cancelled", "rejected",
)  # fmt: skip


def cancelled_rows(table: pd.DataFrame, words: Sequence[str] = CANCELLED_WORDS) -> pd.Series:
    """Mark the requests that were withdrawn or refused, by their status."""
    if "status" not in table:
        return pd.Series(False, index=table.index)
    return table["status"].fillna("").str.strip().str.casefold().isin(words)


def date_only_rows(table: pd.DataFrame, start: str, end: str) -> npt.NDArray[np.bool_] | None:
    """Mark the requests whose start or end is a date without a time of day.

    None where the table does not say: stamps that all stand at midnight are then dates.
    """
    if not {f"{start}_has_time", f"{end}_has_time"} & set(table.columns):
        return None
    plain = pd.Series(False, index=table.index)
    for column in (start, end):
        if f"{column}_has_time" in table:
            plain |= table[column].notna() & ~table[f"{column}_has_time"]
    return plain.to_numpy(dtype=bool)


def working_calendar(
    first: date, last: date, known_on: date, office: Office | None = None
) -> WorkingCalendar:
    """Return the Indonesian working calendar over a span, as known on a day.

    Parameters
    ----------
    first, last
        Days that must be covered; the year after the last is covered too, so that limits
        may end in it.
    known_on
        Day as of which the list of days off is wanted.
    office
        Whose own ``calendar`` entry in the profile applies: ``closures`` (``from``,
        ``to``, ``reason``) and ``joint_leave: false`` where it works through joint leave.
    """
    own = office.profile.get("calendar") or {} if office else {}
    closures = [
        Closure(_day(c["from"]), _day(c.get("to", c["from"])), str(c.get("reason", "")))
        for c in own.get("closures") or ()
    ]
    days_off = indonesian_days_off(
        first.year,
        last.year + 1,
        known_on=known_on,
        closures=closures,
        joint_leave=bool(own.get("joint_leave", True)),
    )
    return WorkingCalendar.of(days_off)


def _day(written: object) -> date:
    return written if isinstance(written, date) else date.fromisoformat(str(written))


def time_to_completion(
    table: pd.DataFrame,
    as_of: date,
    *,
    limit: str | Limit = "24h",
    start: str = "complete_at",
    end: str = "printed_at",
    cancelled_words: Sequence[str] = CANCELLED_WORDS,
) -> DurationResult:
    """Measure how long the requests of a log take, seen at 24.00 of a day.

    Parameters
    ----------
    table
        One row per request: `start` and `end` as ``datetime64[us]`` with their
        ``…_has_time``, optional ``status``.
    as_of
        Day of the view. Later stamps are unknown; requests started later are left out.
    limit
        ``24h`` elapsed hours, ``3d`` calendar days, ``3wd`` working days.
    start, end
        Columns of the clock.
    cancelled_words
        Statuses of requests that were withdrawn or refused: left out and counted.

    Returns
    -------
    DurationResult
    """
    parsed = Limit.parse(limit)
    calendar = None
    if parsed.unit == "working_days":
        first = table[start].min()
        calendar = working_calendar(first.date() if pd.notna(first) else as_of, as_of, as_of)
    return time_to_event(
        table,
        parsed,
        as_of,
        start=start,
        end=end,
        cancelled=cancelled_rows(table, cancelled_words).to_numpy(dtype=bool),
        date_only=date_only_rows(table, start, end),
        calendar=calendar,
    )
