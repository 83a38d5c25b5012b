"""A made-up office with every indicator, for the tests of scoring."""

from collections.abc import Callable
from typing import Any

import pytest

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.settings import ScoreSettings

MIDDLE = {"percent": 88.0, "index": 80.0, "ratio": 0.95}
HALF_WIDTH = {"percent": 4.0, "index": 3.0, "ratio": 0.03}


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def few_draws() -> ScoreSettings:
    return ScoreSettings(draws=64)


@pytest.fixture(scope="session")
def office_values(catalogue: Catalogue) -> Callable[..., list[IndicatorValue]]:
    """Return a function that makes one value per scored indicator, some of them changed."""

    def make(
        office: str = "contoh",
        period: str = "2025-Q1",
        only: tuple[str, ...] | None = None,
        **changes: float,
    ) -> list[IndicatorValue]:
        made = []
        for item in catalogue.scored:
            if only is not None and item.sources[0] not in only:
                continue
            value = changes.get(item.code, MIDDLE[item.unit])
            half = HALF_WIDTH[item.unit]
            fields: dict[str, Any] = {"n": 400}
            if item.uncertainty != "complete_count":
                high = 1e9 if item.high is None else item.high
                low = -1e9 if item.low is None else item.low
                fields["interval"] = (max(value - half, low), min(value + half, high))
            made.append(
                IndicatorValue(code=item.code, office=office, period=period, value=value, **fields)
            )
        return made

    return make
