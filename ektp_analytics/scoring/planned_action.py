"""One action of a follow-up plan, and the plan they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ektp_analytics.errors import Language

if TYPE_CHECKING:
    import pandas as pd

Cause = Literal["element", "loss", "missing", "office"]
ActionSource = Literal["paper", "law", "practice", "office"]
Words = Mapping[str, str]

_COLUMNS = (
    *("code", "subject", "cause", "value", "unit", "grade", "points_lost", "goal"),
    *("goal_grade", "action", "responsible", "due", "source", "basis", "overdue"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """One action of the plan.

    Parameters
    ----------
    code
        Indicator it is for, or the source to be recorded; None for words of the office
        that name neither.
    subject
        Its printed name by language.
    cause
        ``element`` (weak survey element), ``loss`` (costs many points), ``missing`` (cannot
        be assessed) or ``office`` (planned by the office itself).
    action, responsible
        By language; `responsible` is None where the office has to fill it in.
    due
        Day by which it should be done; None where the office gave none.
    source, basis
        Whose proposal it is (``paper``, ``law``, ``practice``, ``office``), and the clause
        of a duty.
    value, unit, grade
        The indicator's state this period; `grade` for survey elements.
    points_lost
        Points it costs its principle.
    goal, goal_grade
        Value that would be enough: the lower edge of the next better band for an element,
        half the distance to the target for any other indicator.
    overdue
        Whether the office's own due date had passed, undone, at the end of the period.
    """

    code: str | None
    subject: Words
    cause: Cause
    action: Words
    responsible: Words | None
    due: date | None
    source: ActionSource
    basis: str = ""
    value: float | None = None
    unit: str = ""
    grade: str | None = None
    points_lost: float | None = None
    goal: float | None = None
    goal_grade: str | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPlan:
    """A plan drafted for the office to decide on.

    Parameters
    ----------
    office, period
        Whose plan it is, after which period.
    actions
        In the order of their priority.
    """

    office: str
    period: str
    actions: tuple[PlannedAction, ...]

    def __len__(self) -> int:
        """Return the number of actions."""
        return len(self.actions)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per action.

        Returns
        -------
        pandas.DataFrame
            Columns code, subject, cause, value, unit, grade, points_lost, goal, goal_grade,
            action, responsible, due (``datetime64``), source, basis, overdue.
        """
        import pandas as pd

        table = pd.DataFrame([_row(a, lang) for a in self.actions], columns=list(_COLUMNS))
        numbers = dict.fromkeys(("value", "points_lost", "goal"), "Float64")
        table = table.astype({**numbers, "overdue": "bool"})
        return table.assign(due=pd.to_datetime(table["due"]))


def _row(action: PlannedAction, lang: Language) -> dict[str, Any]:
    words = {
        "subject": action.subject[lang],
        "action": action.action[lang],
        "responsible": action.responsible[lang] if action.responsible else None,
    }
    return {name: words.get(name, getattr(action, name)) for name in _COLUMNS}
