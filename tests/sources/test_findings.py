"""What a finding shows, and how many there are."""

import pandas as pd

from ektp_analytics.sources.findings import FindingLog, shown_value


def test_long_numbers_are_shown_by_their_shape():
    """DESIGN §2: any run of ten or more digits is only its shape, also inside a sentence."""
    assert shown_value("3201010101900001") == "16 angka"
    assert shown_value("2025-03-10 08:00:00") == "2025-03-10 08:00:00"
    log = FindingLog("service_log", "log.csv")
    log.add("parts_miss_total", "error", row=2, difference=12345678901)
    log.add("id_conflict", "error", row=3, value="3201010101900001", others="4")
    assert all("12345678901" not in f.message and "3201" not in f.message for f in log)


def test_up_to_a_thousand_rows_have_their_own_finding():
    """DESIGN §2: up to 1,000 rows of a rule and column; beyond that one with 20 rows."""
    few, many = (pd.Series("x", index=range(2, n + 2)) for n in (1_000, 1_001))
    log = FindingLog()
    log.add_rows("date_unreadable", "error", few, column="A", key="A")
    log.add_rows("date_unreadable", "error", many, column="B", key="B")
    found = log.findings()
    assert sum(f.column == "A" for f in found) == 1_000
    [gathered] = [f for f in found if f.column == "B"]
    assert (gathered.count, gathered.rows) == (1_001, tuple(range(2, 22)))


def test_errors_come_first():
    """Worst first, then by row."""
    log = FindingLog()
    for severity, row in (("note", 1), ("error", 9), ("warning", 3), ("error", 4)):
        log.add("row_repeated", severity, row=row, column=severity)
    assert [(f.severity, f.row) for f in log] == [
        ("error", 4), ("error", 9), ("warning", 3), ("note", 1),
    ]  # fmt: skip
