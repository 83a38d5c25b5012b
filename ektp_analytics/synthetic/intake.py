"""Who applies, where, when, and when the requirements are declared complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.workdays import (
    CLOSING,
    MINUTES_PER_DAY,
    day_number,
    nth_working_day,
    opening_minutes,
    working_days,
)

if TYPE_CHECKING:
    from numpy.random import Generator

    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

CALENDAR_DAYS_AHEAD = 200
_CAR_DAYS = 6
_LAST_TICKET = CLOSING - 70
_WEEKDAY_WEIGHT = np.array([1.25, 1.05, 1.0, 0.95, 0.8])
_ONLINE_WEEKDAY_WEIGHT = np.array([1.2, 1.1, 1.0, 1.0, 0.9, 0.6, 0.55])
_FIRST_MONDAY = 4  # 1970-01-05, as day number


@dataclass(slots=True)
class Intake:
    """The requests of one quarter up to complete requirements; arrays of one length.

    Days are day numbers since 1970, minutes are minutes since 1970; −1 is "never".
    """

    service: np.ndarray
    channel: np.ndarray
    kecamatan: np.ndarray
    female: np.ndarray
    registered_day: np.ndarray
    registered_minute: np.ndarray
    scheduled_day: np.ndarray
    complete_minute: np.ndarray
    cancelled: np.ndarray
    cancelled_minute: np.ndarray
    busy: np.ndarray
    calendar: np.ndarray
    opening: np.ndarray
    first_opening_day: int

    @property
    def size(self) -> int:
        """Number of requests."""
        return len(self.service)

    def opened(self, days: np.ndarray) -> np.ndarray:
        """Return the minute of the day at which service starts on each day."""
        minutes: np.ndarray = self.opening[days - self.first_opening_day]
        return minutes


def take_in(plan: OfficePlan, quarter: Period, draw: Generator) -> Intake:
    """Draw the requests of one quarter up to the moment they are complete."""
    season = story.SEASON[quarter.number - 1]
    size = round(story.REQUESTS_PER_QUARTER * season * plan.scale)
    weights = np.array([share for _, share in story.SERVICES.values()])
    service = draw.choice(len(weights), size=size, p=weights / weights.sum())
    channel = _channels(quarter, service, draw)
    opening, first = _openings(plan, quarter)
    intake = Intake(
        service=service,
        channel=channel,
        kecamatan=_places(plan, channel, draw),
        female=draw.random(size) < story.FEMALE_APPLICANTS,
        registered_day=np.zeros(size, dtype=np.int64),
        registered_minute=np.zeros(size, dtype=np.int64),
        scheduled_day=np.full(size, -1, dtype=np.int64),
        complete_minute=np.full(size, -1, dtype=np.int64),
        cancelled=np.full(size, "", dtype=object),
        cancelled_minute=np.full(size, -1, dtype=np.int64),
        busy=np.zeros(size),
        calendar=working_days(quarter.start, quarter.end + timedelta(days=CALENDAR_DAYS_AHEAD)),
        opening=opening,
        first_opening_day=first,
    )
    _register(quarter, intake, draw)
    _arrive(quarter, intake, draw)
    return intake


def _channels(quarter: Period, service: np.ndarray, draw: Generator) -> np.ndarray:
    online = story.ONLINE_SHARE[quarter.number - 1]
    shares = (online, story.KECAMATAN_SHARE, story.CAR_SHARE)
    channel = draw.choice(
        np.array(["online", "kecamatan", "jemput bola", "loket"], dtype=object),
        size=len(service),
        p=[*shares, 1 - sum(shares)],
    )
    by_car = channel == "jemput bola"  # the car carries equipment for e-KTP only
    channel[by_car & (service >= len(story.EKTP_SERVICES))] = "loket"
    return channel


def _places(plan: OfficePlan, channel: np.ndarray, draw: Generator) -> np.ndarray:
    """Draw kecamatan by population; the car and the outposts serve the remote ones."""
    far = plan.remoteness()
    place = draw.choice(len(far), size=len(channel), p=plan.shares())
    for name, pull in (("jemput bola", 6.0), ("kecamatan", 2.0), ("loket", -0.6)):
        chosen = channel == name
        weights = plan.shares() * (1 + pull * far)
        place[chosen] = draw.choice(len(far), size=int(chosen.sum()), p=weights / weights.sum())
    return place


def _openings(plan: OfficePlan, quarter: Period) -> tuple[np.ndarray, int]:
    """Return opening minutes by day for this quarter and the three after it."""
    first = day_number(quarter.start)
    last = day_number(quarter.shifted(3).end)
    opening = np.full(last - first + 1, 8 * 60 + 10, dtype=np.int64)
    for step in range(4):
        for day, minute in opening_minutes(plan, quarter.shifted(step)).items():
            opening[day - first] = minute
    return opening, first


def _register(quarter: Period, intake: Intake, draw: Generator) -> None:
    """Set day and minute of registration; at a counter never before service starts."""
    working = working_days(quarter.start, quarter.end)
    load = _WEEKDAY_WEIGHT[(working - _FIRST_MONDAY) % 7] * draw.gamma(8, 1 / 8, len(working))
    day = draw.choice(working, size=intake.size, p=load / load.sum())
    by_car = intake.channel == "jemput bola"
    car_days = working[np.linspace(8, len(working) - 6, _CAR_DAYS).astype(int)]
    day[by_car] = draw.choice(car_days, size=int(by_car.sum()))
    opened = intake.opened(day)
    waited = (_LAST_TICKET - opened) * draw.beta(0.55, 1.9, intake.size)
    minute = opened + waited.astype(np.int64)
    online = intake.channel == "online"
    day[online], minute[online] = _online(quarter, int(online.sum()), draw)
    intake.registered_day = day
    intake.registered_minute = day * MINUTES_PER_DAY + minute
    intake.busy = (np.isin(day, working[load > np.quantile(load, 0.8)])).astype(float)


def _online(quarter: Period, size: int, draw: Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw day and minute of online registrations: any day, mostly by daylight."""
    days = np.arange(day_number(quarter.start), day_number(quarter.end) + 1)
    weights = _ONLINE_WEEKDAY_WEIGHT[(days - _FIRST_MONDAY) % 7]
    day = draw.choice(days, size=size, p=weights / weights.sum())
    minute = 5 * 60 + (18.5 * 60 * draw.beta(2.2, 2.6, size))
    return day, minute.astype(np.int64)


