"""Which function computes which indicator."""

from __future__ import annotations

from typing import Any

import pytest

from ektp_analytics.indicators.registry import computations, indicator


def test_every_code_has_one_function(catalogue: Any) -> None:
    assert set(computations()) == set(catalogue.indicators)
    with pytest.raises(ValueError, match="two functions"):
        indicator("skm_waktu")(computations()["skm_waktu"])
