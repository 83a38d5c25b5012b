"""Time by stage, time in other hands, and time of matters worked in several steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.duration_tally import ONE_MINUTE, DurationTally
from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.measures.limits import SECONDS_PER_HOUR
from ektp_analytics.measures.request_clock import Stamps, local_stamps, view_requests
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.time_counts import NONE_COUNTED, Counts

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch between two stamps, with the name of whose hands it is in."""

    name: str
    start: str
    end: str
    clock: str = ""


def tally_stages(
    table: pd.DataFrame,
    stages: Sequence[Stage],
    as_of: date | str,
    *,
    resolution: int = ONE_MINUTE,
    **how: Any,
) -> dict[str, DurationTally]:
    """Tally each stage on its own clock.

    Parameters
    ----------
    table
        One row per request, with the stamps of all stages (datetime64).
    stages
        Stages by name; a stage runs from its own start stamp, and is open where that is
        there and its end is not.
    as_of, resolution, **how
        As for `request_tally.tally_durations`.
    """
    return {
        stage.name: tally_durations(
            table[stage.start], table[stage.end], as_of, resolution=resolution, **how
        )
        for stage in stages
    }


def stage_durations(
    tallies: Mapping[str, DurationTally], stages: Sequence[Stage], as_of: date | str
) -> pd.DataFrame:
    """Say how long each stage takes.

    Returns
    -------
    DataFrame
        One row per stage: ``stage``, ``clock``, ``n``, ``open``, ``reversed`` (Int64),
        ``median_hours``, ``p90_hours`` (Float64, Kaplan–Meier; NA with the reason in
        ``reason``, an Indonesian sentence, else empty).
    """
    rows = []
    for stage in stages:
        tally = tallies[stage.name]
        found = time_to_event(tally, None, as_of)
        figures = (found.median_hours, found.p90_hours)
        why = [str(found.reasons[f]) for f in ("median_hours", "p90_hours") if f in found.reasons]
        turned = tally.excluded.get("reversed", 0)
        row = (stage.name, stage.clock, found.n, found.open, turned, *figures)
        rows.append((*row, "; ".join(dict.fromkeys(why))))
    counts = ["n", "open", "reversed"]
    hours = ["median_hours", "p90_hours"]
    frame = pd.DataFrame(rows, columns=["stage", "clock", *counts, *hours, "reason"])
    types = {**dict.fromkeys(counts, "Int64"), **dict.fromkeys(hours, "Float64")}
    return frame.astype({"stage": "str", "clock": "str", "reason": "str", **types})


@dataclass(frozen=True, slots=True)
class SplitClock:
    """Time of finished requests in the own hands and in other hands; merges by ``+``.

    Parameters
    ----------
    own, elsewhere
        Counts by whole minutes, one per finished request with all stamps.
    incomplete
        Finished requests that lack a stamp of the time elsewhere.
    """

    own: Counts = NONE_COUNTED
    elsewhere: Counts = NONE_COUNTED
    incomplete: int = 0

    def __add__(self, other: SplitClock) -> SplitClock:
        return SplitClock(
            self.own + other.own,
            self.elsewhere + other.elsewhere,
            self.incomplete + other.incomplete,
        )

    @property
    def n(self) -> int:
        """Finished requests whose time can be split."""
        return self.own.total

    @property
    def elsewhere_percent(self) -> float | None:
        """Share of all time that was spent elsewhere; None where there is no time to split."""
        spent = [int((part.points * part.numbers).sum()) for part in (self.own, self.elsewhere)]
        return PERCENT * spent[1] / sum(spent) if sum(spent) else None

    @property
    def median_own_hours(self) -> float | None:
        """Median time in the own hands."""
        return _hours(self.own.middle())

    @property
    def median_elsewhere_hours(self) -> float | None:
        """Median time elsewhere."""
        return _hours(self.elsewhere.middle())

    @property
    def reason(self) -> Reason | None:
        """Why nothing can be said, where that is so."""
        return None if self.n else because("no_data")


def split_clock(
    start: Stamps,
    end: Stamps,
    sent: Stamps,
    returned: Stamps,
    as_of: date | str,
    **how: Any,
) -> SplitClock:
    """Split the time of finished requests into own hands and elsewhere.

    Parameters
    ----------
    start, end, as_of, **how
        As for `request_clock.view_requests`.
    sent, returned
        When the request left the own hands and came back. What lies outside start and
        end does not count.

    Notes
    -----
    The time elsewhere is shown beside the whole time, never subtracted from it.
    """
    viewed = view_requests(start, end, as_of, **how)
    left, back = (local_stamps(s, how.get("zone"))[viewed.rows] for s in (sent, returned))
    finished = ~viewed.is_open
    whole = finished & ~np.isnat(left) & ~np.isnat(back) & (back >= left)
    begun, ended = viewed.started[whole], viewed.ended[whole]
    away = np.clip(back[whole], begun, ended) - np.clip(left[whole], begun, ended)
    minutes, minutes_away = (
        np.ceil(pd.Series(spent).dt.total_seconds().to_numpy() / ONE_MINUTE).astype(np.int64)
        for spent in (ended - begun, away)
    )
    return SplitClock(
        Counts.of(minutes - minutes_away),
        Counts.of(minutes_away),
        int(finished.sum() - whole.sum()),
    )


def spans_of_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Give the span of matters worked in several steps: first start to last finish.

    Parameters
    ----------
    steps
        One row per step: ``id``, ``start``, ``end`` (datetime64; no end means the step,
        and with it the matter, is open).

    Returns
    -------
    DataFrame
        One row per id, indexed by it: ``start``, ``end`` (NaT where open), ``hours``
        (Float64, NA where open).
    """
    matters = steps.groupby("id")
    spans = matters.agg(start=("start", "min"), end=("end", "max"))
    still_open = steps["end"].isna().groupby(steps["id"]).any()
    spans["end"] = spans["end"].where(~still_open)
    elapsed = (spans["end"] - spans["start"]).dt.total_seconds() / SECONDS_PER_HOUR
    return spans.assign(hours=elapsed.astype("Float64"))


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * ONE_MINUTE / SECONDS_PER_HOUR
