"""The JSON contract: stable names, no NaN, a reason for every null."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ektp_analytics.errors import because
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.score import score
from ektp_analytics.scoring.settings import ScoreSettings

Values = Callable[..., list[IndicatorValue]]


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


@pytest.mark.parametrize("only", [None, ("survey",), ("registrations",), ()])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_null_has_its_reason_beside_it(
    only: tuple[str, ...] | None,
    lang: Any,
    catalogue: Catalogue,
    office_values: Values,
    few_draws: ScoreSettings,
) -> None:
    """Whatever is absent, the object that holds the null also holds the sentence."""
    record = score(office_values(only=only), catalogue, settings=few_draws).to_record(lang)
    json.dumps(record, allow_nan=False)
    for found in objects(record):
        for field, content in found.items():
            if content is None:
                assert found["reasons"][field]


def test_names_of_the_contract(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Names other programs rely on; shares in percent, floats with at most six decimals."""
    record = score(office_values(), catalogue, settings=few_draws).to_record()
    assert record.keys() >= {"office", "period", "principles", "overall", "reasons"}
    assert [p["key"] for p in record["principles"]] == [
        "participation",
        "transparency",
        "accountability",
        "rule_of_law",
    ]
    for principle in record["principles"]:
        assert principle.keys() >= {
            "score",
            "interval",
            "choices_range",
            "status",
            "bounds",
            "weight_assessed",
            "from_survey",
            "indicators",
        }
        assert principle["weight_assessed"] == 100
    assert record["overall"].keys() >= {"score", "interval", "geometric", "status", "bounds"}
    numbers = [v for found in objects(record) for v in found.values() if isinstance(v, float)]
    assert all(number == round(number, 6) for number in numbers)


def test_a_missing_interval_says_its_own_reason(
    catalogue: Catalogue, office_values: Values, few_draws: ScoreSettings
) -> None:
    """Nine questionnaires are too few; recording coverage is a complete count."""
    few = because("too_few_for_interval", n=9, needed=10)
    values = [
        replace(v, interval=None, interval_reason=few) if v.code == "skm_waktu" else v
        for v in office_values()
    ]
    record = score(values, catalogue, settings=few_draws).to_record("en")
    told = {
        line["code"]: line["reasons"].get("interval")
        for principle in record["principles"]
        for line in principle["indicators"]
    }
    assert told["skm_waktu"] == few.text("en")
    assert told["recording_coverage"] == because("complete_count").text("en")
    assert told["legal_time_limit"] is None


def test_reasons_of_absent_scores_also_stand_outside(
    catalogue: Catalogue, few_draws: ScoreSettings
) -> None:
    """A reader who looks only at the outer reasons finds each absent score."""
    reasons = score([], catalogue, settings=few_draws).to_record("en")["reasons"]
    assert reasons["participation.score"] == "no indicator could be assessed"
    assert "Participation" in reasons["overall.score"]
