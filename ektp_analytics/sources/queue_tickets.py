"""Exports of queue machines: a ticket number starts again every day."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.sources.reading import Reading


def complete_queue_tickets(reading: Reading) -> None:
    """Make whole stamps and application numbers from what a queue machine writes.

    Notes
    -----
    The machine keeps the day once and the times of each ticket beside it, and numbers
    its tickets anew every day: the number of a ticket is its day and its number. What
    such a file calls the end is the end of service at the counter, not a printed card.
    """
    for key in ("called_at", "served_at"):
        reading.stamps_from_clock(key, "registered_at")
    if "application_id" in reading.columns or "queue_number" not in reading.columns:
        return
    if "printed_at" in reading.columns and "served_at" not in reading.columns:
        reading.log.add("queue_end_is_service", "warning", column=reading.header("printed_at"))
        for suffix in ("", "_has_time"):
            reading.columns[f"served_at{suffix}"] = reading.columns.pop(f"printed_at{suffix}")
    if "registered_at" not in reading.columns:
        return
    day = reading.columns["registered_at"].dt.strftime("%Y-%m-%d")
    tickets = reading.columns["queue_number"]
    reading.columns["application_id"] = (day + "/" + tickets).astype("str")
    reading.log.add("ticket_by_day", "note", column=reading.header("queue_number"))


def opening_days(tickets: pd.DataFrame) -> pd.DataFrame:
    """Reduce the tickets of a queue machine to one row per day.

    Parameters
    ----------
    tickets
        Kept rows of a service log with ``called_at``.

    Returns
    -------
    pandas.DataFrame
        ``day``; ``opened_at`` and ``closed_at`` in minutes after midnight, the first and
        the last call or end of service; ``counters_open`` where counters are named.
    """
    stamps = [k for k in ("called_at", "served_at") if k in tickets]
    events = pd.concat([tickets[k] for k in stamps]).dropna()
    days = events.dt.normalize()
    minutes = (events - days).dt.total_seconds() / 60
    table = pd.DataFrame(
        {"opened_at": minutes.groupby(days).min(), "closed_at": minutes.groupby(days).max()}
    )
    if "counter" in tickets:
        called = tickets["called_at"].dt.normalize()
        table["counters_open"] = tickets.groupby(called)["counter"].nunique()
    return table.rename_axis("day").reset_index()
