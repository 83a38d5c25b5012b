"""Requests that were closed and opened again: three readings of one history."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from ektp_analytics.measures.limits import SECONDS_PER_HOUR
from ektp_analytics.measures.request_clock import as_date

Rule = Literal["first", "total", "in_hands"]
OPENED, CLOSED, REOPENED = "opened", "closed", "reopened"


def resolution_times(
    events: pd.DataFrame, as_of: date | str, *, rule: Rule = "first"
) -> pd.DataFrame:
    """Measure histories of opening, closing and re-opening.

    Parameters
    ----------
    events
        One row per event: ``id``, ``at`` (datetime64, local), ``event`` (``opened``,
        ``closed``, ``reopened``).
    as_of
        Day of the view; events after its 24:00 are unknown.
    rule
        Which reading is scored: ``first`` resolution, ``total`` from opening to the last
        closing, or time ``in_hands`` (the waits between closing and re-opening left
        out). Printed beside the figure.

    Returns
    -------
    DataFrame
        One row per id, indexed by it: ``first``, ``total``, ``in_hands``, ``scored``
        (hours, Float64; NA where not reached by the view), ``reopenings`` (int64) and
        ``open`` (bool). Where the request is open at the view, only ``first`` can be
        there.

    Raises
    ------
    ValueError
        If a history does not alternate, beginning with ``opened``; names the ids.
    """
    view = pd.Timestamp(as_date(as_of)) + pd.Timedelta(days=1)
    known = events[events["at"] <= view].sort_values(["id", "at"], kind="stable")
    _check_order(known)
    seconds = known.groupby("id")["at"].diff().dt.total_seconds()
    closings = known["event"] == CLOSED
    by_id = known.groupby("id")
    opened, last = by_id["at"].first(), by_id["at"].last()
    first_closed = known[closings].groupby("id")["at"].first().reindex(opened.index)
    still_open = by_id["event"].last() != CLOSED
    in_hands = seconds.where(closings).groupby(known["id"]).sum()
    found = pd.DataFrame(
        {
            "first": (first_closed - opened).dt.total_seconds(),
            "total": (last - opened).dt.total_seconds().where(~still_open),
            "in_hands": in_hands.where(~still_open),
        }
    )
    found = (found / SECONDS_PER_HOUR).astype("Float64")
    found["scored"] = found[rule]
    found["reopenings"] = (known["event"] == REOPENED).groupby(known["id"]).sum()
    return found.assign(open=still_open)


def _check_order(known: pd.DataFrame) -> None:
    """Refuse histories that do not run opened, closed, reopened, closed and so on."""
    place = known.groupby("id").cumcount()
    expected = pd.Series(CLOSED, index=known.index).where(place % 2 == 1, REOPENED)
    expected = expected.mask(place == 0, OPENED)
    wrong = known.loc[known["event"] != expected, "id"].unique()
    if len(wrong):
        named = ", ".join(str(name) for name in wrong[:5])
        raise ValueError(f"{len(wrong)} histories do not alternate: {named}")
