"""Means over strata of known size, and the survey index weighted by users served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ektp_analytics.errors import Reason, because
from ektp_analytics.measures.answer_tally import AnswerTally, merge_tallies
from ektp_analytics.measures.index_interval import (
    CONFIDENCE,
    FEWEST_FOR_INTERVAL,
    IndexInterval,
    index_variance,
    logit_interval,
)
from ektp_analytics.measures.mean_index import mean_index

FEWEST_PER_STRATUM = 2
"""A stratum of one shows no variance of its own."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """What a stratum contributes to a stratified mean.

    Parameters
    ----------
    size
        Units in the population of the stratum, N_h.
    n
        Units observed, n_h.
    mean
        Mean of the observed units.
    variance
        Variance of that mean, without finite-population correction: s_h² / n_h for a
        plain mean.
    """

    size: int
    n: int
    mean: Fraction
    variance: Fraction


def stratified_mean(
    strata: Sequence[Stratum], finite_population: bool = False
) -> tuple[Fraction, Fraction]:
    """Return the stratified mean and its variance.

    Mean Σ W_h · ȳ_h with W_h = N_h / N, variance Σ W_h² · (1 − n_h/N_h) · v_h; the weights
    add to 1 by construction (Cochran, Sampling Techniques, 3rd ed. 1977, theorems 5.1
    and 5.3).

    Parameters
    ----------
    strata
        At least one, each with a size above zero.
    finite_population
        Apply 1 − n_h/N_h; for random samples within strata only.

    Returns
    -------
    (Fraction, Fraction)
    """
    everyone = sum(stratum.size for stratum in strata)
    mean, variance = Fraction(0), Fraction(0)
    for stratum in strata:
        weight = Fraction(stratum.size, everyone)
        unseen = 1 - Fraction(stratum.n, stratum.size) if finite_population else Fraction(1)
        mean += weight * stratum.mean
        variance += weight**2 * unseen * stratum.variance
    return mean, variance


@dataclass(frozen=True, slots=True)
class WeightedIndex:
    """The survey index weighted by users served, beside the unweighted official one.

    Parameters
    ----------
    interval
        Exact weighted index with its stratified interval; the index is None with a reason
        where it cannot be computed.
    strata
        Names of the strata used, each a tuple of the groups it holds.
    merged
        Groups that were merged, because they hold fewer than two questionnaires or no
        answer to some element.
    """

    interval: IndexInterval
    strata: tuple[tuple[str, ...], ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def index(self) -> Fraction | None:
        """The exact weighted index."""
        return self.interval.index


@dataclass(frozen=True, slots=True)
class _Group:
    names: tuple[str, ...]
    served: int
    tally: AnswerTally


def weighted_index(
    tallies: Mapping[str, AnswerTally],
    served: Mapping[str, int],
    random_sample: bool = False,
    confidence: float = CONFIDENCE,
) -> WeightedIndex:
    """Weight the index of each group by the users it served.

    Groups that hold fewer than two questionnaires, or no answer to an element that others
    answered, are merged into one stratum, and with the group that served fewest if that
    is still too small; the result lists them.

    Parameters
    ----------
    tallies
        Tally of each group (service, kecamatan).
    served
        Users served by each group in the survey's window. Only proportions matter,
        unless `random_sample`.
    random_sample
        Respondents were drawn at random or systematically within groups: the
        finite-population correction is applied where every stratum served at least as
        many as answered.
    confidence
        Nominal coverage. The t quantile has n minus the number of strata degrees of
        freedom.

    Returns
    -------
    WeightedIndex
    """
    unknown = sorted(n for n, t in tallies.items() if t.n and served.get(n, 0) < 1)
    if unknown:
        return _without(because("stratum_size_unknown", strata=", ".join(unknown)), confidence)
    groups = [
        _Group((name,), served[name], tallies.get(name, _nobody(tallies)))
        for name in sorted(served)
        if served[name] > 0 and tallies
    ]
    if not any(group.tally.n for group in groups):
        return _without(because("no_answers"), confidence)
    strata = _merge_small(groups)
    merged = tuple(name for s in strata if len(s.names) > 1 for name in s.names)
    interval = _interval(strata, random_sample, confidence, merged)
    return WeightedIndex(interval, tuple(s.names for s in strata), merged)


def _without(reason: Reason, confidence: float) -> WeightedIndex:
    return WeightedIndex(IndexInterval(None, None, None, None, confidence, reason))


def _nobody(tallies: Mapping[str, AnswerTally]) -> AnswerTally:
    """Return the tally of a group that served users and got no questionnaire."""
    like = next(iter(tallies.values()))
    return AnswerTally(
        elements=like.elements,
        minimum_answered=like.minimum_answered,
        n=0,
        below_minimum=0,
        by_value=like.by_value * 0,
        both=like.both * 0,
        sums=like.sums * 0,
        products=like.products * 0,
        complete_n=0,
        complete_by_value=like.by_value * 0,
    )


def _merge_small(groups: list[_Group]) -> list[_Group]:
    """Merge groups that cannot stand as a stratum; the rest stay in the order of their names."""
    in_use = merge_tallies(group.tally for group in groups).answered

    def stands(group: _Group) -> bool:
        return group.tally.n >= FEWEST_PER_STRATUM and group.tally.answered == in_use

    small = [group for group in groups if not stands(group)]
    rest = [group for group in groups if stands(group)]
    if not small:
        return rest
    pooled = _merged(small)
    while rest and not stands(pooled):
        fewest = min(rest, key=lambda group: (group.served, group.names))
        rest.remove(fewest)
        pooled = _merged([pooled, fewest])
    return [*rest, pooled]


def _merged(groups: Sequence[_Group]) -> _Group:
    return _Group(
        tuple(sorted(name for group in groups for name in group.names)),
        sum(group.served for group in groups),
        merge_tallies(group.tally for group in groups),
    )


def _interval(
    strata: Sequence[_Group], random_sample: bool, confidence: float, merged: tuple[str, ...]
) -> IndexInterval:
    n = sum(stratum.tally.n for stratum in strata)
    corrected = random_sample and all(s.served >= s.tally.n for s in strata)
    index, variance = stratified_mean([_as_stratum(s) for s in strata], corrected)
    notes = (because("strata_merged", strata=", ".join(merged)),) if merged else ()
    if n < FEWEST_FOR_INTERVAL or n <= len(strata):
        reason = because("too_few_for_interval", n=n, needed=FEWEST_FOR_INTERVAL)
        return IndexInterval(index, None, None, None, confidence, reason, notes)
    if not variance:
        everyone = corrected and all(s.served == s.tally.n for s in strata)
        reason = because("everyone_asked" if everyone else "no_variance")
        return IndexInterval(index, None, None, None, confidence, reason, notes)
    return logit_interval(index, variance, n - len(strata), n, confidence, notes)


def _as_stratum(group: _Group) -> Stratum:
    """Return index and variance of a group; a lone questionnaire in all shows no variance."""
    index, variance = mean_index(group.tally), index_variance(group.tally)
    return Stratum(group.served, group.tally.n, index or Fraction(0), variance or Fraction(0))
