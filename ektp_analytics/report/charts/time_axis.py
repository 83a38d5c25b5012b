"""A logarithmic axis of waiting time with the ticks people think in."""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers

# Hours: a minute, 15 minutes, an hour … a day, three days, a week, two weeks … two years.
TICKS = (1 / 60, 0.25, 1, 3, 6, 12, 24, 72, 168, 336, 720, 1440, 2880, 8760, 17520)
MOST_TICKS = 11


def time_range(shortest: float, longest: float) -> tuple[float, float]:
    """Return the tick values in hours that enclose two waiting times."""
    low = max((tick for tick in TICKS if tick <= shortest), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= longest), default=max(longest, TICKS[-1]))
    if low == high:
        place = TICKS.index(low) if low in TICKS else len(TICKS) - 1
        low, high = TICKS[max(place - 1, 0)], TICKS[min(place + 1, len(TICKS) - 1)]
    return low, high


def time_ticks(ends: tuple[float, float], at_most: int = MOST_TICKS) -> list[float]:
    """Return the ticks between two ends, thinned evenly to `at_most`."""
    inside = [tick for tick in TICKS if ends[0] <= tick <= ends[1]]
    kept: Sequence[float] = inside[:: -(-len(inside) // at_most)] if inside else inside
    return list(kept)


def time_labels(ticks: Sequence[float], lang: Language = "id") -> list[str]:
    """Return tick labels; the unit is left out between neighbours of the same unit."""
    words = [numbers.limit(tick, lang) for tick in ticks]
    labels = []
    for place, text in enumerate(words):
        number, _, unit = text.partition(" ")
        ends = place in (0, len(words) - 1)
        before = words[place - 1].partition(" ")[2] if place else ""
        after = words[place + 1].partition(" ")[2] if place + 1 < len(words) else ""
        labels.append(number if not ends and before == unit == after else text)
    return labels