def _arrive(quarter: Period, intake: Intake, draw: Generator) -> None:
    """Bring people to the counter and declare requirements complete, or not."""
    size = intake.size
    online = intake.channel == "online"
    steps = 1 + np.minimum(draw.geometric(0.42, size), 8)
    slot = nth_working_day(intake.registered_day, steps, intake.calendar)
    given = online & (draw.random(size) < story.SCHEDULE_GIVEN[quarter.number - 1])
    intake.scheduled_day = np.where(given, slot, -1)
    moved = draw.choice(6, size=size, p=[0.87, 0.06, 0.03, 0.02, 0.01, 0.01])
    visit_day = nth_working_day(slot, moved, intake.calendar)
    opened = intake.opened(visit_day)
    visit = visit_day * MINUTES_PER_DAY + opened + ((_LAST_TICKET - opened) * draw.beta(1, 2, size))
    start = np.where(online, visit.astype(np.int64), intake.registered_minute)
    checked = start + draw.integers(3, 26, size)
    again = draw.random(size) < story.COMES_BACK
    return_day = nth_working_day(
        checked // MINUTES_PER_DAY, draw.integers(1, 8, size), intake.calendar
    )
    returned = (
        return_day * MINUTES_PER_DAY + intake.opened(return_day) + draw.integers(5, 150, size)
    )
    intake.complete_minute = np.where(again, returned, checked)
    _give_up(intake, online, draw)


def _give_up(intake: Intake, online: np.ndarray, draw: Generator) -> None:
    """Let some never come or never complete: cancelled, refused, or simply open."""
    never = draw.random(intake.size) < np.where(online, story.GIVES_UP_ONLINE, story.GIVES_UP)
    fate = draw.random(intake.size)
    called_off = never & online & (fate < story.CALLED_OFF)
    refused = never & ~online & (fate < story.CALLED_OFF)
    wait = draw.integers(1, 15, intake.size) * MINUTES_PER_DAY + draw.integers(0, 240, intake.size)
    intake.cancelled[called_off] = "dibatalkan"
    intake.cancelled[refused] = "ditolak"
    gone = called_off | refused
    intake.cancelled_minute[gone] = (intake.registered_minute + wait)[gone]
    intake.complete_minute[never] = -1
