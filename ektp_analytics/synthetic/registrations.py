"""Recording and possession of cards by kecamatan at each month's end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.workdays import day_number

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_START = date(2025, 1, 1)
_OBLIGATED_SHARE = 0.713  # of the population, 17 years and over or ever married
_GROWTH_PER_SEMESTER = 0.007
_MONTHS_TO_GOAL = 11.0  # e-folding time of the gap between coverage now and in the long run
_FEMALE = 0.496
_FEMALE_LAG = 0.012  # women of the remotest kecamatan are recorded this much less
_PRINT_READY, _PRINT_READY_SHORT = 0.011, 0.024
_SENT, _DUPLICATE = 0.0035, 0.0005
_FAILURES_PER_KECAMATAN = 1.7  # 14 kecamatan: near the 23 persons of the case study
_IKD_START, _IKD_PER_MONTH = 0.031, 0.0034


def registrations_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the counts per kecamatan at the end of each month of a period.

    In every row recorded + not_recorded = obligated, except where more are recorded than
    are obligated: there not_recorded is blank. recorded is the sum of holders,
    print_ready, sent, duplicate and biometric_failure.
    """
    tables = [_counts(plan, end) for end in _month_ends(period)]
    return pd.concat(tables, ignore_index=True)


def _month_ends(period: Period) -> list[date]:
    from ektp_analytics.periods import Period as AnyPeriod

    months = range(period.start.month, period.end.month + 1)
    return [AnyPeriod(period.year, "month", month).end for month in months]


def base_of(day: date) -> tuple[int, str]:
    """Return the semester base in use on a day: steps since 2024 II, and its name.

    The cleaned count (DKB) of a semester becomes the denominator when the next begins.
    """
    second = day.month > 6  # noqa: PLR2004 - the second half of the year
    name = f"DKB Semester I {day.year}" if second else f"DKB Semester II {day.year - 1}"
    return (day.year - _START.year) * 2 + int(second), name


def _counts(plan: OfficePlan, day: date) -> pd.DataFrame:
    base, base_name = base_of(day)
    months = (day - _START).days / 30.44
    population = np.rint(plan.population * plan.shares() * (1 + _GROWTH_PER_SEMESTER) ** base)
    obligated = np.rint(_OBLIGATED_SHARE * population)
    recorded = _recorded(plan, months, obligated, base)
    states = _states(plan, day, recorded)
    table = pd.DataFrame(
        {
            "code": [k.code for k in plan.kecamatan],
            "kecamatan": [k.name for k in plan.kecamatan],
            "as_of": day.isoformat(),
            "population": population,
            "obligated": obligated,
            "recorded": recorded,
            "holders": recorded - sum(states.values()),
            **states,
            "not_recorded": obligated - recorded,
            "ikd": np.rint(recorded * (_IKD_START + _IKD_PER_MONTH * months)),
        }
    )
    table = table.assign(**_by_sex(plan, table))
    for key in ("not_recorded", "not_recorded_male", "not_recorded_female"):
        table.loc[table["recorded"] > table["obligated"], key] = np.nan
    numbers = table.columns[3:]
    return table.astype(dict.fromkeys(numbers, "Int64")).assign(base_source=base_name)


def _recorded(plan: OfficePlan, months: float, obligated: np.ndarray, base: int) -> np.ndarray:
    """Count recorded persons: coverage nears its goal, smooth through a change of base."""
    now = np.array([k.coverage for k in plan.kecamatan])
    goal = np.array([k.coverage_goal for k in plan.kecamatan])
    coverage = goal - (goal - now) * np.exp(-max(months, 0.0) / _MONTHS_TO_GOAL)
    smooth = (1 + _GROWTH_PER_SEMESTER) ** (months / 6 - base - 0.5)
    recorded: np.ndarray = np.rint(obligated * coverage * smooth)
    return recorded


def _states(plan: OfficePlan, day: date, recorded: np.ndarray) -> dict[str, np.ndarray]:
    """Count recorded persons without a card, by what they wait for."""
    draw = plan.stream("registrations", day)
    short = story.shortage(day.year)
    waiting = _PRINT_READY
    if short.first <= day_number(day):
        since = max(0, day_number(day) - short.last)
        waiting += _PRINT_READY_SHORT * np.exp(-since / 20)
    ragged = draw.normal(1, 0.06, len(recorded))
    failed = plan.stream("biometric failures").poisson(_FAILURES_PER_KECAMATAN, len(recorded))
    return {
        "print_ready": np.rint(recorded * waiting * ragged),
        "sent": np.rint(recorded * _SENT * draw.normal(1, 0.1, len(recorded))),
        "duplicate": draw.poisson(recorded * _DUPLICATE).astype(float),
        "biometric_failure": failed.astype(float),
    }


def _by_sex(plan: OfficePlan, table: pd.DataFrame) -> dict[str, pd.Series]:
    """Split the counts by sex; male and female always add up to the count."""
    lag = 1 - _FEMALE_LAG * plan.remoteness()
    women: dict[str, pd.Series] = {}
    for key in ("population", "obligated"):
        women[key] = (_FEMALE * table[key]).round()
    share = women["obligated"] / table["obligated"]
    women["recorded"] = (table["recorded"] * share * lag) // 1
    women["holders"] = (table["holders"] * women["recorded"] / table["recorded"]) // 1
    women["not_recorded"] = women["obligated"] - women["recorded"]
    split: dict[str, pd.Series] = {}
    for key, count in women.items():
        split |= {f"{key}_male": table[key] - count, f"{key}_female": count}
    return split
