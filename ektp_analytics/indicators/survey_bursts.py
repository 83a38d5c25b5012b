"""Questionnaires that look as if nobody read them: one answer throughout, or sent in bursts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.results import PERCENT
from ektp_analytics.indicators.skm import asked_elements
from ektp_analytics.indicators.windows import in_window

# A form with this many answers, all equal, is a straight line.
STRAIGHT_LINE_ANSWERS = 5
# This many equal forms, each within so many seconds of the last, are a burst.
BURST_SIZE = 3
BURST_SECONDS = 60


def straight_lines(table: pd.DataFrame) -> pd.Series:
    """Mark questionnaires that give one answer to everything they answer."""
    asked = list(asked_elements(table))
    answers = table[asked].to_numpy(dtype=float, na_value=np.nan)
    given = ~np.isnan(answers)
    lowest = answers.min(axis=1, initial=np.inf, where=given)
    highest = answers.max(axis=1, initial=-np.inf, where=given)
    enough = given.sum(axis=1) >= STRAIGHT_LINE_ANSWERS
    return pd.Series((lowest == highest) & enough, index=table.index)


def bursts(table: pd.DataFrame) -> pd.Series:
    """Mark questionnaires sent in a burst of equal answers.

    Parameters
    ----------
    table
        Elements as ``Int64``; ``submitted_at`` with ``submitted_at_has_time``. Without
        times of day nothing is marked.
    """
    marked = pd.Series(False, index=table.index)
    if "submitted_at" not in table or "submitted_at_has_time" not in table:
        return marked
    timed = table[table["submitted_at"].notna() & table["submitted_at_has_time"]]
    answers = timed.loc[:, list(asked_elements(table))]
    same = answers.groupby(list(answers.columns), dropna=False).ngroup()
    ordered = pd.DataFrame({"same": same, "at": timed["submitted_at"]}).sort_values(["same", "at"])
    gap = ordered.groupby("same")["at"].diff().dt.total_seconds()
    run = (~gap.le(BURST_SECONDS)).cumsum()
    sizes = run.groupby(run).transform("size")
    marked.loc[sizes.index[sizes.ge(BURST_SIZE)]] = True
    return marked


def survey_bursts(data: OfficeData) -> dict[str, Any] | None:
    """Return the share of questionnaires in bursts or straight lines, in percent.

    Printed beside survey indicators: forms filled in without reading raise them. None
    where the window has no questionnaire.
    """
    return data.once("survey_bursts", lambda: _counter(data))


def _counter(data: OfficeData) -> dict[str, Any] | None:
    rows = data.tables["survey"][in_window(data, "survey", "submitted_at")]
    if rows.empty:
        return None
    straight, burst = straight_lines(rows), bursts(rows)
    return {
        "name": "survey_bursts",
        "value": PERCENT * float((straight | burst).mean()),
        "unit": "percent",
        "n": len(rows),
        "straight": int(straight.sum()),
        "burst": int(burst.sum()),
    }
