"""A million requests in 500 groups, every curve and interval: target under three seconds.

Run: python benchmarks/completion_times.py [requests] [groups]

Timed: from the table of stamps to one tally per group, the Kaplan–Meier curve of each with
its pointwise limits, median and 90th percentile with intervals, the share within 24 hours
with its interval. The log-rank test between all groups is timed apart. The best of three
runs is printed, so that the first one's imports do not count; processor time is the fairer
figure where the machine has other work.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from machine import Work
from machine import table as print_table

from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.durations import time_to_event
from ektp_analytics.measures.log_rank import log_rank
from ektp_analytics.measures.request_tally import tally_by_group

AS_OF = "2025-03-31"
LIMIT = "24h"
REPEATS = 3
SECONDS_PER_DAY = 86_400
OPEN_SHARE = 0.05
DAYS = 90


def requests(n: int, groups: int) -> pd.DataFrame:
    """Make requests of a quarter: log-normal times, one in twenty never finished."""
    rng = np.random.default_rng(1)
    day = rng.integers(0, DAYS * SECONDS_PER_DAY, n).astype("timedelta64[s]")
    start = np.datetime64("2025-01-01", "us") + day
    took = np.exp(rng.normal(np.log(SECONDS_PER_DAY / 2), 1, n)).astype("timedelta64[s]")
    end = pd.Series(start + took).mask(rng.random(n) < OPEN_SHARE)
    return pd.DataFrame({"group": rng.integers(0, groups, n), "start": start, "end": end})


def tallied(table: pd.DataFrame) -> dict[object, DurationTally]:
    """Reduce the table to one tally per group."""
    return tally_by_group(table["group"], table["start"], table["end"], AS_OF, limits=[LIMIT])


def main() -> None:
    given = [int(text) for text in sys.argv[1:]] + [1_000_000, 500][len(sys.argv) - 1 :]
    table = requests(*given)
    work = Work()
    for _ in range(REPEATS):
        with work.timed():
            tallies = tallied(table)
            results = [time_to_event(tally, LIMIT, AS_OF) for tally in tallies.values()]
    test = Work()
    with test.timed():
        log_rank({str(name): tally.elapsed for name, tally in tallies.items()})
    shown = sum(r.within_limit_interval is not None for r in results)
    what = (f"{len(table):,}", len(tallies))
    print_table(
        ("requests", "groups", "work", *Work.COLUMNS, "target"),
        [
            (*what, f"curves and {3 * shown} intervals", *work.figures(), "3.00"),
            (*what, "log-rank test", *test.figures(), ""),
        ],
    )


if __name__ == "__main__":
    main()
