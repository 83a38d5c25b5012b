"""Bab III: how many answered, of which services, and who they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.labels import label
from ektp_analytics.indicators.survey_breakdown import SurveyBreakdown, survey_breakdown
from ektp_analytics.indicators.survey_profile import survey_profile
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.charts.frame import records
from ektp_analytics.report.charts.profile import profile
from ektp_analytics.report.charts.sample import sample
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import flows, lowered, notices, report_kind, source_line
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import services_table
from ektp_analytics.report.wording import capital
from ektp_analytics.scoring.period_run import PeriodRun

SMALL_N = 30  # below it an index is marked (setting of the scores)
# Attributes of the profile; services have a table of their own, kecamatan a page.
PROFILED = ("sex", "age", "education", "occupation", "channel")


def respondents_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the sample and the index of each service; empty without a survey."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    found = survey_breakdown(run.data, lang)
    required = run.value("survey_participation").inputs.get("required")
    short = _services_short(found)
    listed = bool((~found.sample["total"]).any())
    head = Headline(
        headlines.respondents(found.unit.tally.n, required, short, lang),
        tell("elements.kicker", lang),
        tell("respondents.lead" if found.told_apart else "respondents.lead_plain", lang),
        new_page=listed and not flows(run),
    )
    blocks: list[Block | str] = [head]
    if listed:
        blocks += [_sample(run, found, edition), _services(run, found, edition)]
    else:
        blocks.append(tell("respondents.no_services", lang))
    return Section([*blocks, *notices(run, edition, "survey")])


def profile_page(run: PeriodRun, edition: Edition) -> Section:
    """Return who answered; one line where the file holds no attributes, else empty."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    found = survey_profile(run.data, lang)
    table = found.table[found.table["key"].isin(PROFILED)].copy()
    table["category"] = table["category"].map(capital)
    if table.empty:
        return Section([tell("respondents.no_profile", lang)])
    head = Headline(
        _profile_headline(table, lang), tell("elements.kicker", lang), new_page=not flows(run)
    )
    remarks = [f"{reason.text(lang).rstrip('.')}." for reason in found.remarks]
    chart = profile(
        table,
        edition,
        n=found.n,
        remarks=[*dict.fromkeys(remarks), *_not_asked(run, lang)],
        source=source_line(run, "survey", lang),
    )
    return Section([head, chart, *_by_kecamatan(run, edition), *notices(run, edition, "survey")])


def _not_asked(run: PeriodRun, lang: Language) -> list[str]:
    """Say that names are not asked, where the form is the office's own and this is known."""
    return [tell("respondents.not_asked", lang)] if report_kind(run) == "service" else []


def _services_short(found: SurveyBreakdown) -> int:
    rows = found.sample[~found.sample["total"]]
    return int((rows["respondents"] < rows["required"]).fillna(False).sum())


def _sample(run: PeriodRun, found: SurveyBreakdown, edition: Edition) -> Block:
    lang = edition.lang
    rows = found.sample[~found.sample["total"]].drop(columns="total")
    whole = found.sample.iloc[[-1]]
    total = records(whole, ("users", "required", "respondents"))[0]
    if total["required"] is None:
        method = tell("respondents.method_unknown", lang)
    else:
        method = tell("respondents.method", lang, users=numbers.number(total["users"], 0, lang))
        if rows["required"].isna().all():
            method = f"{method} {tell('respondents.method_services', lang)}"
    ordered = rows.sort_values("respondents", ascending=False, kind="stable")
    source = source_line(run, "survey", lang)
    return sample(ordered, edition, total=total, method=method, source=source)


def _services(run: PeriodRun, found: SurveyBreakdown, edition: Edition) -> Block:
    lang = edition.lang
    rows = pd.DataFrame([_service(row, lang) for row in _service_rows(found)])
    said = [tell("respondents.services", lang), *_weighted(found, lang)]
    source = edition.source_line(said, source_line(run, "survey", lang))
    return services_table(rows, edition, source=source)


def _service_rows(found: SurveyBreakdown) -> list[dict[str, Any]]:
    names = ("name", "n", "index", "low", "high", "grade", "hidden", "total")
    rows = records(found.by("service"), names)
    rows.sort(key=lambda row: (row["total"], -(row["n"] or 0) if not row["total"] else 0))
    return rows


def _service(row: dict[str, Any], lang: Language) -> dict[str, Any]:
    small = row["n"] is not None and row["n"] < SMALL_N
    note = tell("respondents.small", lang) if small else ""
    return {**row, "note": note}


def _weighted(found: SurveyBreakdown, lang: Language) -> list[str]:
    """Say what the index is when each service weighs by the users it served."""
    weighted = found.weighted.get("service")
    if weighted is None or weighted.index is None:
        return []
    index = numbers.number(weighted.index, 2, lang)
    return [tell("respondents.weighted", lang, index=index)]


def _profile_headline(table: pd.DataFrame, lang: Language) -> str:
    """Name the largest group of each of the first attributes, as far as it may be shown."""
    told = []
    for key in ("sex", "age", "education"):
        rows = table[table["key"].eq(key) & table["count"].notna()]
        if len(rows):
            largest = rows.iloc[int(rows["count"].astype("int64").to_numpy().argmax())]
            share = numbers.percent(float(largest["share"]), 0, lang)
            category = lowered(str(largest["category"])) if key == "sex" else largest["category"]
            told.append(tell(f"respondents.most_{key}", lang, category=category, share=share))
    if not told:
        return tell("respondents.profile_plain", lang)
    return tell("respondents.profile", lang, listed=numbers.joined(told, lang))


def _by_kecamatan(run: PeriodRun, edition: Edition) -> list[Block]:
    """Return the index by kecamatan and channel, where those were asked."""
    lang = edition.lang
    found = survey_breakdown(run.data, lang)
    blocks: list[Block] = []
    for attribute in ("channel",):
        rows = found.by(attribute)
        if rows.empty:
            continue
        shown = pd.DataFrame(
            [_service(row, lang) for row in records(rows, _GROUP) if row["hidden"] == ""]
        )
        caption = tell(f"respondents.by_{attribute}", lang)
        source = edition.source_line([], source_line(run, "survey", lang))
        head = label("attributes", attribute, lang)
        blocks.append(
            services_table(shown, edition, caption=caption, source=source, key=attribute, head=head)
        )
    return blocks


_GROUP = ("name", "n", "index", "low", "high", "grade", "hidden", "total")
