"""Which of five groups of choices and chances moves a score most: Sobol shares.

Each factor is one uniform number that picks a row of a table drawn beforehand, so that a
whole resample of the data or a whole set of weights counts as one factor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.scoring.aggregate import Floats, layout_of, principle_scores
from ektp_analytics.scoring.draws import choice_draws, data_draws, observe
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.sensitivity import OVERALL, placings, with_overall

if TYPE_CHECKING:
    import pandas as pd

FACTORS = ("data", "weights", "aggregation", "mapping", "goalposts")
POINTS = 1024  # a power of two, as the design asks
AGGREGATIONS = 2

Integers = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Model = Callable[[Sequence[Integers]], Floats]


@dataclass(frozen=True, slots=True)
class SobolShares:
    """First-order and total shares of one score's variance.

    Parameters
    ----------
    first, total
        By factor, 0–1 up to simulation noise; None for a factor that is not used.
    reason
        Why there are none at all.
    """

    first: dict[str, float | None]
    total: dict[str, float | None]
    reason: Reason | None = None


def table_shares(
    model: Model, sizes: Sequence[int], *, points: int = POINTS, seed: int = 0
) -> tuple[Floats, Floats]:
    """Return Sobol shares of a model whose inputs are rows of tables.

    Parameters
    ----------
    model
        Takes one array of row numbers per table, each of shape (n,), and returns outputs
        of shape (s, n). Every output must vary.
    sizes
        Rows of each table.
    points
        Design points, a power of two; the model sees points · (tables + 2) rows.
    seed
        Seed of the scrambled design.

    Returns
    -------
    first, total : ndarray
        Shapes (s, number of tables).

    Notes
    -----
    Estimators of Saltelli et al. (2010), Computer Physics Communications 181, as
    `scipy.stats.sobol_indices` computes them.
    """
    from scipy.stats import sobol_indices, uniform

    counts = np.asarray(sizes)[:, None]

    def rows(numbers: Floats) -> Floats:
        picked = np.minimum((numbers * counts).astype(np.intp), counts - 1)
        return model(list(picked))

    each: Any = uniform()
    result = sobol_indices(
        func=rows, n=points, dists=[each] * len(sizes), rng=np.random.default_rng(seed)
    )
    return np.atleast_2d(result.first_order), np.atleast_2d(result.total_order)


def sobol_shares(card: Scorecard, *, points: int = POINTS) -> dict[str, SobolShares]:
    """Return which factor moves each score of a card most.

    Parameters
    ----------
    card
        The scorecard; its settings give draws and seed.
    points
        Design points, a power of two.

    Returns
    -------
    dict
        Principle key (and ``overall`` where all four are `ok`) to its shares.
    """
    model, sizes = _card_model(card)
    keys = (*(item.key for item in card.principles), OVERALL)
    probe = _probe(model, sizes, points, card.settings.seed)
    reasons = [_obstacle(card, key, outputs) for key, outputs in zip(keys, probe, strict=True)]
    usable = [place for place, reason in enumerate(reasons) if reason is None]
    empty: dict[str, float | None] = dict.fromkeys(FACTORS)
    found = {
        key: SobolShares(dict(empty), dict(empty), reason)
        for key, reason in zip(keys, reasons, strict=True)
    }
    if usable:
        first, total = table_shares(
            lambda picked: model(picked)[usable], sizes, points=points, seed=card.settings.seed
        )
        for row, place in enumerate(usable):
            used = [size > 1 for size in sizes]
            found[keys[place]] = SobolShares(_named(first[row], used), _named(total[row], used))
    return found


def _named(shares: Floats, used: Sequence[bool]) -> dict[str, float | None]:
    return {
        factor: float(share) if is_used else None
        for factor, share, is_used in zip(FACTORS, shares, used, strict=True)
    }


def _card_model(card: Scorecard) -> tuple[Model, tuple[int, ...]]:
    """Return the model of a card over five tables, and the rows of each table.

    A table that cannot change anything (no interval, no judged floor among what is
    assessed) has one row: the factor is then not used.
    """
    settings = card.settings
    observed = observe([line.value for line in card.lines], card.catalogue)
    data = data_draws(observed, settings.draws, settings.seed)
    choices = choice_draws(observed, layout_of(card.catalogue), settings)
    layouts = list(placings(card.catalogue))
    sizes = (
        settings.draws if observed.noisy else 1,
        settings.draws,
        AGGREGATIONS,
        len(layouts),
        settings.draws if observed.judged[~np.isnan(observed.value)].any() else 1,
    )

    def model(picked: Sequence[Integers]) -> Floats:
        rows, weights, geometric, mapping, posts = picked
        values = data[rows] if observed.noisy else observed.value
        scores = observed.scores(values, choices.floors[posts])
        out = np.empty((len(card.principles) + 1, len(rows)))
        for place, layout in enumerate(layouts):
            for way in range(AGGREGATIONS):
                here = (mapping == place) & (geometric == way)
                drawn = principle_scores(
                    scores[here],
                    layout,
                    indicator_weights=layout.indicator_weights
                    * choices.indicator_factors[weights[here]],
                    aspect_weights=layout.aspect_weights * choices.aspect_factors[weights[here]],
                    geometric=bool(way),
                )
                out[:, here] = with_overall(drawn, layout, geometric=bool(way)).T
        return out

    return model, sizes


def _probe(model: Model, sizes: Sequence[int], points: int, seed: int) -> Floats:
    """Look at the outputs once, to see which vary and which are absent somewhere."""
    rng = np.random.default_rng(seed)
    return model([rng.integers(0, size, points) for size in sizes])


def _obstacle(card: Scorecard, key: str, outputs: Floats) -> Reason | None:
    if key == OVERALL and card.overall.score is None:
        return card.overall.reasons["score"]
    if key != OVERALL and card[key].score is None:
        return because("nothing_assessed")
    if np.isnan(outputs).any():
        return because("absent_under_a_mapping")
    return because("score_does_not_vary") if np.ptp(outputs) == 0 else None


def shares_frame(shares: dict[str, SobolShares], lang: Language = "id") -> pd.DataFrame:
    """Return Sobol shares as a table.

    Returns
    -------
    pandas.DataFrame
        Columns key, factor, first, total (0–1), note (``tidak dipakai`` where a factor
        cannot act).
    """
    import pandas as pd

    rows = []
    for key, found in shares.items():
        for factor in FACTORS:
            note = found.reason
            if note is None and found.total[factor] is None:
                note = because("factor_not_used")
            rows.append(
                {
                    "key": key,
                    "factor": factor,
                    "first": found.first[factor],
                    "total": found.total[factor],
                    "note": note.text(lang) if note else "",
                }
            )
    return pd.DataFrame(rows).astype({"first": "Float64", "total": "Float64"})
