"""What was still open when a period began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.duration_tally import ONE_MINUTE
from ektp_analytics.measures.limits import SECONDS_PER_HOUR, Limit
from ektp_analytics.measures.request_clock import Stamps, as_date, view_requests
from ektp_analytics.measures.request_tally import OPEN_PAST, measure
from ektp_analytics.measures.time_counts import NONE_COUNTED, Counts
from ektp_analytics.measures.working_time import WorkingCalendar

MINUTES_PER_HOUR = SECONDS_PER_HOUR // ONE_MINUTE


@dataclass(frozen=True, slots=True)
class Backlog:
    """Requests started earlier and still open; backlogs merge by ``+``.

    Parameters
    ----------
    ages
        Counts by age in whole minutes, begun minutes counted as whole.
    past_limit
        Requests whose limit had already passed; None where no limit was given.
    """

    ages: Counts = NONE_COUNTED
    past_limit: int | None = None

    def __add__(self, other: Backlog) -> Backlog:
        if (self.past_limit is None) != (other.past_limit is None):
            raise ValueError("backlogs with and without a limit do not add up")
        past = None if self.past_limit is None else self.past_limit + (other.past_limit or 0)
        return Backlog(self.ages + other.ages, past)

    @property
    def n(self) -> int:
        """How many requests were open."""
        return self.ages.total

    @property
    def median_age_hours(self) -> float | None:
        """Median age; None where nothing was open."""
        middle = self.ages.middle()
        return None if middle is None else middle / MINUTES_PER_HOUR

    @property
    def reason(self) -> Reason | None:
        """Why there is no age, where nothing was open."""
        return None if self.n else because("nothing_open")

    @property
    def oldest_hours(self) -> float | None:
        """Age of the oldest; None where nothing was open."""
        return self.ages.largest / MINUTES_PER_HOUR if self.n else None


def backlog(
    start: Stamps,
    end: Stamps,
    first_day: date | str,
    *,
    limit: Limit | str | None = None,
    calendar: WorkingCalendar | None = None,
    **how: Any,
) -> Backlog:
    """Count what was started earlier and still open at 00:00 of a period's first day.

    Parameters
    ----------
    start, end, **how
        As for `request_clock.view_requests`. Cancelled requests are left out, since a log
        does not say when they were cancelled.
    first_day
        First day of the period.
    limit, calendar
        Limit the requests are judged by, and the calendar a working-day limit needs.
    """
    viewed = view_requests(start, end, as_date(first_day) - timedelta(days=1), **how)
    limits = [] if limit is None else [Limit.parse(limit)]
    measured = measure(viewed, limits, calendar, ONE_MINUTE)
    ages = Counts.of(measured.scales["elapsed"][viewed.is_open])
    past = [int((codes == OPEN_PAST).sum()) for codes in measured.outcomes.values()]
    return Backlog(ages, past[0] if past else None)
