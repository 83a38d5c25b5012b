"""The follow-up file is read as it was known at the end of the period."""

from datetime import date

import pandas as pd

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.scoring.own_actions import own_actions

END = date(2025, 12, 31)


def test_days_and_words_as_written() -> None:
    """Blanks stay blank; the subject leads to its indicator."""
    table = pd.DataFrame(
        {
            "subject": ["Waktu penyelesaian", "Kebersihan"],
            "action": ["Tambah loket", "Cat ulang ruang tunggu"],
            "due": pd.to_datetime(["2025-11-30", None]),
            "done_on": pd.to_datetime(["2025-12-05", None]),
            "responsible": ["Kabid Dafduk", pd.NA],
        }
    )
    first, second = own_actions(table, load_catalogue(), END)
    assert (first.code, first.due, first.done_on) == (
        "skm_waktu",
        date(2025, 11, 30),
        date(2025, 12, 5),
    )
    assert first.responsible == "Kabid Dafduk"
    assert (second.code, second.due, second.done_on) == (None, None, None)
    assert (second.responsible, second.evidence) == ("", "")


def test_what_was_done_after_the_period_is_not_known_yet() -> None:
    """A report on December does not look into January; the last day itself counts."""
    table = pd.DataFrame(
        {
            "subject": ["U3", "U3"],
            "action": ["a", "b"],
            "done_on": pd.to_datetime(["2026-01-01 08:00", "2025-12-31 16:00"]),
        }
    )
    later, on_the_day = own_actions(table, load_catalogue(), END)
    assert later.done_on is None
    assert on_the_day.done_on == END


def test_no_file_no_actions() -> None:
    """An office without a follow-up file has promised nothing."""
    assert own_actions(None, load_catalogue(), END) == []
