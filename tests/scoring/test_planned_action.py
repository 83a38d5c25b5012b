"""A plan as a table."""

from datetime import date

from ektp_analytics.scoring.planned_action import FollowUpPlan, PlannedAction


def planned(**more: object) -> PlannedAction:
    words = {"id": "Pajang SOP.", "en": "Display the procedure."}
    fields: dict[str, object] = {
        "code": "skm_prosedur",
        "subject": {"id": "Prosedur", "en": "Procedure"},
        "cause": "element",
        "action": words,
        "responsible": {"id": "Sekretariat", "en": "Secretariat"},
        "due": date(2026, 3, 31),
        "source": "paper",
    }
    return PlannedAction(**{**fields, **more})


def test_one_row_per_action_in_the_language_asked_for() -> None:
    """Absent numbers and days are missing values, never zero."""
    plan = FollowUpPlan(
        office="uji",
        period="2025-Q4",
        actions=(planned(value=75.0), planned(due=None, responsible=None)),
    )
    table = plan.to_frame("en")
    assert len(plan) == len(table) == 2
    assert table["action"].tolist() == ["Display the procedure."] * 2
    assert str(table["due"].dtype).startswith("datetime64")
    assert table["due"].isna().tolist() == [False, True]
    assert table["value"].isna().tolist() == [False, True]
    assert table["responsible"].isna().tolist() == [False, True]


def test_an_empty_plan_keeps_its_columns() -> None:
    """An office with nothing to mend still gets a table."""
    table = FollowUpPlan(office="uji", period="2025-Q4", actions=()).to_frame()
    assert len(table) == 0
    assert {"subject", "action", "due", "responsible", "overdue"} <= set(table.columns)
