"""Ten thousand questionnaires, every breakdown, every interval: target under one second.

Run: python benchmarks/survey_index.py [respondents]

Timed: from the table of answers to the index, letter, interval, element intervals, flip
count and reconciliation of the whole and of every group of every breakdown. The best of
three runs is printed, so that the first one's imports do not count; processor time is the
fairer figure where the machine has other work.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from machine import Work, table

from ektp_analytics.measures.answer_tally import tally_answers, tally_by
from ektp_analytics.measures.survey_means import IndexSummary, index_summary

ELEMENTS = [f"u{place}" for place in range(1, 10)]
BANDS = [(25, "D", ""), (65, "C", ""), ("76.61", "B", ""), ("88.31", "A", "")]
REPEATS = 3
BREAKDOWNS = {
    "service": 12,
    "channel": 4,
    "kecamatan": 25,
    "sex": 2,
    "age": 6,
    "education": 6,
    "occupation": 6,
}


def survey(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    opinion = rng.normal(3.1, 0.5, (n, 1)) + rng.normal(0, 0.6, (n, 9))
    answers = pd.DataFrame(np.clip(np.rint(opinion), 1, 4), columns=ELEMENTS)
    answers = answers.mask(rng.random(answers.shape) < 0.05).astype("Int64")
    groups = {name: rng.integers(0, size, n).astype(str) for name, size in BREAKDOWNS.items()}
    return answers.assign(**groups)


def breakdowns(frame: pd.DataFrame) -> list[IndexSummary]:
    """Compute everything printed about the whole and every group."""
    tallies = [tally_answers(frame, ELEMENTS)]
    for name in BREAKDOWNS:
        tallies += tally_by(frame, name, ELEMENTS).values()
    return [index_summary(tally, BANDS) for tally in tallies]


def main() -> None:
    frame = survey(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    work = Work()
    for _ in range(REPEATS):
        with work.timed():
            summaries = breakdowns(frame)
    intervals = sum(s.interval is not None for s in summaries)
    intervals += sum(e.interval.bounds is not None for s in summaries for e in s.elements)
    table(
        ("questionnaires", "elements", "groups", "intervals", *Work.COLUMNS, "target"),
        [(f"{len(frame):,}", len(ELEMENTS), len(summaries), intervals, *work.figures(), "1.00")],
    )


if __name__ == "__main__":
    main()
