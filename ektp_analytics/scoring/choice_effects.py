"""What each choice of ours does to the scores, one choice at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ektp_analytics.framework.catalogue import OVERALL
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.aggregate import Floats, Layout, layout_of, principle_scores
from ektp_analytics.scoring.draws import Observed, choice_draws, observe
from ektp_analytics.scoring.mappings import scores_by_mapping
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.sensitivity import TAILS, with_overall
from ektp_analytics.scoring.what_if import as_given

if TYPE_CHECKING:
    import pandas as pd


def choice_effects(card: Scorecard) -> pd.DataFrame:
    """Return the range of every score when one kind of choice varies and the rest stay.

    Parameters
    ----------
    card
        The scorecard; its settings give draws, seed and how far choices are varied.

    Returns
    -------
    pandas.DataFrame
        One row per choice (``weights``, ``goalposts``: middle 95 % of the draws;
        ``aggregation``, ``mapping``: the other variant) and score: columns choice, key,
        score, low, high (``Float64``), span (high − low, the score itself included).
        Data stay as observed.
    """
    import pandas as pd

    layout = layout_of(card.catalogue)
    keys = (*layout.principles, OVERALL)
    own = [*(item.score for item in card.principles), card.overall.score]
    rows = []
    for choice, found in _variants(card, layout):
        for place, key in enumerate(keys):
            ends = found[:, place]
            known = own[place] is not None and not np.isnan(ends).any()
            low = float(min(ends.min(), own[place] or 0.0)) if known else None
            high = float(max(ends.max(), own[place] or 0.0)) if known else None
            span = None if low is None or high is None else high - low
            rows.append(
                {"choice": choice, "key": key, "score": own[place]}
                | {"low": low, "high": high, "span": span}
            )
    return pd.DataFrame(rows).astype(dict.fromkeys(("score", "low", "high", "span"), "Float64"))


def _variants(card: Scorecard, layout: Layout) -> Iterator[tuple[str, Floats]]:
    """Yield the scores under each kind of choice: rows of ends, principles then the whole."""
    observed = _observed(card)
    choices = choice_draws(observed, layout, card.settings)
    scores = observed.scores()
    weighted = principle_scores(
        np.broadcast_to(scores, choices.indicator_factors.shape),
        layout,
        indicator_weights=layout.indicator_weights * choices.indicator_factors,
        aspect_weights=layout.aspect_weights * choices.aspect_factors,
    )
    yield "weights", np.percentile(with_overall(weighted, layout), TAILS, axis=0)
    geometric = principle_scores(scores, layout, geometric=True)
    yield "aggregation", with_overall(geometric, layout, geometric=True)[None]
    placed = [_all_scores(other) for other in scores_by_mapping(card).values()]
    yield "mapping", np.array(placed)
    moved = principle_scores(observed.scores(floors=choices.floors), layout)
    yield "goalposts", np.percentile(with_overall(moved, layout), TAILS, axis=0)


def _observed(card: Scorecard) -> Observed:
    return observe([line.value for line in card.lines], card.catalogue)


def _all_scores(card: Scorecard) -> list[float]:
    scores = [*(item.score for item in card.principles), card.overall.score]
    return [np.nan if value is None else value for value in scores]


def floor_effects(card: Scorecard) -> pd.DataFrame:
    """Return what each floor that is a judgment does to its principle's score.

    Returns
    -------
    pandas.DataFrame
        One row per judged floor: code, floor, target, lower and higher floor tried (by
        `floor_spread` of the distance to the target), score of the principle with each
        (``with_lower``, ``with_higher``) and as it is (``score``).
    """
    import pandas as pd

    layout, observed = layout_of(card.catalogue), _observed(card)
    rows: list[dict[str, Any]] = []
    for place in np.flatnonzero(observed.judged):
        code = layout.codes[place]
        principle = layout.principles.index(card.catalogue[code].principle)
        step = card.settings.floor_spread * (observed.target[place] - observed.floor[place])
        row = {"code": code, "floor": observed.floor[place], "target": observed.target[place]}
        for name, sign in (("lower", -1), ("higher", 1)):
            floors = observed.floor.copy()
            floors[place] = np.clip(
                floors[place] + sign * step, observed.lowest[place], observed.highest[place]
            )
            moved = principle_scores(observed.scores(floors=floors), layout)[principle]
            row |= {name: floors[place], f"with_{name}": None if np.isnan(moved) else moved}
        known = not np.isnan(observed.value[place])
        rows.append({**row, "score": card.principles[principle].score} if known else {"code": code})
    columns = ["code", "floor", "target", "lower", "higher", "with_lower", "with_higher", "score"]
    return pd.DataFrame(rows, columns=columns).set_index("code").astype("Float64").reset_index()


def with_settings(card: Scorecard, **changes: Any) -> Scorecard:
    """Score the same values again under other settings.

    Parameters
    ----------
    card
        The scorecard as it is.
    **changes
        Fields of `ScoreSettings`: ``smallest_n=1``, ``minimum_weight=80`` …
    """
    values = [_unjudged(as_given(line.value)) for line in card.lines]
    values += [as_given(value) for value in card.shown]
    return score(values, card.catalogue, settings=replace(card.settings, **changes))


def _unjudged(value: IndicatorValue) -> IndicatorValue:
    """Take off the reason that scoring gave for not scoring, so that it is judged anew."""
    small = value.reason is not None and value.reason.code == "n_too_small_to_score"
    return replace(value, reason=None) if small else value
