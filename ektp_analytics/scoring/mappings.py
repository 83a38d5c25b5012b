"""The same values placed by every mapping of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ektp_analytics.errors import Language
from ektp_analytics.framework.catalogue import DEFAULT_MAPPING
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.what_if import as_given

if TYPE_CHECKING:
    import pandas as pd


def scores_by_mapping(card: Scorecard) -> dict[str, Scorecard]:
    """Score one card's values under every mapping.

    Parameters
    ----------
    card
        Any scorecard of the office and period.

    Returns
    -------
    dict
        Mapping name to scorecard, ``default`` first; ``paper`` puts all nine survey elements
        under accountability (Asmawati 2023).
    """
    values = [as_given(line.value) for line in card.lines]
    values += [as_given(value) for value in card.shown]
    names = (DEFAULT_MAPPING, *card.catalogue.mappings)
    return {
        name: card
        if name == card.catalogue.mapping
        else score(values, card.catalogue.under(name), settings=card.settings)
        for name in names
    }


def mappings_frame(card: Scorecard, lang: Language = "id") -> pd.DataFrame:
    """Return the scores of a card under every mapping, side by side.

    Returns
    -------
    pandas.DataFrame
        One row per principle and one for the whole: key, name, and for each mapping
        ``<mapping>_score`` (``Float64``) and ``<mapping>_status``.
    """
    import pandas as pd

    cards = scores_by_mapping(card)
    table = card.to_frame(lang)[["key", "name"]].copy()
    for mapping, placed in cards.items():
        found = placed.to_frame(lang)
        table[f"{mapping}_score"] = pd.array(found["score"].tolist(), dtype="Float64")
        table[f"{mapping}_status"] = found["status"]
    return table
