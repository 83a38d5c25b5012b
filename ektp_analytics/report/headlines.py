"""The headline of each page: the finding, written from its numbers.

Every function returns a sentence without a full stop, in the language asked for, and has
a form for figures that are absent, partial or carried over.
"""

from __future__ import annotations

from collections.abc import Sequence

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.wording import Move, capital, say, spelled

MOST_NAMED = 3


def summary(
    index: float | None,
    label: str,
    move: Move,
    share_in_time: float | None,
    limit: str,
    lang: Language = "id",
) -> str:
    """Write the headline of the executive summary.

    Parameters
    ----------
    index
        Satisfaction index (25–100), absent if not assessed.
    label
        Name of its grade (``Baik``).
    move
        Verdict on the index against the period before.
    share_in_time
        Percent of requests finished within the limit, absent if not assessed.
    limit
        The limit in words (``24 jam``).
    lang
        ``id`` or ``en``.
    """
    parts = []
    if index is not None:
        words = {"label": label, "index": numbers.number(index, 2, lang)}
        name = move if move in ("up", "down", "same") else "plain"
        parts.append(say(f"headline.index_{name}", lang, **words))
    if share_in_time is not None:
        share = numbers.percent(share_in_time, 1, lang)
        parts.append(say("headline.in_time", lang, share=share, limit=limit))
    if not parts:
        return say("headline.summary_absent", lang)
    return capital("; ".join(parts))


def elements(ranked: Sequence[tuple[str, float, str]], near: int = 0, lang: Language = "id") -> str:
    """Write the headline of the page of survey elements.

    Parameters
    ----------
    ranked
        Name, index and letter of each element, lowest first.
    near
        How many intervals cross a grade boundary; none of them may be called "only".
    lang
        ``id`` or ``en``.
    """
    if not ranked:
        return say("headline.elements_absent", lang)
    name, index, letter = ranked[0]
    words = {"name": name, "index": numbers.number(index, 2, lang), "letter": letter}
    peers = sum(other == letter for _, _, other in ranked)
    if peers == 1 and len(ranked) > 1 and not near:
        return say("headline.element_only", lang, **words)
    return say("headline.element_lowest", lang, **words)


def respondents(
    counted: int, required: int | None, services_short: int = 0, lang: Language = "id"
) -> str:
    """Write the headline of the page on respondents against the sample required."""
    n = numbers.number(counted, 0, lang)
    if counted == 0:
        return say("headline.no_respondents", lang)
    if required is None:
        return say("headline.sample_unknown", lang, n=n)
    if counted < required:
        missing = numbers.number(required - counted, 0, lang)
        return say("headline.sample_short", lang, n=n, missing=missing)
    if services_short:
        short = spelled(services_short, lang)
        return say("headline.sample_met_but", lang, n=n, count=short)
    return say("headline.sample_met", lang, n=n)


def coverage(
    rate: float | None,
    reached: int,
    kecamatan: int,
    target: float | None,
    lang: Language = "id",
) -> str:
    """Write the headline of the page on coverage.

    Parameters
    ----------
    rate
        Recording coverage of the office in percent, absent if not computable.
    reached, kecamatan
        Kecamatan at or above the target, and all of them.
    target
        Target in percent; without it no kecamatan is said to reach it.
    lang
        ``id`` or ``en``.
    """
    if rate is None:
        return say("headline.coverage_absent", lang)
    printed = numbers.percent(rate, 2, lang)
    if target is None:
        return say("headline.coverage_plain", lang, rate=printed)
    count = spelled(reached, lang) if reached else say("headline.none", lang)
    total = numbers.number(kecamatan, 0, lang)
    if reached == kecamatan:
        return say("headline.coverage_all", lang, rate=printed, total=total)
    return say("headline.coverage", lang, rate=printed, reached=count, total=total)


def completion(shares: Sequence[tuple[float, str]], lang: Language = "id") -> str:
    """Write the headline of the page on waiting: percent finished by each limit, in order."""
    if not shares:
        return say("headline.completion_absent", lang)
    told = [
        say("headline.by_limit", lang, share=numbers.percent(share, 1, lang), limit=limit)
        for share, limit in shares
    ]
    first = say("headline.completion", lang, share=told[0])
    return numbers.joined([first, *told[1:]], lang)


def trend(signals: Sequence[tuple[str, Move]], measures: int, lang: Language = "id") -> str:
    """Write the headline of the page on trends.

    Parameters
    ----------
    signals
        Names and directions of the measures that left their limits.
    measures
        How many measures have limits.
    lang
        ``id`` or ``en``.
    """
    total = spelled(measures, lang)
    if measures == 0:
        return say("headline.trend_absent", lang)
    if not signals:
        return say("headline.trend_calm", lang, total=total)
    told = [
        say(f"headline.moved_{'up' if move == 'up' else 'down'}", lang, name=name)
        for name, move in signals[:MOST_NAMED]
    ]
    count = capital(spelled(len(signals), lang))
    named = numbers.joined(told, lang)
    return say("headline.trend", lang, count=count, total=total, named=named)


def points_lost(worst: Sequence[str], lang: Language = "id") -> str:
    """Write the headline of the scorecard from the names of the costliest indicators."""
    if not worst:
        return say("headline.points_absent", lang)
    return say("headline.points", lang, named=numbers.joined(list(worst[:MOST_NAMED]), lang))


def published(count: int, required: int, overdue: int = 0, lang: Language = "id") -> str:
    """Write the headline of the publication checklist."""
    if required == 0:
        return say("headline.published_absent", lang)
    words = {"count": numbers.number(count, 0, lang), "required": numbers.number(required, 0, lang)}
    if overdue:
        return say("headline.published_overdue", lang, overdue=spelled(overdue, lang), **words)
    return say("headline.published", lang, **words)


def complaints(in_time: int, judged: int, lang: Language = "id") -> str:
    """Write the headline of the page on complaints; none recorded is not called good."""
    if judged == 0:
        return say("headline.complaints_none", lang)
    count = numbers.number(in_time, 0, lang)
    return say("headline.complaints", lang, count=count, judged=numbers.number(judged, 0, lang))


def opening(share_on_time: float | None, lang: Language = "id") -> str:
    """Write the headline of the page on opening hours and discipline."""
    if share_on_time is None:
        return say("headline.opening_absent", lang)
    return say("headline.opening", lang, share=numbers.percent(share_on_time, 1, lang))


def follow_up(planned: int, done: int | None, promised: int, lang: Language = "id") -> str:
    """Write the headline of the follow-up page: last promises kept, new ones planned."""
    plan = say("headline.planned", lang, count=spelled(planned, lang))
    if done is None or promised == 0:
        return capital(plan)
    words = {"done": capital(spelled(done, lang)), "promised": spelled(promised, lang)}
    return say("headline.kept", lang, plan=plan, **words)


def why(rows: int, index: float | None, lang: Language = "id") -> str:
    """Write the headline of the page that traces one number."""
    if index is None:
        return say("headline.why_absent", lang)
    printed = numbers.number(index, 2, lang)
    return say("headline.why", lang, rows=numbers.number(rows, 0, lang), index=printed)


def quality(errors: int, warnings: int, lang: Language = "id") -> str:
    """Write the headline of the data-quality page."""
    if not errors and not warnings:
        return say("headline.quality_clean", lang)
    words = {"errors": numbers.number(errors, 0, lang)}
    return say("headline.quality", lang, warnings=numbers.number(warnings, 0, lang), **words)
