"""Bab IV: the index over the periods, the on-time share over the weeks, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ektp_analytics.errors import Language
from ektp_analytics.indicators.change import indicator_changes
from ektp_analytics.indicators.control_series import index_series, on_time_series
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.measures.control_chart import POINTS_FOR_LIMITS
from ektp_analytics.report import headlines, numbers, wording
from ektp_analytics.report.blocks import Block, Headline, Mark, Paragraph
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.charts.trend import TrendPanel, trend
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Cell, Column, Row, Table
from ektp_analytics.report.sections.context import flows, lowered, notices, short_period
from ektp_analytics.report.sections.history import move_of, period_before, unit_index_change
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.wording import Move
from ektp_analytics.scoring.period_run import PeriodRun

FEWEST_PERIODS = 2
MOST_NAMED = 2
MOST_ROWS = 17  # of the table of changes; more would not fit under the charts
ON_TIME = "legal_time_limit"
TIGHT_ROW = 21  # px
_DECIMALS = {"index": 2, "ratio": 3}


def trend_page(run: PeriodRun, edition: Edition, history: Sequence[PeriodRun] = ()) -> Section:
    """Return the trend of the index and of the on-time share, and every change judged.

    Parameters
    ----------
    run, edition
        As for every page.
    history
        Earlier periods of the same kind, in order.

    Returns
    -------
    Section
        One line where there is nothing to compare with.
    """
    lang = edition.lang
    runs = [*history, run]
    before = period_before(run, history)
    rows = _change_rows(run, before, lang)
    panels, signals, measures = _panels(runs, rows, lang)
    if not panels:
        return Section()
    headline = _headline(rows, signals, measures, before, lang)
    head = Headline(headline, tell("scorecard.kicker", lang), new_page=not flows(run))
    span = tell("trend.span", lang, first=short_period(runs[0], lang), last=short_period(run, lang))
    chart = trend(panels, edition, remarks=_remarks(panels, lang), source=span)
    blocks: list[Block | str] = [head, chart]
    if before is not None and rows:
        blocks.append(_changes(rows, run, before, edition))
    blocks.append(Paragraph(tell("trend.rules", lang), small=True))
    return Section([*blocks, *notices(run, edition, "survey", "service_log")])


def _panels(
    runs: Sequence[PeriodRun], rows: list[dict[str, Any]], lang: Language
) -> tuple[list[TrendPanel], list[tuple[str, Move]], int]:
    """Return the panels, the measures that left their limits, and how many have limits."""
    panels: list[TrendPanel] = []
    signals: list[tuple[str, Move]] = []
    measures = 0
    surveyed = [r for r in runs if "survey" in r.sources]
    if len(surveyed) >= FEWEST_PERIODS and "survey" in runs[-1].sources:
        panels.append(_index_panel(runs, lang))
    logged = [r for r in runs if r.data.has("service_log", "complete_at", "printed_at")]
    if logged and logged[-1] is runs[-1]:
        moved = next((row["move"] for row in rows if row.get("code") == ON_TIME), None)
        panel = _on_time_panel([r.data for r in logged], moved, lang)
        panels.append(panel)
        measures += panel.limits != "none"
        if panel.move in ("up", "down"):
            signals.append((tell("trend.on_time_name", lang), panel.move))
    return panels, signals, measures


def _index_panel(runs: Sequence[PeriodRun], lang: Language) -> TrendPanel:
    series = index_series([r.data for r in runs])
    before = period_before(runs[-1], runs[:-1])
    return TrendPanel(
        name=tell("trend.index", lang),
        points=series.points,
        grain=series.grain,  # type: ignore[arg-type]
        move=move_of(unit_index_change(runs[-1], before)),
        decimals=2,
    )


def _on_time_panel(periods: Sequence[OfficeData], moved: Move | None, lang: Language) -> TrendPanel:
    """Chart months where they are enough for limits, else weeks.

    The verdict is that on the whole period where there is one before, else on the last
    point.
    """
    series = on_time_series(periods, "month")
    if int(series.points["value"].notna().sum()) < POINTS_FOR_LIMITS:
        series = on_time_series(periods, "week")
    known = series.points[series.points["value"].notna()]
    move: Move = "same" if series.limits != "none" else "no previous"
    if moved is not None:
        move = moved
    elif series.last_signal and series.centre is not None:
        move = "up" if float(known["value"].iloc[-1]) > series.centre else "down"
    return TrendPanel(
        name=tell(f"trend.on_time_{series.grain}", lang),
        points=series.points,
        grain="week" if series.grain == "week" else "month",
        centre=series.centre,
        lower=None if series.lower is None else max(series.lower, 0.0),
        upper=None if series.upper is None else min(series.upper, 100.0),
        limits=series.limits,
        move=move,
        unit="%",
    )


def _remarks(panels: Sequence[TrendPanel], lang: Language) -> list[str]:
    grains = [p.grain for p in panels if p.grain in ("week", "month")]
    return [tell(f"trend.note_{grains[0]}", lang)] if grains else []


def _change_rows(run: PeriodRun, before: PeriodRun | None, lang: Language) -> list[dict[str, Any]]:
    if before is None:
        return []
    return [*_index_row(run, before, lang), *_indicator_rows(run, lang)]


def _headline(
    rows: list[dict[str, Any]],
    signals: list[tuple[str, Move]],
    measures: int,
    before: PeriodRun | None,
    lang: Language,
) -> str:
    """Name what moved since the period before; without one, what left its limits."""
    if before is None or not rows:
        return headlines.trend(signals, measures, lang)
    told = []
    ordered = sorted(rows, key=lambda row: row.get("code") not in _MAIN)
    for move in ("down", "up"):
        names = [lowered(r["name"]) for r in ordered if r["move"] == move and r["scored"]]
        if names:
            more = len(names) - MOST_NAMED
            listed = names[:MOST_NAMED]
            if more > 0:
                listed.append(tell("trend.others", lang, count=wording.spelled(more, lang)))
            shown = numbers.joined(listed, lang)
            told.append(tell(f"trend.headline_{move}", lang, names=shown))
    period = before.period.label(lang)
    if not told:
        count = wording.spelled(len(rows), lang)
        return tell("trend.headline_same", lang, count=count, period=period)
    return tell("trend.headline", lang, moved="; ".join(told), period=period)


def _changes(
    rows: list[dict[str, Any]], run: PeriodRun, before: PeriodRun, edition: Edition
) -> Table:
    lang = edition.lang
    columns = [
        Column("name", tell("trend.head_measure", lang), 240),
        Column("before", short_period(before, lang), 80, "right"),
        Column("now", short_period(run, lang), 80, "right"),
        Column("difference", tell("trend.head_difference", lang), 68, "right"),
        Column("verdict", tell("trend.head_verdict", lang), 176),
    ]
    shown, rest = _shown(rows)
    printed = [Row(_cells(row, lang)) for row in shown]
    caption, source = tell("trend.changes", lang), tell("trend.changes_source", lang)
    if rest:
        names = numbers.joined([lowered(row["name"]) for row in rest], lang)
        source = f"{tell('trend.same_too', lang, names=names)} {source}"
    label = edition.table_label("changes")
    return Table(columns, printed, label, caption, source, row_height=TIGHT_ROW)


def _shown(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what is printed row by row, and what is only named as unchanged."""
    calm = [r for r in rows if r["move"] == "same" and r.get("code") not in (None, *_MAIN)]
    if len(rows) <= MOST_ROWS:
        return rows, []
    keep = MOST_ROWS - (len(rows) - len(calm))
    named = calm[max(keep, 0) :]
    return [row for row in rows if row not in named], named


