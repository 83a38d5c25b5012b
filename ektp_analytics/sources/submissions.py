"""Submissions of one respondent, and forms that look as if one person sent them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.sources.answers import AnswerColumn
from ektp_analytics.sources.findings import ROWS_NAMED_OF_MANY
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.sources.reading import Reading
from ektp_analytics.sources.repeats import merge_repeats, reject_conflicts

BURST_SECONDS = 60
BURST_SIZE = 3
_STRAIGHT_LINE_ANSWERS = 5


def merge_submissions(reading: Reading) -> None:
    """Merge repeats: exact ones where a key or time tells persons apart, then by key.

    A later answer with the same key replaces the earlier one; same key without times
    and with different answers is a conflict.
    """
    timed = reading.columns.get("submitted_at_has_time")
    if reading.has("submission_key") or (timed is not None and bool(timed.any())):
        merge_repeats(reading)
    if reading.has("submission_key"):
        _keep_latest(reading)
        reject_conflicts(reading, "submission_key")


def _keep_latest(reading: Reading) -> None:
    """Of the submissions with one key keep the latest; times that tie decide nothing."""
    if "submitted_at" not in reading.columns:
        return
    frame = pd.DataFrame(
        {"key": reading.columns["submission_key"], "at": reading.columns["submitted_at"]}
    )[reading.alive]
    frame = frame[frame["key"].notna() & frame["key"].ne("")]
    again = frame[frame["key"].duplicated(keep=False)]
    if again.empty:
        return
    by_key = again.groupby("key")["at"]
    clear = by_key.transform("nunique").eq(by_key.transform("size"))
    again = again[clear]
    latest = again.groupby("key")["at"].idxmax()
    earlier = again.index.difference(pd.Index(latest))
    for row in earlier:
        reading.log.add(
            "submission_replaced", "warning", row=int(row),
            latest=int(latest[again.loc[row, "key"]]),
        )  # fmt: skip
    reading.keep_repeats_out(pd.Series(True, index=earlier))


def list_suspicious(reading: Reading, answers: Mapping[str, AnswerColumn]) -> None:
    """List bursts of equal forms and forms with one answer throughout; they stay in."""
    frame = pd.DataFrame(
        {k: a.values for k, a in answers.items() if not k.startswith(IMPORTANCE_PREFIX)}
    )[reading.alive]
    answered = frame.notna().sum(axis=1)
    straight = frame.max(axis=1).eq(frame.min(axis=1)) & answered.ge(_STRAIGHT_LINE_ANSWERS)
    straight = straight.fillna(False).astype(bool)
    if straight.any():
        rows = tuple(int(r) for r in straight.index[straight][:ROWS_NAMED_OF_MANY])
        reading.log.add("straight_line", "note", count=int(straight.sum()), rows=rows)
    if not reading.has("submission_key"):
        _list_bursts(reading, frame)


def _list_bursts(reading: Reading, frame: pd.DataFrame) -> None:
    """List runs of equal answers, each within a minute of the one before."""
    times = reading.columns.get("submitted_at")
    timed = reading.columns.get("submitted_at_has_time")
    if times is None or timed is None or not timed.any():
        return
    forms = pd.DataFrame(
        {
            "form": frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup(),
            "at": times.reindex(frame.index),
        }
    ).dropna()
    forms = forms.sort_values(["form", "at"], kind="stable")
    same = forms["form"].eq(forms["form"].shift())
    soon = forms["at"].diff().dt.total_seconds().le(BURST_SECONDS)
    run = (~(same & soon)).cumsum()
    sizes = run.map(run.value_counts())
    for _, rows in forms[sizes.ge(BURST_SIZE)].groupby(run[sizes.ge(BURST_SIZE)]):
        listed = tuple(int(r) for r in rows.index[:ROWS_NAMED_OF_MANY])
        reading.log.add("answers_burst", "warning", row=listed[0], count=len(rows), rows=listed)
