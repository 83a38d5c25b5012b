"""The scorecard: what was scored, with its bounds, its intervals and its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ektp_analytics.errors import Language, Reason
from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.scoring.settings import ScoreSettings

if TYPE_CHECKING:
    import pandas as pd

PrincipleStatus = Literal["ok", "partial", "not assessed"]
Pair = tuple[float, float]

TOLERANCE = 1e-9  # percent; a sum of weights may miss its value by float noise


def status_of(weight_assessed: float, minimum_weight: float) -> PrincipleStatus:
    """Return the status of a principle from the weight assessed, both in percent."""
    if weight_assessed <= TOLERANCE:
        return "not assessed"
    return "ok" if weight_assessed >= minimum_weight - TOLERANCE else "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """One indicator on the scorecard.

    Parameters
    ----------
    value
        The indicator with its goalposts and score.
    weight
        Its share of the principle in percent when everything is assessed.
    effective_weight
        Its share in percent of the score as it stands; 0 where not assessed.
    points_lost
        Points of the principle it costs, `effective_weight` · (100 − score) / 100; the
        lines of a principle add up to 100 − score. None where not assessed.
    """

    value: IndicatorValue
    weight: float
    effective_weight: float
    points_lost: float | None

    @property
    def assessed(self) -> bool:
        """Whether it enters the score."""
        return self.value.score is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectScore:
    """Mean of the assessed indicators of one aspect; `score` is None if there are none."""

    key: str
    score: float | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleScore:
    """One principle.

    Parameters
    ----------
    key
        ``participation``, ``transparency``, ``accountability`` or ``rule_of_law``.
    score
        Weighted mean over what is assessed, 0–100; None where nothing is.
    geometric
        The same with the geometric mean over aspects.
    interval
        95 % sampling interval at the own weights.
    choices_range
        Range over weights, aggregation, mapping and floors at the observed data.
    status
        ``ok``, ``partial`` (less than the minimum weight assessed) or ``not assessed``.
    bounds
        Score if everything missing were 0, and if it were 100.
    weight_assessed, from_survey
        Percent of the principle's weight that is assessed, and percent of the score's
        weight that comes from the survey.
    aspects, lines
        Its aspects and indicators.
    reasons
        Why a field is absent, by field.
    notes
        What must be said beside it.
    """

    key: str
    score: float | None
    geometric: float | None
    interval: Pair | None
    choices_range: Pair | None
    status: PrincipleStatus
    bounds: Pair
    weight_assessed: float
    from_survey: float | None
    aspects: tuple[AspectScore, ...]
    lines: tuple[IndicatorLine, ...]
    reasons: dict[str, Reason]
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallScore:
    """Mean of the four principles; absent unless all four are `ok`."""

    score: float | None
    geometric: float | None
    interval: Pair | None
    choices_range: Pair | None
    status: PrincipleStatus
    bounds: Pair
    reasons: dict[str, Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Scores of one office in one period.

    Parameters
    ----------
    office, period
        Office id and canonical period.
    principles, overall
        The scores.
    catalogue, settings
        What they were made with; `catalogue.version` and `settings.seed` are printed.
    shown
        Indicators that are shown and not scored.
    """

    office: str
    period: str
    principles: tuple[PrincipleScore, ...]
    overall: OverallScore
    catalogue: Catalogue
    settings: ScoreSettings
    shown: tuple[IndicatorValue, ...] = ()

    def __getitem__(self, key: str) -> PrincipleScore:
        """Return one principle by its key."""
        return next(item for item in self.principles if item.key == key)

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        """Every scored indicator of the catalogue, in its order by principle."""
        return tuple(line for principle in self.principles for line in principle.lines)

    def line(self, code: str) -> IndicatorLine:
        """Return the line of one scored indicator."""
        return next(line for line in self.lines if line.value.code == code)

    def to_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per principle and one for the whole.

        Returns
        -------
        pandas.DataFrame
            Columns key, name, score, interval_low, interval_high, choices_low,
            choices_high, geometric, status, bound_low, bound_high, weight_assessed,
            from_survey; absent numbers are missing values.
        """
        import pandas as pd

        rows = [
            _row(item.key, self.catalogue.principles[item.key][lang], item)
            | {"weight_assessed": item.weight_assessed, "from_survey": item.from_survey}
            for item in self.principles
        ]
        whole = {"id": "Keseluruhan", "en": "Overall"}[lang]
        return pd.DataFrame([*rows, _row("overall", whole, self.overall)])

    def indicator_frame(self, lang: Language = "id") -> pd.DataFrame:
        """Return one row per scored indicator.

        Returns
        -------
        pandas.DataFrame
            Columns principle, aspect, code, name, value, unit, n, interval_low,
            interval_high, floor, target, score_uncapped, score, status, weight,
            effective_weight, points_lost, reason.
        """
        import pandas as pd

        return pd.DataFrame([self._indicator_row(line, lang) for line in self.lines])

    def _indicator_row(self, line: IndicatorLine, lang: Language) -> dict[str, Any]:
        value = line.value
        low, high = value.interval or (None, None)
        return {
            "principle": value.principle,
            "aspect": value.aspect,
            "code": value.code,
            "name": self.catalogue[value.code].name[lang],
            "value": value.value,
            "unit": value.unit,
            "n": value.n,
            "interval_low": low,
            "interval_high": high,
            "floor": value.floor,
            "target": value.target,
            "score_uncapped": value.score_uncapped,
            "score": value.score,
            "status": value.status,
            "weight": line.weight,
            "effective_weight": line.effective_weight,
            "points_lost": line.points_lost,
            "reason": value.reason.text(lang) if value.reason else None,
        }

    def to_record(self, lang: Language = "id") -> dict[str, Any]:
        """Return the scorecard as the plain record of the JSON contract."""
        from ektp_analytics.scoring.record import scorecard_record

        return scorecard_record(self, lang)

    def _repr_html_(self) -> str:
        """Show the principles as a table in a notebook."""
        table = self.to_frame().drop(columns=["key"])
        html: str = table.to_html(
            index=False, na_rep="–", border=0, float_format=lambda x: f"{x:.2f}".replace(".", ",")
        )
        return html


def _row(key: str, name: str, item: PrincipleScore | OverallScore) -> dict[str, Any]:
    interval_low, interval_high = item.interval or (None, None)
    choices_low, choices_high = item.choices_range or (None, None)
    return {
        "key": key,
        "name": name,
        "score": item.score,
        "interval_low": interval_low,
        "interval_high": interval_high,
        "choices_low": choices_low,
        "choices_high": choices_high,
        "geometric": item.geometric,
        "status": item.status,
        "bound_low": item.bounds[0],
        "bound_high": item.bounds[1],
    }
