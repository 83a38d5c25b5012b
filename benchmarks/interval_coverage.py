"""How often the interval of the survey index covers the true index.

Run: python benchmarks/interval_coverage.py [samples per line] [seed]

Two kinds of population, whose true index is known exactly, so that coverage is simply
counted. Graded: a normal opinion per respondent plus a normal deviation per element,
rounded to 1–4. Few unhappy: everyone answers 4 throughout, but for a share who answer 2
throughout. The tables are printed in Markdown, as docs/methods/interval.md holds them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ektp_analytics.measures.answer_tally import tally_answers
from ektp_analytics.measures.index_interval import index_interval

ELEMENTS = [f"u{place}" for place in range(1, 10)]
BETWEEN, WITHIN = 0.45, 0.6
SIZES = (10, 20, 30, 50, 100, 380)
LEVELS = (2.6, 3.1, 3.6, 4.1, 4.4)
BLANKS = (0.0, 0.1)
UNHAPPY = (0.02, 0.05, 0.1, 0.2)
HEADER = (
    "| true index | n | blanks | covered % | interval below % | above % | mean width | none % |"
)


def graded_index(level: float) -> float:
    """Return the true index of the graded population at a mean opinion."""
    spread = np.hypot(BETWEEN, WITHIN)
    steps = 1 - ndtr((np.array([1.5, 2.5, 3.5]) - level) / spread)
    return float(25 * (1 + steps.sum()))


def graded(rng: np.random.Generator, n: int, level: float, blanks: float) -> pd.DataFrame:
    opinion = rng.normal(level, BETWEEN, (n, 1)) + rng.normal(0, WITHIN, (n, len(ELEMENTS)))
    answers = np.clip(np.rint(opinion), 1, 4)
    answers[rng.random(answers.shape) < blanks] = np.nan
    return pd.DataFrame(answers, columns=ELEMENTS)


def few_unhappy(rng: np.random.Generator, n: int, share: float) -> pd.DataFrame:
    answers = np.where(rng.random((n, 1)) < share, 2, 4) * np.ones((1, len(ELEMENTS)))
    return pd.DataFrame(answers, columns=ELEMENTS)


def line(truth: float, n: int, blanks: float, frames: Iterable[pd.DataFrame]) -> str:
    """Return one line of a table: coverage, misses on either side, width, samples without."""
    ends = [index_interval(tally_answers(frame, ELEMENTS)).bounds for frame in frames]
    given = np.array([pair for pair in ends if pair is not None])
    below = 100 * np.mean(given[:, 1] < truth)
    above = 100 * np.mean(given[:, 0] > truth)
    width = np.mean(given[:, 1] - given[:, 0])
    absent = 100 * (1 - len(given) / len(ends))
    return (
        f"| {truth:.1f} | {n} | {blanks:.0%} | {100 - below - above:.1f} | {below:.1f} "
        f"| {above:.1f} | {width:.1f} | {absent:.1f} |"
    )


def print_graded(rng: np.random.Generator, samples: int) -> None:
    print(f"\nGraded answers\n\n{HEADER}\n|---|---|---|---|---|---|---|---|")
    for level in LEVELS:
        for n in SIZES:
            for blanks in BLANKS:
                frames = (graded(rng, n, level, blanks) for _ in range(samples))
                print(line(graded_index(level), n, blanks, frames), flush=True)


def print_few_unhappy(rng: np.random.Generator, samples: int) -> None:
    print(f"\nFew unhappy\n\n{HEADER}\n|---|---|---|---|---|---|---|---|")
    for share in UNHAPPY:
        for n in SIZES:
            frames = (few_unhappy(rng, n, share) for _ in range(samples))
            print(line(100 - 50 * share, n, 0.0, frames), flush=True)


def main() -> None:
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20250101
    print_graded(np.random.default_rng(seed), samples)
    print_few_unhappy(np.random.default_rng(seed), samples)


if __name__ == "__main__":
    main()
