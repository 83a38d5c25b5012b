"""Principles with what changed since the period before, as their chart takes them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.measures.change import Change
from ektp_analytics.report.wording import Move
from ektp_analytics.scoring.movement import movement
from ektp_analytics.scoring.scorecard import PrincipleScore, Scorecard

_MOVES: dict[str, Move] = {
    "up": "up",
    "down": "down",
    "unchanged": "same",
    "not comparable": "not comparable",
}


def principle_frame(
    card: Scorecard, before: Scorecard | None = None, lang: Language = "id"
) -> pd.DataFrame:
    """Return the principles of a scorecard as the chart `principles` takes them.

    Parameters
    ----------
    card
        The scorecard.
    before
        Scorecard of the period before; changes are judged against noise on the indicators
        both periods have.
    lang
        Language of the reasons.

    Returns
    -------
    pandas.DataFrame
        ``key, score, status, weight_assessed, low, high, bound_low, bound_high, previous,
        change, move, reason``.
    """
    changes = movement(before, card).principles if before else {}
    rows = [_row(item, before, changes.get(item.key), lang) for item in card.principles]
    return pd.DataFrame(rows)


def _row(
    item: PrincipleScore, before: Scorecard | None, change: Change | None, lang: Language
) -> dict[str, Any]:
    low, high = item.interval or (None, None)
    reason = item.reasons.get("score")
    return {
        "key": item.key,
        "score": item.score,
        "status": item.status,
        "weight_assessed": item.weight_assessed,
        "low": low,
        "high": high,
        "bound_low": item.bounds[0],
        "bound_high": item.bounds[1],
        "previous": before[item.key].score if before and before[item.key].status == "ok" else None,
        "change": change.difference if change else None,
        "move": _MOVES[change.verdict] if change else "no previous",
        "reason": reason.text(lang) if reason else "",
    }
