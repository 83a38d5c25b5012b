"""How far scores depend on the sample and on our choices; the two are never mixed.

(a) `sampling_intervals`: the data could have fallen out otherwise, the choices stay.
(b) `choices_ranges`: the data stay, weights, aggregation, mapping and floors vary.
`leave_one_out` and the Sobol shares (module `sobol`) say which part matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ektp_analytics.errors import Language
from ektp_analytics.framework.catalogue import DEFAULT_MAPPING, Catalogue
from ektp_analytics.scoring.aggregate import (
    Floats,
    Layout,
    geometric_mean,
    layout_of,
    principle_scores,
    weighted_mean,
)
from ektp_analytics.scoring.draws import CONFIDENCE, Observed, choice_draws, data_draws, observe
from ektp_analytics.scoring.scorecard import Pair, Scorecard, status_of
from ektp_analytics.scoring.settings import ScoreSettings

if TYPE_CHECKING:
    import pandas as pd

TAILS = (100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2)
OVERALL = "overall"
MINIMUM_WEIGHTS = (50.0, 65.0, 80.0)  # percent; the setting is varied, not only stated


def with_overall(scores: Floats, layout: Layout, *, geometric: bool = False) -> Floats:
    """Append the overall score as a last column; NaN where a principle is absent."""
    whole = np.full(scores.shape[:-1], np.nan)
    complete = ~np.isnan(scores).any(axis=-1)
    if complete.any():
        mean = geometric_mean if geometric else weighted_mean
        whole[complete] = mean(scores[complete], layout.principle_weights)
    return np.concatenate([scores, whole[..., None]], axis=-1)


def sampling_intervals(
    observed: Observed, catalogue: Catalogue, settings: ScoreSettings
) -> dict[str, Pair | None]:
    """Return the 95 % sampling interval of every principle and of the whole.

    Parameters
    ----------
    observed
        Assessed values with their intervals.
    catalogue
        Gives the weights, which stay as they are.
    settings
        Draws and seed.

    Returns
    -------
    dict
        Principle key (and ``overall``) to the 2.5th and 97.5th percentile of the
        simulated score; None where nothing it rests on has an interval.
    """
    layout = layout_of(catalogue)
    values = data_draws(observed, settings.draws, settings.seed)
    scores = with_overall(principle_scores(observed.scores(values), layout), layout)
    return {
        key: _middle(scores[:, place]) for place, key in enumerate((*layout.principles, OVERALL))
    }


def _middle(column: Floats) -> Pair | None:
    if np.isnan(column).any() or np.ptp(column) == 0:
        return None
    low, high = np.percentile(column, TAILS)
    return float(low), float(high)


def choices_ranges(
    observed: Observed, catalogue: Catalogue, settings: ScoreSettings
) -> dict[str, Pair | None]:
    """Return the range of every principle and of the whole over our choices.

    For each aggregation (arithmetic, geometric) and each mapping, weights and judged
    floors are drawn and the middle 95 % taken; the range spans all of these and the score
    itself. Data stay as observed.

    Returns
    -------
    dict
        Principle key (and ``overall``) to (lowest, highest); None where not assessed.
    """
    layout = layout_of(catalogue)
    choices = choice_draws(observed, layout, settings)
    found = [with_overall(principle_scores(observed.scores(), layout), layout)[None]]
    for placed in placings(catalogue):
        for geometric in (False, True):
            drawn = principle_scores(
                observed.scores(floors=choices.floors),
                placed,
                indicator_weights=placed.indicator_weights * choices.indicator_factors,
                aspect_weights=placed.aspect_weights * choices.aspect_factors,
                geometric=geometric,
            )
            whole = with_overall(drawn, placed, geometric=geometric)
            found.append(np.percentile(whole, TAILS, axis=0))
    ends = np.concatenate(found)
    return {key: _ends(ends[:, place]) for place, key in enumerate((*layout.principles, OVERALL))}


def _ends(column: Floats) -> Pair | None:
    """Span the ends there are; a mapping may leave a principle without an indicator."""
    if np.isnan(column[0]):
        return None
    return float(np.nanmin(column)), float(np.nanmax(column))


def placings(catalogue: Catalogue) -> Iterator[Layout]:
    """Yield the layout of every mapping, the default first."""
    for mapping in (DEFAULT_MAPPING, *catalogue.mappings):
        yield layout_of(catalogue.under(mapping))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What each score becomes without one indicator.

    Parameters
    ----------
    without
        Indicator code to the principle's score without it; None if nothing is left.
    change
        Indicator code to that score minus the score.
    """

    without: Mapping[str, float | None]
    change: Mapping[str, float | None]

    def to_frame(self, catalogue: Catalogue | None = None, lang: Language = "id") -> pd.DataFrame:
        """Return one row per indicator left out, the largest change first.

        Parameters
        ----------
        catalogue
            Adds the printed name and the principle of each indicator.
        lang
            Language of the names.

        Returns
        -------
        pandas.DataFrame
            Columns code, without, change; with a catalogue also principle (key) and name.
        """
        import pandas as pd

        table = pd.DataFrame(
            {
                "code": list(self.without),
                "without": pd.array(list(self.without.values()), dtype="Float64"),
                "change": pd.array(list(self.change.values()), dtype="Float64"),
            }
        )
        if catalogue is not None:
            items = [catalogue[code] for code in self.without]
            table["principle"] = [item.principle for item in items]
            table["name"] = [item.name[lang] for item in items]
        order = table["change"].abs().sort_values(ascending=False, na_position="last").index
        return table.loc[order].reset_index(drop=True)


def leave_one_out(card: Scorecard) -> LeftOut:
    """Return the score of each principle without each of its assessed indicators."""
    layout = layout_of(card.catalogue)
    scores = observe([line.value for line in card.lines], card.catalogue).scores()
    without: dict[str, float | None] = {}
    change: dict[str, float | None] = {}
    for place, code in enumerate(layout.codes):
        if np.isnan(scores[place]):
            continue
        rest = scores.copy()
        rest[place] = np.nan
        principle = layout.principles.index(card.catalogue[code].principle)
        score = principle_scores(rest, layout)[principle]
        own = card.principles[principle].score
        without[code] = None if np.isnan(score) else float(score)
        change[code] = None if np.isnan(score) or own is None else float(score) - own
    return LeftOut(without, change)


def status_by_minimum(card: Scorecard, minima: Sequence[float] = MINIMUM_WEIGHTS) -> pd.DataFrame:
    """Return which principles would be `ok` under other least weights.

    Parameters
    ----------
    card
        The scorecard.
    minima
        Least weights in percent.

    Returns
    -------
    pandas.DataFrame
        Columns key, weight_assessed, and one per minimum (``50``) with the status.
    """
    import pandas as pd

    rows = [
        {"key": item.key, "weight_assessed": item.weight_assessed}
        | {f"{least:g}": status_of(item.weight_assessed, least) for least in minima}
        for item in card.principles
    ]
    return pd.DataFrame(rows)
