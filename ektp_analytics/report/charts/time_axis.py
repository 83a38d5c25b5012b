"""A logarithmic axis of waiting time with the ticks people think in."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers

# Hours: a minute, 15 minutes, an hour … a day, three days, a week, two weeks … two years.
TICKS = (1 / 60, 0.25, 1, 3, 6, 12, 24, 72, 168, 336, 720, 1440, 2880, 8760, 17520)
COARSE = (1 / 60, 0.25, 1, 6, 24, 168, 720, 2880, 17520)  # for a narrow axis
MOST_TICKS = 11


def time_range(
    shortest: float, longest: float, marks: Sequence[float] = TICKS
) -> tuple[float, float]:
    """Return the tick values in hours that enclose two waiting times."""
    low = max((tick for tick in marks if tick <= shortest), default=marks[0])
    high = min((tick for tick in marks if tick >= longest), default=max(longest, marks[-1]))
    if low == high:
        place = marks.index(low) if low in marks else len(marks) - 1
        low, high = marks[max(place - 1, 0)], marks[min(place + 1, len(marks) - 1)]
    return low, high


def time_ticks(
    ends: tuple[float, float], at_most: int = MOST_TICKS, marks: Sequence[float] = TICKS
) -> list[float]:
    """Return the ticks between two ends, thinned evenly to `at_most`."""
    inside = [tick for tick in marks if ends[0] <= tick <= ends[1]]
    return inside[:: -(-len(inside) // at_most)] if inside else inside


def time_labels(ticks: Sequence[float], lang: Language = "id") -> list[str]:
    """Return tick labels; hours between hours go without their unit."""
    words = [numbers.limit(tick, lang) for tick in ticks]
    hours = [1 <= tick <= numbers.HOURS_PER_DAY for tick in ticks]
    return [
        text.partition(" ")[0] if place and all(hours[place - 1 : place + 2]) and more else text
        for place, (text, more) in enumerate(zip(words, [*hours[1:], False], strict=True))
    ]
