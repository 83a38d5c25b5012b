"""The parts of the publication sheet as HTML: bands, bars and lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from ektp_analytics.errors import Language
from ektp_analytics.indicators.labels import label
from ektp_analytics.measures.survey_means import ElementSummary, IndexSummary
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.markup import element, together
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.wording import say
from ektp_analytics.standards.skm import Band, bands

MOST_CLASSES = 9  # bars of one attribute
LONGEST_BAR = 58.0  # percent of the room right of the names
NAMED = 2  # elements named as best and weakest


def band_strip(summary: IndexSummary, on: date, lang: Language) -> Markup:
    """Return where the index lies on the bands of the regulation, 25 to 100."""
    scale = bands(on)
    first, last = float(scale[0].lower), float(scale[-1].upper)

    def at(value: float) -> float:
        return 100 * (value - first) / (last - first)

    shades = ("dark", "light")
    filled, names, cuts = [], [], [_placed(0, numbers.number(first, 0, lang))]
    for place, band in enumerate(scale):
        left, right = at(float(band.lower)) if place else 0.0, at(_end(scale, place))
        width = f"left:{left:.3f}%;width:{right - left:.3f}%"
        filled.append(element("div", class_=f"strip-band {shades[place % 2]}", style=width))
        name = together(element("b", band.grade), " ", band.text(lang).lower())
        names.append(_placed((left + right) / 2, name))
        if place:
            decimals = 0 if band.lower == int(band.lower) else 2
            cuts.append(_placed(left, numbers.number(band.lower, decimals, lang)))
    cuts.append(_placed(100, numbers.number(last, 0, lang)))
    filled += _marks(summary, at)
    bar = element("div", *filled, class_="strip-bar", role="img", aria_label=_alt(summary, lang))
    return element(
        "div",
        element("div", *names, class_="strip-names"),
        bar,
        element("div", *cuts, class_="strip-cuts"),
        element("p", _reading(summary, lang), class_="poster-reading"),
        class_="poster-strip",
    )


def _end(scale: Sequence[Band], place: int) -> float:
    following = scale[place + 1] if place + 1 < len(scale) else None
    return float(following.lower if following else scale[place].upper)


def _placed(percent: float, words: object) -> Markup:
    return element("span", words, style=f"left:calc(14px + {percent / 100:.5f} * (100% - 28px))")


def _marks(summary: IndexSummary, at: Any) -> list[Markup]:
    marks = []
    if summary.interval:
        low, high = (at(end) for end in summary.interval)
        style = f"left:{low:.3f}%;width:{high - low:.3f}%"
        marks.append(element("div", class_="strip-interval", style=style))
    style = f"left:{at(summary.index):.3f}%"
    return [*marks, element("div", class_="strip-index", style=style)]


def _reading(summary: IndexSummary, lang: Language) -> str:
    if summary.interval is None:
        return tell("poster.reading", lang)
    interval = numbers.interval(summary.interval, 2, lang)
    return tell("poster.reading_interval", lang, interval=interval)


def _alt(summary: IndexSummary, lang: Language) -> str:
    words = {"index": numbers.number(summary.index, 2, lang), "letter": summary.grade}
    if summary.interval is None:
        return say("index_strip.alt_point", lang, **words)
    interval = numbers.interval(summary.interval, 2, lang)
    return say("index_strip.alt", lang, interval=interval, **words)


def attribute_bars(table: pd.DataFrame, key: str, lang: Language) -> Markup:
    """Return the bars of one attribute of the profile; small classes stay hidden.

    Parameters
    ----------
    table
        The table of `survey_profile`.
    key
        ``sex`` or ``education``.
    lang
        Language of the words.
    """
    names = ("attribute", "category", "count", "share", "shown", "hidden")
    rows = records(table[table["key"].eq(key)], names)
    if not rows:
        words = tell("poster.not_asked", lang, attribute=label("attributes", key, lang))
        return element("p", words, class_="poster-none")
    title = element("h3", rows[0]["attribute"])
    if all(row["count"] is None for row in rows):
        return together(title, element("p", tell("poster.all_hidden", lang), class_="poster-none"))
    kept = _shortened(rows, lang)
    # One scale for all bars of the sheet, that their lengths may be compared.
    counts = table["count"].fillna(0).astype("int64")
    longest = max(1, int(counts.max()), *(row["count"] or 0 for row in kept))
    return together(title, *(_bar(row, longest, lang) for row in kept))


def _shortened(rows: list[dict[str, Any]], lang: Language) -> list[dict[str, Any]]:
    """Take the last classes together where there are more than fit."""
    if len(rows) <= MOST_CLASSES:
        return rows
    kept, rest = rows[: MOST_CLASSES - 1], rows[MOST_CLASSES - 1 :]
    known = all(row["count"] is not None for row in rows)
    total = sum(row["count"] for row in rest) if known else None
    share = sum(row["share"] for row in rest) if known else None
    others = tell("poster.others", lang, count=len(rest))
    hidden = None if known else numbers.ABSENT
    return [*kept, {"category": others, "count": total, "share": share, "shown": hidden}]


def _bar(row: dict[str, Any], longest: int, lang: Language) -> Markup:
    count = row["count"]
    if count is None:
        words: object = element("b", row["shown"] or say("profile.small", lang))
    else:
        share = numbers.percent(row["share"], 1, lang)
        words = together(element("b", numbers.number(count, 0, lang)), f" ({share})")
    bar = element("i", style=f"width:{LONGEST_BAR * (count or 0) / longest:.2f}%")
    value = element("span", bar if count else "", element("span", words), class_="value")
    return element(
        "div", element("span", row["category"], class_="name"), value, class_="poster-bar"
    )


def element_lists(summary: IndexSummary, lang: Language) -> Markup:
    """Return the best elements, and those to be improved."""
    known = [e for e in summary.elements if e.index is not None]
    ranked = sorted(known, key=lambda e: e.index or 0)
    most = min(NAMED, len(ranked) // 2)
    if not most:
        return Markup("")
    best, weak = ranked[::-1][:most], ranked[:most]
    return together(
        element("h3", tell("poster.best", lang)),
        *(_element(e, lang) for e in best),
        element("h3", tell("poster.improve", lang)),
        *(_element(e, lang) for e in weak),
    )


def _element(found: ElementSummary, lang: Language) -> Markup:
    name = wording.name_of("element", found.key, lang)
    index = element("b", numbers.number(found.index, 2, lang))
    return element("p", name, " ", element("span", index, f" · {found.grade}", class_="whole"))
