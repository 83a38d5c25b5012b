"""Ten thousand questionnaires, every breakdown, every interval: target under one second.

Run: python benchmarks/survey_index.py [respondents]
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np
import pandas as pd

from ektp_analytics.measures.answer_tally import tally_answers, tally_by
from ektp_analytics.measures.survey_means import index_summary

ELEMENTS = [f"u{place}" for place in range(1, 10)]
BANDS = [(25, "D", ""), (65, "C", ""), ("76.61", "B", ""), ("88.31", "A", "")]
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


def main() -> None:
    frame = survey(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    start = perf_counter()
    tallies = [tally_answers(frame, ELEMENTS)]
    for name in BREAKDOWNS:
        tallies += tally_by(frame, name, ELEMENTS).values()
    summaries = [index_summary(tally, BANDS) for tally in tallies]
    seconds = perf_counter() - start
    intervals = sum(s.interval is not None for s in summaries)
    print(f"{len(frame)} questionnaires in {len(summaries)} groups, {intervals} intervals")
    print(f"{seconds:.2f} s")


if __name__ == "__main__":
    main()
