"""Steps 5 and 6: factors, what each principle can say, and the balance in one chart."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.evidence import evidence_balance, evidence_factors
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Columns, Headline
from ektp_analytics.report.charts import style
from ektp_analytics.report.charts.canvas import Canvas
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Chart
from ektp_analytics.report.grid import TEXT_WIDTH
from ektp_analytics.report.sections.context import in_sentence, principle_name
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.steps import Step, Steps
from ektp_analytics.report.tables import factors_table
from ektp_analytics.scoring.period_run import PeriodRun

MOST_FACTORS = 8
THEMES_NAMED = 3
_ROW, _BAR, _LABELS = 34, 0.5, 150  # px, share of a row, px left of the axis
_COMPUTED = ("ok", "partial", "carried")


def factors(run: PeriodRun, edition: Edition) -> Section:
    """Return supporting and hindering factors side by side."""
    lang, log = edition.lang, run.data.tables["evidence"]
    sides = []
    for valence in ("supporting", "hindering"):
        found = evidence_factors(log, valence).head(MOST_FACTORS)
        found["theme"] = found["theme"].map(wording.capital)
        caption = tell(f"study.{valence}_caption", lang)
        sides.append(factors_table(found, edition, caption=caption, key=f"study_{valence}"))
    head = Headline(
        tell("study.interpret_headline", lang), tell("study.interpret_kicker", lang), new_page=False
    )
    return Section([head, Columns([[side] for side in sides])])


def principles(run: PeriodRun, edition: Edition) -> Section:
    """Return what can be said of each principle, and which data it waits for."""
    lang = edition.lang
    unscored = sum(run.scorecard[key].status != "ok" for key in run.catalogue.principles)
    count = wording.capital(wording.spelled(unscored, lang))
    head = Headline(
        tell("study.principles_headline", lang, count=count),
        lead=tell("study.principles_lead", lang),
        new_page=False,
    )
    steps = [
        Step(principle_name(key, lang), _said(run, key, lang)) for key in run.catalogue.principles
    ]
    return Section([head, Steps(steps)])


def _said(run: PeriodRun, key: str, lang: Language) -> list[str]:
    log = run.data.tables["evidence"]
    own = log[log["principle"].eq(key)]
    against = evidence_factors(own, "hindering").head(THEMES_NAMED)["theme"]
    lines = [line for line in run.scorecard.lines if line.value.principle == key]
    computed = sum(line.value.status in _COMPUTED for line in lines)
    needed = [in_sentence("source", s, lang) for s in missing_sources(run, key)]
    words = {
        "against": numbers.number(int(own["valence"].eq("hindering").sum()), 0, lang),
        "all": numbers.number(len(own), 0, lang),
        "themes": numbers.joined(list(against), lang),
    }
    status = wording.status(run.scorecard[key].status, lang=lang)
    counts = {"assessed": numbers.number(computed, 0, lang), "count": numbers.number(len(lines))}
    return [
        tell("study.principle_says", lang, **words),
        tell("study.principle_status", lang, status=status, **counts),
        tell("study.principle_needs", lang, files=numbers.joined(needed, lang)),
    ]


def missing_sources(run: PeriodRun, key: str) -> list[str]:
    """Return the sources that indicators of a principle wait for, the most wanted first."""
    return [s for s, _ in wanted(run, key).most_common()]


def wanted(run: PeriodRun, key: str | None = None) -> Counter[str]:
    """Count indicators, of one principle or all, that wait for each missing source."""
    lines = [line for line in run.scorecard.lines if key is None or line.value.principle == key]
    firsts = (run.catalogue[line.value.code].sources[0] for line in lines)
    return Counter(s for s in firsts if s not in run.sources)


def presented(run: PeriodRun, edition: Edition) -> Section:
    """Return the balance of statements by principle as one chart."""
    lang = edition.lang
    balance = evidence_balance(run.data.tables["evidence"]).reindex(list(run.catalogue.principles))
    worse = int((balance["hindering"] > balance["supporting"]).sum())
    head = Headline(
        tell("study.present_headline", lang, count=wording.spelled(worse, lang)),
        tell("study.present_kicker", lang),
        new_page=False,
    )
    n = int(balance[["supporting", "hindering"]].sum().sum())
    chart = Chart(
        _balance_plot(balance, lang).plot(_alt(balance, lang)),
        edition.figure_label("study_balance"),
        tell("study.present_caption", lang),
        tell("study.present_source", lang, n=numbers.number(n, 0, lang)),
    )
    return Section([head, chart])


def _alt(balance: pd.DataFrame, lang: Language) -> str:
    return " ".join(
        tell(
            "study.present_alt",
            lang,
            name=principle_name(str(key), lang),
            supporting=str(row["supporting"]),
            hindering=str(row["hindering"]),
        )
        for key, row in balance.iterrows()
    )


def _balance_plot(balance: pd.DataFrame, lang: Language) -> Canvas:
    longest = int(balance[["supporting", "hindering"]].max().max())
    canvas = Canvas(TEXT_WIDTH, _ROW * (len(balance) + 1), lang)
    width = TEXT_WIDTH - _LABELS
    reach = longest * 1.25
    box = (_LABELS, 0, width, canvas.height)
    axes = canvas.axes(box, (-reach, reach), (len(balance), -1))
    axes.words(-reach / 2, -0.6, tell("study.head_hindering", lang), color=style.ATTENTION)
    axes.words(reach / 2, -0.6, tell("study.head_supporting", lang), color=style.BLUE)
    axes.segment((0, -0.4), (0, len(balance) - 0.5), style.GREY_2, 1)
    for place, (key, row) in enumerate(balance.iterrows()):
        supporting, hindering = int(row["supporting"]), int(row["hindering"])
        name = principle_name(str(key), lang)
        axes.words(-reach, place, name, anchor="right", shift=(-6, 0))
        colors = [style.ATTENTION, style.BLUE]
        hover = [f"{name}: {hindering}", f"{name}: {supporting}"]
        axes.bars([-hindering, supporting], [place, place], _BAR, colors, hover)
        axes.words(-hindering, place, str(hindering), anchor="right", shift=(-4, 0))
        axes.words(supporting, place, str(supporting), anchor="left", shift=(4, 0))
    return canvas
