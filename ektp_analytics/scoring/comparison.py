"""Two periods or many offices under the same drawn choices: shares risen and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata

from ektp_analytics.errors import Language, Reason, because, refuse
from ektp_analytics.scoring.aggregate import Floats, layout_of, principle_scores
from ektp_analytics.scoring.draws import Observed, choice_draws, data_draws, observe
from ektp_analytics.scoring.scorecard import IndicatorLine, Scorecard
from ektp_analytics.scoring.sensitivity import OVERALL, TAILS, placings, with_overall

if TYPE_CHECKING:
    import pandas as pd

PRINTED_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class ShareRisen:
    """How often one principle rose over the draws, in percent of the draws.

    It is a share of draws and no probability: both periods are scored under the same drawn
    weights, aggregation, mapping and floors, so that only the data can move them apart.
    Sampling errors of two periods are drawn apart, because they rest on other people.

    Parameters
    ----------
    rose, fell, same
        Percent of draws, summing to 100; None where the periods are not comparable.
    common
        Number of indicators assessed afresh in both periods, the only ones used.
    reason
        Why there is no share.
    """

    rose: float | None
    fell: float | None
    same: float | None
    common: int
    reason: Reason | None = None


def share_risen(before: Scorecard, after: Scorecard) -> dict[str, ShareRisen]:
    """Return the share of common draws in which each principle rose.

    Parameters
    ----------
    before, after
        Scorecards of one office; only principles that are `ok` in both are compared, on
        the indicators assessed in both.

    Returns
    -------
    dict
        Principle key to its shares.

    Raises
    ------
    Refused
        If the two were made with different catalogues, draws or seeds.
    """
    _check_comparable([before, after])
    first, second = (_observed(card) for card in (before, after))
    fresh = [
        [line.value.status != "carried" for line in _in_catalogue_order(card)]
        for card in (before, after)
    ]
    common = ~np.isnan(first.value) & ~np.isnan(second.value) & np.all(fresh, axis=0)
    scores = [
        _all_draws(_only(seen, common), card, stream=stream)
        for stream, (seen, card) in enumerate(((first, before), (second, after)))
    ]
    difference = scores[1] - scores[0]
    layout = layout_of(after.catalogue)
    found = {}
    for place, key in enumerate(layout.principles):
        inside = [after.catalogue[code].principle == key for code in layout.codes]
        number = int((common & inside).sum())
        both_ok = before[key].status == after[key].status == "ok"
        found[key] = _shares(difference[:, place], number) if both_ok and number else _none(number)
    return found


def _shares(column: Floats, common: int) -> ShareRisen:
    moved = column[~np.isnan(column)]
    rose, fell, same = (100 * float(np.mean(side)) for side in (moved > 0, moved < 0, moved == 0))
    return ShareRisen(rose, fell, same, common)


def _none(common: int) -> ShareRisen:
    return ShareRisen(None, None, None, common, because("not_comparable_principle"))


def risen_frame(before: Scorecard | None, after: Scorecard, lang: Language = "id") -> pd.DataFrame:
    """Return the share of draws in which each principle rose, as a table.

    Parameters
    ----------
    before, after
        As in `share_risen`; without an earlier scorecard nothing is comparable.
    lang
        Language of the notes.

    Returns
    -------
    pandas.DataFrame
        Columns key, rose, fell, same (percent of draws), common (indicators), note.
    """
    import pandas as pd

    none = ShareRisen(None, None, None, 0, because("change_no_before"))
    keys = [item.key for item in after.principles]
    found = share_risen(before, after) if before is not None else dict.fromkeys(keys, none)
    rows = [
        {
            "key": key,
            "rose": found[key].rose,
            "fell": found[key].fell,
            "same": found[key].same,
            "common": found[key].common,
            "note": reason.text(lang) if (reason := found[key].reason) else "",
        }
        for key in keys
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("rose", "fell", "same"), "Float64"))


def rank_offices(cards: Sequence[Scorecard]) -> pd.DataFrame:
    """Rank offices on raw scores; only `ok` principles enter.

    Parameters
    ----------
    cards
        One scorecard per office, same period and catalogue.

    Returns
    -------
    pandas.DataFrame
        Columns key (principle or ``overall``), office, score, rank (1 is best, equal
        scores share the better rank, missing where not `ok`), note (``tidak ada data`` or
        that two printed scores are equal and not the raw ones).
    """
    import pandas as pd

    _check_comparable(cards)
    rows = []
    for key in (*(item.key for item in cards[0].principles), OVERALL):
        scores = pd.Series([_ranked_score(card, key) for card in cards], dtype="Float64")
        ranks = scores.rank(ascending=False, method="min").astype("Int64")
        # How many raw scores there are behind each printed one.
        behind = scores.groupby(scores.round(PRINTED_DECIMALS)).transform("nunique")
        alike = behind.gt(1).fillna(value=False)
        for place, card in enumerate(cards):
            note = because("no_data") if pd.isna(scores[place]) else None
            if alike[place]:
                note = because("rank_on_raw_values")
            rows.append(
                {
                    "key": key,
                    "office": card.office,
                    "score": scores[place],
                    "rank": ranks[place],
                    "note": str(note) if note else "",
                }
            )
    return pd.DataFrame(rows).astype({"score": "Float64", "rank": "Int64"})


def rank_ranges(cards: Sequence[Scorecard]) -> pd.DataFrame:
    """Return how far ranks move over data and choices drawn together.

    All offices share each draw of weights, aggregation, mapping and floors; each office
    has data draws of its own.

    Returns
    -------
    pandas.DataFrame
        Columns key, office, rank_low, rank_high: the middle 95 % of its ranks, missing
        where it is not ranked.
    """
    import pandas as pd

    _check_comparable(cards)
    drawn = np.stack(
        [_all_draws(_observed(c), c, stream=_stream(c.office)) for c in cards]
    )  # offices × draws × (principles + 1)
    rows = []
    for place, key in enumerate((*(item.key for item in cards[0].principles), OVERALL)):
        ranked = [n for n, card in enumerate(cards) if _ranked_score(card, key) is not None]
        scores = drawn[ranked, :, place]
        usable = ~np.isnan(scores).any(axis=0)
        scores = scores[:, usable]
        ends = np.full((len(cards), len(TAILS)), np.nan)
        if usable.any():
            ranks = rankdata(-scores, method="min", axis=0)
            ends[ranked] = np.percentile(ranks, TAILS, axis=1, method="inverted_cdf").T
        for card, (low, high) in zip(cards, ends, strict=True):
            rows.append({"key": key, "office": card.office, "rank_low": low, "rank_high": high})
    return pd.DataFrame(rows).astype({"rank_low": "Int64", "rank_high": "Int64"})


def _stream(office: str) -> int:
    """Give every office a stream of its own that other offices do not change."""
    import hashlib

    return int.from_bytes(hashlib.sha256(office.encode()).digest()[:6], "big")


def _ranked_score(card: Scorecard, key: str) -> float | None:
    if key == OVERALL:
        return card.overall.score
    return card[key].score if card[key].status == "ok" else None


def _observed(card: Scorecard) -> Observed:
    return observe([line.value for line in card.lines], card.catalogue)


def _in_catalogue_order(card: Scorecard) -> list[IndicatorLine]:
    return [card.line(item.code) for item in card.catalogue.scored]


def _only(observed: Observed, used: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Observed:
    return replace(observed, value=np.where(used, observed.value, np.nan))


def _all_draws(observed: Observed, card: Scorecard, *, stream: int) -> Floats:
    """Return draws × (principles + whole), each row with its own data and choices."""
    settings, catalogue = card.settings, card.catalogue
    choices = choice_draws(observed, layout_of(catalogue), settings)
    data = data_draws(observed, settings.draws, settings.seed, stream)
    scores = observed.scores(data, choices.floors)
    layouts = list(placings(catalogue))
    ways = [(layout, geometric) for layout in layouts for geometric in (False, True)]
    out = np.empty((settings.draws, len(card.principles) + 1))
    for place, (layout, geometric) in enumerate(ways):
        here = slice(place, None, len(ways))
        drawn = principle_scores(
            scores[here],
            layout,
            indicator_weights=layout.indicator_weights * choices.indicator_factors[here],
            aspect_weights=layout.aspect_weights * choices.aspect_factors[here],
            geometric=geometric,
        )
        out[here] = with_overall(drawn, layout, geometric=geometric)
    return out


def _check_comparable(cards: Sequence[Scorecard]) -> None:
    versions = {c.catalogue.version for c in cards}
    runs = {(c.catalogue.mapping, c.settings.seed, c.settings.draws) for c in cards}
    if len(versions) > 1 or len(runs) > 1:
        raise refuse("scores_not_comparable", value=", ".join(sorted(versions)))
