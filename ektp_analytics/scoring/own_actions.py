"""The office's own follow-up file: what it promised, by when, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.subjects import indicator_named

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """One row of the follow-up file.

    Parameters
    ----------
    code
        Indicator its subject names; None where it names none.
    subject, action
        As the office wrote them.
    due, done_on
        Days; None where blank. A day after the end of the period is not known yet.
    responsible, evidence
        As written; empty where blank.
    """

    code: str | None
    subject: str
    action: str
    due: date | None
    done_on: date | None
    responsible: str
    evidence: str


def own_actions(table: pd.DataFrame | None, catalogue: Catalogue, end: date) -> list[OwnAction]:
    """Read the follow-up file as it was known on a day.

    Parameters
    ----------
    table
        ``subject``, ``action``, optional ``due``, ``done_on``, ``responsible``,
        ``evidence``; None where the office gave no file.
    catalogue
        Indicators a subject may name.
    end
        Last day of the view; an action done later counts as not done yet.

    Returns
    -------
    list of OwnAction
        In the order of the file.
    """
    if table is None:
        return []
    return [_own(row, catalogue, end) for row in table.to_dict("records")]


def _own(row: dict[Any, Any], catalogue: Catalogue, end: date) -> OwnAction:
    done = _day(row.get("done_on"))
    return OwnAction(
        code=indicator_named(str(row["subject"]), catalogue),
        subject=str(row["subject"]),
        action=str(row["action"]),
        due=_day(row.get("due")),
        done_on=done if done is not None and done <= end else None,
        responsible=_text(row.get("responsible")),
        evidence=_text(row.get("evidence")),
    )


def _day(stamp: Any) -> date | None:
    import pandas as pd

    return None if stamp is None or pd.isna(stamp) else pd.Timestamp(stamp).date()


def _text(given: Any) -> str:
    return given.strip() if isinstance(given, str) else ""
