"""From complete requirements to the card in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.workdays import (
    CLOSING,
    LAST_PRINT,
    MINUTES_PER_DAY,
    nth_working_day,
)

if TYPE_CHECKING:
    from numpy.random import Generator

    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.intake import Intake
    from ektp_analytics.synthetic.plan import OfficePlan

_STAYS_LATE = 0.85  # share of cards due after closing that are finished the same day
_PROCEDURE_FAULTS = 0.005  # share of requests per kind of fault in the order of stages
_NEVER_COLLECTED = 0.010


def produce(
    plan: OfficePlan, quarter: Period, intake: Intake, draw: Generator
) -> dict[str, np.ndarray]:
    """Return the minute of every stage by column name (−1 for never) and ``stuck``.

    ``stuck`` is the SIAK failure a recording ended in, or empty.
    """
    made = _record(plan, intake, draw)
    new = intake.service == 0
    ready = np.where(new, made["print_ready_at"], intake.complete_minute)
    made["printed_at"] = _printed(plan, quarter, intake, ready, new, draw)
    made["handed_over_at"] = _handed_over(intake, made["printed_at"], draw)
    made["registered_at"] = intake.registered_minute
    made["complete_at"] = intake.complete_minute.copy()
    _break_the_order(intake, made, draw)
    return made


def _record(plan: OfficePlan, intake: Intake, draw: Generator) -> dict[str, np.ndarray]:
    """Record biometrics of first-time applicants and wait for the centre."""
    size = intake.size
    new = (intake.service == 0) & (intake.complete_minute >= 0)
    recorded = intake.complete_minute + draw.integers(5, 46, size)
    lost = draw.random(size)
    sent = recorded + np.exp(draw.normal(np.log(12), 0.7, size)).astype(np.int64)
    away = np.isin(intake.channel, ["kecamatan", "jemput bola"])
    offline = away & (draw.random(size) < 0.15 + 0.35 * plan.remoteness()[intake.kecamatan])
    next_day = nth_working_day(
        recorded // MINUTES_PER_DAY + 1, np.zeros(size, int), intake.calendar
    )
    sent = np.where(offline, next_day * MINUTES_PER_DAY + draw.integers(510, 900, size), sent)
    central = (60 * story.draw_hours(story.CENTRAL_HOURS, draw, size)).astype(np.int64)
    edges = np.cumsum([story.FAILED_BIOMETRICS, story.FAILED_CENTRAL, story.DUPLICATES])
    failures = ["ENROLL_FAILURE_AT_REGIONAL", "ENROLL_FAILURE_AT_CENTRAL", "DUPLICATE_RECORD"]
    stuck = np.select([lost < edge for edge in edges], failures, default="").astype(object)
    stuck[~new] = ""
    fine = new & (stuck == "")
    return {
        "recorded_at": np.where(new, recorded, -1),
        "sent_at": np.where(new & (stuck != failures[0]), sent, -1),
        "print_ready_at": np.where(fine, sent + central, -1),
        "stuck": stuck,
    }


def _printed(
    plan: OfficePlan,
    quarter: Period,
    intake: Intake,
    ready: np.ndarray,
    new: np.ndarray,
    draw: Generator,
) -> np.ndarray:
    """Print each card: hours as in the national figures, days for some, later if short."""
    size = intake.size
    hours = story.draw_hours(story.NATIONAL_HOURS, draw, size)
    # A first-time applicant has waited for the centre already; the printer is what is left.
    hours = np.where(new, 0.25 + 0.35 * np.minimum(hours, 6), hours)
    done = _in_office_hours(intake, ready, ready + (60 * hours).astype(np.int64), draw)
    far = plan.remoteness()[intake.kecamatan]
    slow = draw.random(size) < story.TAIL_SHARE * plan.habits.lateness * (0.6 + 1.6 * far)
    days = np.exp(draw.normal(np.log(story.TAIL_MEDIAN_DAYS), story.TAIL_SPREAD, size))
    days = np.clip(days, 1, story.TAIL_LONGEST).astype(np.int64)
    done = np.where(slow, _on_working_day(intake, ready + days * MINUTES_PER_DAY, draw), done)
    done = _wait_for_blanks(quarter, intake, done, draw)
    return np.where(ready >= 0, done, -1)


def _in_office_hours(
    intake: Intake, ready: np.ndarray, done: np.ndarray, draw: Generator
) -> np.ndarray:
    """Move a finish outside office hours: to the same afternoon or the next morning."""
    size = intake.size
    same_day = (done // MINUTES_PER_DAY == ready // MINUTES_PER_DAY) & (
        ready % MINUTES_PER_DAY < CLOSING
    )
    working = np.isin(done // MINUTES_PER_DAY, intake.calendar)
    over = (done % MINUTES_PER_DAY > LAST_PRINT) | ~same_day | ~working
    hurried = ready + np.maximum(10, (LAST_PRINT - ready % MINUTES_PER_DAY)) * draw.uniform(
        0.6, 1.0, size
    )
    squeezed = same_day & working & (draw.random(size) < _STAYS_LATE)
    morning = _on_working_day(intake, (ready // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY, draw)
    early = ready % MINUTES_PER_DAY < 8 * 60  # became ready by night: printed that morning
    today = _on_working_day(intake, ready, draw)
    later = np.where(squeezed, hurried.astype(np.int64), np.where(early, today, morning))
    return np.where(over, later, done)


def _on_working_day(intake: Intake, minute: np.ndarray, draw: Generator) -> np.ndarray:
    """Return a moment in the first hours of that day, or of the next working day."""
    day = nth_working_day(minute // MINUTES_PER_DAY, np.zeros(intake.size, int), intake.calendar)
    opened = np.minimum(intake.opened(day), 9 * 60)  # the printer starts before the counters
    moment: np.ndarray = day * MINUTES_PER_DAY + opened + draw.integers(5, 110, intake.size)
    return moment


def _wait_for_blanks(
    quarter: Period, intake: Intake, done: np.ndarray, draw: Generator
) -> np.ndarray:
    """In the shortage, let a share of the e-KTP cards wait for the next delivery."""
    card = intake.service < len(story.EKTP_SERVICES)
    for year in (quarter.year - 1, quarter.year):
        short = story.shortage(year)
        day = done // MINUTES_PER_DAY
        due = card & (day >= short.first) & (day <= short.last)
        waits = due & (draw.random(intake.size) < story.SHORTAGE_HITS)
        deliveries = np.array(short.deliveries)
        delivery = deliveries[np.minimum(np.searchsorted(deliveries, day), len(deliveries) - 1)]
        queue = draw.integers(0, 5, intake.size)
        after = nth_working_day(np.maximum(delivery, day), queue, intake.calendar)
        printed = _on_working_day(intake, after * MINUTES_PER_DAY, draw)
        done = np.where(waits, np.maximum(printed, done), done)
    return done


def _handed_over(intake: Intake, printed: np.ndarray, draw: Generator) -> np.ndarray:
    """Hand cards over: at once for half, days later for others, by courier when far."""
    size = intake.size
    away = np.isin(intake.channel, ["kecamatan", "jemput bola"])
    waits = draw.choice(4, size=size, p=[0.63, 0.24, 0.10, 0.03])
    steps = np.select(
        [away, waits == 0, waits == 1, waits == 2],  # noqa: PLR2004 - classes of waiting
        [draw.integers(1, 6, size), 0, draw.integers(1, 4, size), draw.integers(4, 19, size)],
        default=draw.integers(19, 75, size),
    )
    day = nth_working_day(printed // MINUTES_PER_DAY, steps, intake.calendar)
    later = day * MINUTES_PER_DAY + intake.opened(day) + draw.integers(2, 240, size)
    soon = printed + draw.integers(4, 60, size)
    collected = np.where(steps == 0, soon, np.maximum(later, soon))
    kept = draw.random(size) < _NEVER_COLLECTED
    return np.where((printed >= 0) & ~kept, collected, -1)


def _break_the_order(intake: Intake, made: dict[str, np.ndarray], draw: Generator) -> None:
    """Break the order of stages in a few e-KTP requests, as logs of offices show it."""
    fault = draw.random(intake.size)
    card = intake.service < len(story.EKTP_SERVICES)
    done = card & (made["printed_at"] >= 0)
    skipped = done & (fault < _PROCEDURE_FAULTS)
    made["complete_at"][skipped] = -1
    late = done & (made["recorded_at"] >= 0) & (fault > 1 - 3 * _PROCEDURE_FAULTS)
    after = np.minimum(made["recorded_at"] + 10, made["printed_at"] - 1)
    made["complete_at"][late] = after[late]
    middle = 0.5  # any stretch of the unit interval that the other faults leave free
    unsent = (
        done & (made["sent_at"] >= 0) & (fault > middle) & (fault < middle + 2 * _PROCEDURE_FAULTS)
    )
    made["sent_at"][unsent] = -1
