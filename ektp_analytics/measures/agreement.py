"""How far two or more coders agree beyond chance on the same statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from ektp_analytics.errors import Reason, because

Level = Literal["nominal", "ordinal", "interval", "ratio"]

CONFIDENCE = 0.95
FEWEST_CODERS = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement beyond chance.

    Parameters
    ----------
    coefficient
        ``cohen_kappa`` or ``krippendorff_alpha``.
    value
        1 for perfect agreement, 0 for what chance gives; None with a `reason`.
    interval
        Large-sample interval of kappa; None for alpha and where it is not defined.
    observed
        Share of units on which two coders agree, 0 to 1; None for alpha.
    units
        Units coded by at least two coders.
    coders
        Coders with at least one code.
    categories
        Codes in use, in order.
    reason
        Why there is no value.
    """

    coefficient: str
    value: float | None
    interval: tuple[float, float] | None
    observed: float | None
    units: int
    coders: int
    categories: tuple[str, ...]
    reason: Reason | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return one row: coefficient, value, low, high, observed, units, coders, categories."""
        low, high = self.interval or (None, None)
        row = {
            "coefficient": self.coefficient,
            "value": self.value,
            "low": low,
            "high": high,
            "observed": self.observed,
            "units": self.units,
            "coders": self.coders,
            "categories": ", ".join(self.categories),
        }
        figures = ("value", "low", "high", "observed")
        return pd.DataFrame([row]).astype(dict.fromkeys(figures, "Float64"))


def coded_units(
    log: pd.DataFrame, *, unit: Sequence[str], code: str, coder: str = "coder"
) -> pd.DataFrame:
    """Put the codes of several coders side by side.

    Parameters
    ----------
    log
        One row per unit and coder.
    unit
        Columns that tell the units apart.
    code, coder
        Columns that hold the code, and who gave it; a row without either is left out.

    Returns
    -------
    DataFrame
        Units × coders as `krippendorff_alpha` takes them; blank where a coder did not
        code a unit. A coder's later code of the same unit goes before the earlier.
    """
    given = log.dropna(subset=[coder, code])
    once = given.drop_duplicates([*unit, coder], keep="last")
    keys = [once[name].fillna("") for name in unit]
    coded = once[code].groupby([*keys, once[coder]], sort=False).last()
    table: pd.DataFrame = coded.unstack(coder)  # noqa: PD010 - one code per cell is already settled
    return table


def cohen_kappa(
    first: Sequence[object] | pd.Series,
    second: Sequence[object] | pd.Series,
    confidence: float = CONFIDENCE,
) -> Agreement:
    """Return Cohen's kappa of two coders, (p_o − p_e) / (1 − p_e).

    p_o is the share of units coded alike, p_e the share expected from the two coders'
    own margins (Cohen, Educational and Psychological Measurement 20, 1960, 37–46). The
    interval uses the large-sample variance of Fleiss, Cohen and Everitt (Psychological
    Bulletin 72, 1969, 323–327), cut at −1 and 1.

    Parameters
    ----------
    first, second
        Codes of the two coders, unit by unit; a unit with a blank is left out.
    confidence
        Nominal coverage.

    Returns
    -------
    Agreement
        Value None with a reason without a unit coded by both, or if one code was used
        throughout.

    Raises
    ------
    ValueError
        If the two differ in length.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} codes cannot be paired")
    both = pd.DataFrame({"first": list(first), "second": list(second)}, dtype=object).dropna()
    codes = tuple(sorted({str(code) for column in both for code in both[column]}))
    if len(codes) <= 1:
        reason = because("one_code_only" if codes else "no_unit_coded_twice")
        return Agreement("cohen_kappa", None, None, None, len(both), FEWEST_CODERS, codes, reason)
    shares = _joint_shares(both.astype(str), codes)
    observed = float(np.trace(shares))
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    kappa = (observed - expected) / (1 - expected)
    half = float(ndtri((1 + confidence) / 2)) * sqrt(_kappa_variance(shares) / len(both))
    interval = (max(-1.0, kappa - half), min(1.0, kappa + half)) if half > 0 else None
    return Agreement("cohen_kappa", kappa, interval, observed, len(both), FEWEST_CODERS, codes)


def _joint_shares(both: pd.DataFrame, codes: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Return the table of the first coder's codes by the second's, as shares of all units."""
    counts = pd.crosstab(both["first"], both["second"])
    table = counts.reindex(index=list(codes), columns=list(codes), fill_value=0)
    return table.to_numpy(dtype=float) / len(both)


def _kappa_variance(shares: npt.NDArray[np.float64]) -> float:
    """Return n times the large-sample variance of kappa."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float(np.trace(shares)), float(rows @ columns)
    kappa = (observed - expected) / (1 - expected)
    # Entry (i, j) pairs the second coder's margin of i with the first coder's margin of j.
    margins = columns[:, None] + rows[None, :]
    on, off = np.eye(len(rows), dtype=bool), ~np.eye(len(rows), dtype=bool)
    alike = float((shares * (1 - margins * (1 - kappa)) ** 2)[on].sum())
    unlike = (1 - kappa) ** 2 * float((shares * margins**2)[off].sum())
    variance = alike + unlike - (kappa - expected * (1 - kappa)) ** 2
    return max(0.0, variance) / (1 - expected) ** 2


def krippendorff_alpha(codes: pd.DataFrame, level: Level = "nominal") -> Agreement:
    """Return Krippendorff's alpha of any number of coders, blanks allowed.

    α = 1 − D_o / D_e, observed over expected disagreement of the pairable codes
    (Krippendorff, Content Analysis, 4th ed. 2019, chapter 12), computed by the package
    `krippendorff`.

    Parameters
    ----------
    codes
        Units × coders: one row per unit coded, one column per coder; blank where a coder
        did not code the unit.
    level
        Scale of the codes: ``nominal`` for themes, any text; the others need numbers.

    Returns
    -------
    Agreement
        Value None with a reason for a single coder, no unit coded twice, or one code
        used throughout.

    Raises
    ------
    ModuleNotFoundError
        If the optional package is not installed.
    """
    table = codes.astype(object).where(codes.notna(), None).dropna(how="all", axis=1)
    pairable = table[table.notna().sum(axis=1) >= FEWEST_CODERS]
    values = pairable.melt()["value"].dropna().tolist()
    used = sorted({str(v) for v in values}) if level == "nominal" else sorted(set(values))
    coders, labels = len(table.columns), tuple(str(code) for code in used)

    def result(value: float | None = None, reason: Reason | None = None) -> Agreement:
        name = "krippendorff_alpha"
        return Agreement(name, value, None, None, len(pairable), coders, labels, reason)

    if coders < FEWEST_CODERS:
        return result(reason=because("single_coder"))
    if not values:
        return result(reason=because("no_unit_coded_twice"))
    if len(used) <= 1:
        return result(reason=because("one_code_only"))
    return result(_alpha_of(pairable, used, level))


def _alpha_of(pairable: pd.DataFrame, used: Sequence[object], level: Level) -> float:
    try:
        from krippendorff import alpha
    except ModuleNotFoundError as missing:
        message = "alpha needs the package krippendorff: pip install 'ektp-analytics[stats]'"
        raise ModuleNotFoundError(message) from missing
    if level == "nominal":
        numbers = {code: float(place) for place, code in enumerate(used)}
        coded = pairable.map(lambda code: numbers[str(code)], na_action="ignore")
    else:
        coded = pairable
    data = coded.to_numpy(dtype=float).T
    return float(alpha(reliability_data=data, level_of_measurement=level))
