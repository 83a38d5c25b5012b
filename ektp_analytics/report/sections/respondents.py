"""Bab III: how many answered, of which services, and who they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.skm import skm_index
from ektp_analytics.indicators.windows import in_window
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.charts.profile import profile
from ektp_analytics.report.charts.sample import sample
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import notices, source_line
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.profile_groups import profile_frame
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import services_table
from ektp_analytics.scoring.period_run import PeriodRun

SMALL_N = 30  # below it an index is printed with the remark that n is small
LEAST_N = 5  # below it no index is printed


def respondents_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the page of the sample and the profile; empty without a survey."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    counted = unit_survey(run.data).summary.n
    required = run.value("survey_participation").inputs.get("required")
    head = Headline(
        headlines.respondents(counted, required, 0, lang),
        tell("elements.kicker", lang),
        tell("respondents.lead", lang),
    )
    blocks: list[Block | str] = [head]
    table = run.data.tables["survey"]
    inside = table[in_window(run.data, "survey", "submitted_at")]
    if "service" in inside and inside["service"].notna().any():
        blocks.append(_sample(run, inside, edition))
    grouped = profile_frame(inside, lang, run.office.setting("small_cell", LEAST_N))
    if not grouped.empty:
        remarks = [tell("respondents.merged", lang), tell("respondents.not_asked", lang)]
        source = source_line(run, "survey", lang)
        n = len(inside)
        blocks.append(profile(grouped, edition, n=n, remarks=remarks, source=source))
    else:
        blocks.append(tell("respondents.no_profile", lang))
    return Section([*blocks, *notices(run, edition, "survey")])


def services_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the index of each service beside that of the unit; empty without services."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    table = run.data.tables["survey"]
    inside = table[in_window(run.data, "survey", "submitted_at")]
    if "service" not in inside or inside["service"].nunique() < 2:  # noqa: PLR2004
        return Section()
    listed = services_table(
        service_frame(run, inside, lang),
        edition,
        source=edition.source_line(
            [tell("respondents.services", lang)], source_line(run, "survey", lang)
        ),
    )
    return Section([listed])


def service_frame(run: PeriodRun, inside: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return the index by service, the e-KTP services and the unit last."""
    groups = [(str(name), rows) for name, rows in inside.groupby("service")]
    groups.sort(key=lambda group: -len(group[1]))
    rows = [_service(run, name, part, lang) for name, part in groups]
    if "ektp" in inside and inside["ektp"].any():
        chosen = inside[inside["ektp"]]
        rows.append(_service(run, tell("respondents.ektp", lang), chosen, lang, total=True))
    rows.append(_service(run, tell("respondents.unit", lang), inside, lang, total=True))
    return pd.DataFrame(rows)


def _service(
    run: PeriodRun, name: str, rows: pd.DataFrame, lang: Language, *, total: bool = False
) -> dict[str, Any]:
    summary = skm_index(rows, on=run.period.end).summary
    few = summary.n < LEAST_N
    low, high = (None, None) if few or summary.interval is None else summary.interval
    note = tell("respondents.few", lang) if few else ""
    if not few and summary.n < SMALL_N:
        note = tell("respondents.small", lang)
    return {
        "name": name,
        "n": summary.n,
        "index": None if few else summary.index,
        "grade": None if few else summary.grade,
        "low": low,
        "high": high,
        "note": note,
        "total": total,
    }


def _sample(run: PeriodRun, inside: pd.DataFrame, edition: Edition) -> Block:
    lang = edition.lang
    counts = inside["service"].value_counts()
    table = pd.DataFrame(
        {"name": counts.index.astype(str), "respondents": counts.to_numpy(), "users": None}
    ).assign(required=None)
    value = run.value("survey_participation")
    required = value.inputs.get("required")
    users = value.inputs.get("users_served")
    if required is None:
        method = tell("respondents.method_unknown", lang)
    else:
        method = tell("respondents.method", lang, users=numbers.number(users, 0, lang))
    return sample(
        table,
        edition,
        total={"users": users, "required": required, "respondents": len(inside)},
        method=method,
        source=source_line(run, "survey", lang),
    )
