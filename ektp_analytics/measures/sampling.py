"""How many respondents a survey needs, where they should come from, how many came."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ektp_analytics.errors import Reason, because, refuse

Rounding = Literal["table", "ceiling"]

# Krejcie and Morgan (1970), Educational and Psychological Measurement 30:607.
CHI_SQUARED = Fraction(3841, 1000)  # 1 degree of freedom, 5 %
PROPORTION = Fraction(1, 2)  # gives the largest sample
MARGIN = Fraction(5, 100)
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Achievement:
    """Respondents against the sample that was required.

    `percent` is not capped at 100; None with a `reason` where nothing was required.
    """

    respondents: int
    required: int | None
    percent: float | None
    shortfall: int | None
    reason: Reason | None = None


def required_sample(n: int, rounding: Rounding = "table") -> int:
    """Give the sample size of Krejcie and Morgan for a population.

    Parameters
    ----------
    n
        Persons in the population, at least 1; for a service survey the persons served
        in the survey's window.
    rounding
        ``table`` rounds to the nearest whole number as the printed table does;
        ``ceiling`` rounds up, which never falls short of the formula.

    Returns
    -------
    int
        Persons.

    Raises
    ------
    Refused
        If `n` is below 1.

    Notes
    -----
    ``S = X² N P (1 − P) / (d² (N − 1) + X² P (1 − P))`` with X² = 3.841, P = 0.5,
    d = 0.05 (Krejcie and Morgan 1970), in exact fractions.
    """
    if n < 1:
        raise refuse("population_not_positive", value=str(n))
    spread = CHI_SQUARED * PROPORTION * (1 - PROPORTION)
    size = spread * n / (MARGIN**2 * (n - 1) + spread)
    if rounding == "ceiling":
        return math.ceil(size)
    if rounding == "table":
        return math.floor(size + HALF)
    raise ValueError(f'rounding is "table" or "ceiling", not {rounding!r}')


def slovin(n: int, margin: float = float(MARGIN)) -> int:
    """Give Slovin's sample size, rounded up.

    Parameters
    ----------
    n
        Persons in the population, at least 1.
    margin
        Margin of error as a fraction between 0 and 1.

    Returns
    -------
    int
        Persons.

    Raises
    ------
    Refused
        If `n` is below 1.
    ValueError
        If `margin` is not between 0 and 1.

    Notes
    -----
    ``n / (1 + n e²)``: customary in Indonesian theses; the formula has no known
    original publication and assumes a share of one half.
    """
    if n < 1:
        raise refuse("population_not_positive", value=str(n))
    if not 0 < margin < 1:
        raise ValueError(f"margin is a fraction between 0 and 1, not {margin}")
    # Through the decimal text, so that 0.05 is exactly 1/20 and 400 gives 200, not 201.
    return math.ceil(n / (1 + n * Fraction(str(margin)) ** 2))


def allocate(sample: int, strata: Mapping[str, int]) -> dict[str, int]:
    """Share a sample among strata in proportion to their size.

    Parameters
    ----------
    sample
        Persons to be asked in all; at most the sum of the strata.
    strata
        Persons in each stratum, by name.

    Returns
    -------
    dict
        Persons to be asked in each stratum, in the order given; sums to `sample` and
        is never above a stratum's size.

    Raises
    ------
    Refused
        If a stratum is negative, all are empty, or the sample is larger than the whole.

    Notes
    -----
    Largest remainder (Hamilton): every stratum gets the whole part of its quota; the
    persons left over go to the largest remainders, on equal remainders to the larger
    stratum, then to the earlier one.
    """
    total = sum(strata.values())
    if total < 1 or min(strata.values()) < 0:
        raise refuse("population_not_positive", value=str(min(total, *strata.values(), 0)))
    if not 0 <= sample <= total:
        raise refuse("sample_above_population", value=str(sample), population=total)
    quotas = {name: Fraction(sample * size, total) for name, size in strata.items()}
    shares = {name: math.floor(quota) for name, quota in quotas.items()}
    order = sorted(strata, key=lambda name: (shares[name] - quotas[name], -strata[name]))
    for name in order[: sample - sum(shares.values())]:
        shares[name] += 1
    return shares


def achieved(respondents: int, required: int | None) -> Achievement:
    """Compare the respondents that came with the sample that was required.

    Parameters
    ----------
    respondents
        Questionnaires counted.
    required
        Required sample, None where the population is not known.
    """
    if respondents < 0:
        raise ValueError(f"respondents cannot be negative, got {respondents}")
    if not required:
        return Achievement(respondents, None, None, None, because("population_unknown"))
    percent = 100 * respondents / required
    return Achievement(respondents, required, percent, max(required - respondents, 0))
