"""Who must hold a card."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ektp_analytics.indicators.obligation import obligated


def test_from_seventeen_or_once_married() -> None:
    """R02: 16 and married is obligated; 16 and single is not; 17 is; unknown stays unknown."""
    age = pd.Series([16, 16, 17, 40, None, None], dtype="Int64")
    married = pd.Series([True, False, False, None, True, None], dtype="boolean")
    found = obligated(age, married, date(2025, 12, 31))
    assert found[:5].tolist() == [True, False, True, True, True]
    assert pd.isna(found[5])
