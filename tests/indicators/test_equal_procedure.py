"""Stages in order and groups treated alike, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.errors import Reason
from ektp_analytics.indicators.equal_procedure import (
    GroupRatio,
    equal_treatment,
    group_ratio,
    pooled_groups,
    procedure_followed,
)

FULL = {
    "kind": "ganti", "registered_at": "2025-11-03 09:00", "complete_at": "2025-11-03 10:00",
    "printed_at": "2025-11-03 11:00", "handed_over_at": "2025-11-03 12:00",
}  # fmt: skip


def test_order_and_skipped_stages(office_data: Any, table: Any) -> None:
    """In order; open after the print (nothing skipped); printed without being declared
    complete (skipped); handed over before the print (back): 2 ÷ 4. A request with one
    stamp cannot be checked, nor can one of an unknown kind.
    """
    rows = table(
        FULL,
        {**FULL, "handed_over_at": None},
        {**FULL, "complete_at": None},
        {**FULL, "handed_over_at": "2025-11-03 10:30"},
        {**FULL, "complete_at": None, "printed_at": None, "handed_over_at": None},
        {**FULL, "kind": "lain"},
    )
    found = procedure_followed(office_data(service_log=rows))
    assert (found.value, found.n) == (50.0, 4)
    assert (found.inputs["unknown_kind"], found.inputs["too_few_stamps"]) == (1, 1)


def test_a_date_is_compared_by_its_day(office_data: Any, table: Any) -> None:
    """Registered at 09.00 and complete on the same date without a time is no step back."""
    rows = table({**FULL, "complete_at": "2025-11-03", "ektp": True})
    assert procedure_followed(office_data(service_log=rows)).value == 100.0


def test_a_stage_the_file_lacks_leaves_it_partial(office_data: Any, table: Any) -> None:
    """A first recording passes seven stages; the file has four of them."""
    rows = table({**FULL, "kind": "rekam_baru", "ektp": True})
    found = procedure_followed(office_data(service_log=rows))
    assert (found.value, found.status) == (100.0, "partial")
    assert found.reason is not None
    assert found.reason.details["stages"] == "print_ready_at, recorded_at, sent_at"


def test_what_happens_after_the_period_is_not_known(office_data: Any, table: Any) -> None:
    """A hand-over stamped in January before the print of January says nothing yet."""
    rows = table({**FULL, "printed_at": "2026-01-05 09:00", "handed_over_at": "2026-01-04 09:00"})
    assert procedure_followed(office_data(service_log=rows)).value == 100.0


def judged(**groups: tuple[int, int]) -> pd.DataFrame:
    """Rows with so many on time of so many, by group."""
    parts = [
        pd.DataFrame({"where": name, "on_time": [True] * k + [False] * (n - k)})
        for name, (k, n) in groups.items()
    ]
    return pd.concat(parts, ignore_index=True).astype({"where": "str"})


def test_lowest_against_highest_after_shrinkage() -> None:
    """60 and 80 of 100 shrink to 0.60960 and 0.79040 (see the test of the shrinkage):
    0.77126; as counted 0.75. Chi-squared of (60, 80; 40, 20): 200·(60·20 − 80·40)² ÷
    (140·60·100·100) = 9.5238, p = 0.00203.
    """
    found = group_ratio(judged(a=(60, 100), b=(80, 100)), "where")
    assert isinstance(found, GroupRatio)
    assert found.ratio == pytest.approx(0.60960 / 0.79040, abs=1e-5)
    assert found.raw_ratio == pytest.approx(0.75)
    assert found.chi2_p == pytest.approx(0.00203, abs=1e-5)
    assert (found.lowest, found.highest, found.groups) == ("a", "b", 2)


def test_small_groups_are_pooled() -> None:
    """Groups of 60 and 50 make one of 110; 30 alone would be left out."""
    rows = judged(a=(60, 100), b=(30, 60), c=(20, 50))
    assert pooled_groups(rows, "where").to_dict("index") == {
        "a": {"on_time": 60, "n": 100},
        "lainnya": {"on_time": 50, "n": 110},
    }
    assert list(pooled_groups(judged(a=(60, 100), b=(10, 30)), "where").index) == ["a"]


def test_nothing_to_compare() -> None:
    """One large group, or nobody on time: a reason, no number."""
    one = group_ratio(judged(a=(60, 100), b=(1, 5)), "where")
    none = group_ratio(judged(a=(0, 100), b=(0, 100)), "where")
    assert isinstance(one, Reason) and one.code == "too_few_large_groups"
    assert isinstance(none, Reason) and none.code == "nobody_on_time"


def test_everybody_on_time_is_equal() -> None:
    found = group_ratio(judged(a=(100, 100), b=(100, 100)), "where")
    assert isinstance(found, GroupRatio)
    assert (found.ratio, found.chi2_p) == (pytest.approx(1.0), None)


def test_the_worse_of_kecamatan_and_sex(office_data: Any, table: Any) -> None:
    """Men and women alike, kecamatan 1 all late, kecamatan 2 all on time: kecamatan decides."""
    rows = []
    for k in range(400):
        late = k < 200
        rows.append(
            {"complete_at": "2025-11-03 09:00",
             "printed_at": "2025-11-09 09:00" if late else "2025-11-03 10:00",
             "sex": "L" if k % 2 else "P",
             "kecamatan_code": "99.01.01" if late else "99.01.02", "ektp": True}
        )  # fmt: skip
    found = equal_treatment(office_data(service_log=table(*rows)))
    assert found.inputs["by"] == "kecamatan_code"
    assert (found.n, found.inputs["raw_ratio"]) == (400, 0.0)
    assert found.value is not None and found.value < 0.05
    assert found.interval is not None
    low, high = found.interval
    assert low == 0.0 <= found.value < high < 0.05
