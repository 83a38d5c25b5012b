"""Score one office in one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ektp_analytics.errors import because, refuse
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.framework.indicator import Indicator
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.scoring.draws import observe
from ektp_analytics.scoring.goalposts import score_indicator
from ektp_analytics.scoring.principles import Uncertainty, overall_score, principle_list
from ektp_analytics.scoring.scorecard import Scorecard
from ektp_analytics.scoring.sensitivity import OVERALL, choices_ranges, sampling_intervals
from ektp_analytics.scoring.settings import DEFAULT_SETTINGS, ScoreSettings


def score(
    values: Sequence[IndicatorValue],
    catalogue: Catalogue,
    *,
    settings: ScoreSettings = DEFAULT_SETTINGS,
) -> Scorecard:
    """Score one office in one period.

    Parameters
    ----------
    values
        Indicator values of one office and one period, in any order. Indicators of the
        catalogue that are absent count as not assessed.
    catalogue
        Indicators, goalposts and weights; its mapping decides where indicators stand.
    settings
        Least weight, least n, draws and seed.

    Returns
    -------
    Scorecard

    Raises
    ------
    Refused
        If a code is unknown or given twice, offices or periods are mixed, or a value lies
        outside the range the catalogue allows.

    Examples
    --------
    >>> from ektp_analytics.framework.catalogue import load_catalogue
    >>> kept = IndicatorValue(code="promise_kept", period="2025-Q1", value=80.0, n=200)
    >>> card = score([kept], load_catalogue())
    >>> card["accountability"].status, card["accountability"].score
    ('partial', 80.0)
    """
    office, period = _one_office_and_period(values)
    given = _by_code(values, catalogue)
    on = Period.parse(period).end if period else date.max
    scored = {
        item.code: score_indicator(
            given.get(item.code) or _absent(item, office, period), item, on, settings
        )
        for item in catalogue.indicators.values()
    }
    entering = [scored[item.code] for item in catalogue.scored]
    uncertainty = _uncertainty(entering, catalogue, settings)
    principles = principle_list(entering, catalogue, uncertainty, settings)
    return Scorecard(
        office=office,
        period=period,
        principles=principles,
        overall=overall_score(principles, catalogue, uncertainty),
        catalogue=catalogue,
        settings=settings,
        shown=tuple(scored[i.code] for i in catalogue.indicators.values() if not i.scored),
    )


def _uncertainty(
    values: Sequence[IndicatorValue], catalogue: Catalogue, settings: ScoreSettings
) -> Uncertainty:
    if not settings.draws:
        return Uncertainty.not_simulated((*catalogue.principles, OVERALL))
    observed = observe(values, catalogue)
    return Uncertainty(
        intervals=sampling_intervals(observed, catalogue, settings),
        ranges=choices_ranges(observed, catalogue, settings),
    )


def _one_office_and_period(values: Sequence[IndicatorValue]) -> tuple[str, str]:
    places = {(value.office, value.period) for value in values} or {("", "")}
    if len(places) > 1:
        mixed = "; ".join(sorted(f"{office} {period}" for office, period in places))
        raise refuse("scores_mixed", value=mixed)
    return places.pop()


def _by_code(values: Sequence[IndicatorValue], catalogue: Catalogue) -> dict[str, IndicatorValue]:
    for code, count in Counter(value.code for value in values).items():
        catalogue[code]  # refuses an unknown code
        if count > 1:
            raise refuse("indicator_repeated", value=code, times=count)
    return {value.code: value for value in values}


def _absent(item: Indicator, office: str, period: str) -> IndicatorValue:
    return IndicatorValue(
        code=item.code,
        office=office,
        period=period,
        status="not assessed",
        reason=because("no_source_for_indicator", sources=", ".join(item.sources)),
    )