def _cells(row: dict[str, Any], lang: Language) -> dict[str, Cell | str]:
    then, now = (numbers.number(row[n], row["decimals"], lang) + row["unit"] for n in _SIDES)
    move: Move = row["move"]
    down = move == "down"
    both = None if move == "not comparable" else (row["now"], row["before"])
    difference = None if both is None else numbers.difference(*both)
    mark = _MARKS.get(move, "")
    words = wording.move_words(move, lang)
    return {
        "name": str(row["name"]),
        "before": then,
        "now": Cell(now, strong=True),
        "difference": numbers.signed(difference, row["decimals"], lang),
        "verdict": Cell(words, "", mark, "attention" if down else "", strong=down),
    }


_SIDES = ("before", "now")
_MARKS: dict[str, Mark] = {"up": "up", "down": "down", "same": "dot"}


def _index_row(run: PeriodRun, before: PeriodRun, lang: Language) -> list[dict[str, Any]]:
    change = unit_index_change(run, before)
    if change is None:
        return []
    # The index is what was published, at two decimals; its difference is that of the two.
    then, now = (unit_survey(r.data).summary.index for r in (before, run))
    row = {
        "name": tell("trend.index", lang),
        "before": then,
        "now": now,
        "scored": True,
        "complete": False,
    }
    return [{**row, "move": move_of(change), "decimals": 2, "unit": ""}]


def _indicator_rows(run: PeriodRun, lang: Language) -> list[dict[str, Any]]:
    """Return every indicator outside the survey that has a value now and then."""
    changes = indicator_changes(run.earlier, run.values, run.catalogue)
    names = ("code", "name", "unit", "before", "now", "move", "low")
    rows = [
        row
        for row in records(changes.to_frame(lang), names)
        if row["now"] is not None
        and row["before"] is not None
        and not run.catalogue[row["code"]].from_survey
    ]
    return [
        {
            **row,
            "scored": run.catalogue[row["code"]].scored,
            "decimals": _DECIMALS.get(row["unit"], 1),
            "unit": "%" if row["unit"] == "percent" else "",
            "complete": row["low"] is None and row["unit"] == "percent",
        }
        for row in rows
    ]


def change_lines(run: PeriodRun, before: PeriodRun | None, lang: Language) -> list[dict[str, Any]]:
    """Return the changes a summary names: the index, the main figures, then what moved.

    Returns
    -------
    list of dict
        ``name`` (as in a sentence), ``before``, ``now``, ``move``, ``decimals``, ``unit``,
        ``complete`` (whether it is a complete count).
    """
    if before is None:
        return []
    index = [
        {**row, "name": tell("trend.index_short", lang)} for row in _index_row(run, before, lang)
    ]
    rows = _indicator_rows(run, lang)
    main = [row for row in rows if row["code"] in _MAIN]
    moved = [row for row in rows if row["move"] in ("up", "down") and row not in main]
    return [*index, *({**row, "name": lowered(row["name"])} for row in [*main, *moved])]


_MAIN = ("legal_time_limit", "promise_kept", "recording_coverage")
