"""Last period's promises: what was done, and whether the indicator moved beyond noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.measures.change import Change
from ektp_analytics.periods import Period
from ektp_analytics.scoring.movement import movement
from ektp_analytics.scoring.own_actions import OwnAction, own_actions
from ektp_analytics.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    import pandas as pd

State = Literal["done", "done late", "not done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One action that was due, and what became of it and of its indicator.

    Parameters
    ----------
    promised
        The row of the follow-up file.
    state
        ``done``, ``done late`` or ``not done`` at the end of the period.
    change
        What happened to the indicator since the period before; None with a `reason`.
        An indicator that moved after an action is no proof that the action moved it.
    better
        Whether it moved beyond noise the right way (True) or the wrong way (False); None
        where it did not move or cannot be compared.
    reason
        Why there is no change to report.
    """

    promised: OwnAction
    state: State
    change: Change | None
    better: bool | None
    reason: Reason | None = None

    def verdict(self, lang: Language = "id") -> str:
        """Return in words what happened to the indicator."""
        if self.change is None or self.change.reason is not None:
            reason = self.reason or (self.change.reason if self.change else None)
            return reason.text(lang) if reason else ""
        return self.change.word(lang)


def promises_due(
    own: pd.DataFrame | None, before: Scorecard | None, after: Scorecard
) -> tuple[Promise, ...]:
    """Judge every action of the office's follow-up file that was due by the period's end.

    Parameters
    ----------
    own
        The follow-up file, see `own_actions`; None where the office gave none.
    before
        Scorecard of the period before; None where there is none.
    after
        Scorecard of the period reported on.

    Returns
    -------
    tuple of Promise
        In the order of the file. Done earlier than due counts as due.
    """
    end = Period.parse(after.period).end
    rows = own_actions(own, after.catalogue, end)
    due = [a for a in rows if a.done_on is not None or (a.due is not None and a.due <= end)]
    changes = movement(before, after).indicators if before is not None and due else {}
    return tuple(_judged(action, changes.get(action.code or ""), before, after) for action in due)


def _judged(
    action: OwnAction, change: Change | None, before: Scorecard | None, after: Scorecard
) -> Promise:
    reason = None
    if action.code is None:
        reason = because("promise_subject_unknown", subject=action.subject)
    elif before is None or change is None:
        reason = because("change_no_before")
    return Promise(
        promised=action,
        state=_state(action),
        change=change,
        better=_better(change, action.code, after),
        reason=reason,
    )


def _state(action: OwnAction) -> State:
    if action.done_on is None:
        return "not done"
    late = action.due is not None and action.done_on > action.due
    return "done late" if late else "done"


def _better(change: Change | None, code: str | None, card: Scorecard) -> bool | None:
    if change is None or code is None or change.verdict not in ("up", "down"):
        return None
    higher = card.catalogue[code].direction == "higher"
    return (change.verdict == "up") is higher


def promises_frame(promises: tuple[Promise, ...], lang: Language = "id") -> pd.DataFrame:
    """Return promises as a table.

    Returns
    -------
    pandas.DataFrame
        Columns subject, code, action, responsible, due, done_on (``datetime64``), state,
        evidence, difference (in the indicator's unit), low, high (its 95 % interval),
        better, verdict (in words).
    """
    import pandas as pd

    table = pd.DataFrame([_row(p, lang) for p in promises], columns=list(_COLUMNS))
    table = table.astype({"difference": "Float64", "low": "Float64", "high": "Float64"})
    days = {name: pd.to_datetime(table[name]) for name in ("due", "done_on")}
    return table.assign(**days, better=table["better"].astype("boolean"))


_COLUMNS = (
    *("subject", "code", "action", "responsible", "due", "done_on", "state", "evidence"),
    *("difference", "low", "high", "better", "verdict"),
)


def _row(promise: Promise, lang: Language) -> dict[str, Any]:
    own, change = promise.promised, promise.change
    low, high = (change.interval if change else None) or (None, None)
    return {
        "subject": own.subject,
        "code": own.code,
        "action": own.action,
        "responsible": own.responsible or None,
        "due": own.due,
        "done_on": own.done_on,
        "state": promise.state,
        "evidence": own.evidence or None,
        "difference": change.difference if change else None,
        "low": low,
        "high": high,
        "better": promise.better,
        "verdict": promise.verdict(lang),
    }
