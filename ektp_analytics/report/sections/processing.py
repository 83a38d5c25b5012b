"""Lampiran: the processing sheet of the survey, as the regulation's annex lays it out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ektp_analytics.indicators.satisfaction import unit_survey
from ektp_analytics.indicators.skm import SkmIndex
from ektp_analytics.indicators.windows import in_window
from ektp_analytics.report.blocks import Columns, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.processing_sheet import (
    grade_key,
    order_note,
    processing_sheet,
)
from ektp_analytics.report.sections.context import (
    INDEX_PER_ANSWER,
    annex,
    band_frame,
    notices,
)
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.wording import grade_word
from ektp_analytics.scoring.period_run import PeriodRun

# Rows that leave room for the foot rows and the keys on one page; the workbook has all.
MOST_ROWS = 20


def processing_page(run: PeriodRun, edition: Edition) -> Section:
    """Return the processing sheet with the index; empty without a survey."""
    if "survey" not in run.sources:
        return Section()
    lang = edition.lang
    survey = unit_survey(run.data)
    summary = survey.summary
    mean = None
    if summary.index_unrounded is not None:
        mean = summary.index_unrounded / INDEX_PER_ANSWER
    sheet = processing_sheet(
        counted_answers(run, survey),
        foot_frame(survey),
        edition,
        index=summary.index,
        mean=mean,
        grade=summary.grade or "",
        label=grade_word(summary.label, lang),
        most_rows=MOST_ROWS,
    )
    keys = Columns(
        [
            [grade_key(band_frame(run.period.end, lang), edition)],
            [order_note(edition)],
        ]
    )
    head = Headline(tell("processing.headline", lang), annex(run, "processing", lang))
    return Section([head, sheet, *notices(run, edition, "survey"), keys])


def counted_answers(run: PeriodRun, survey: SkmIndex) -> pd.DataFrame:
    """Return the answers of the questionnaires counted, shuffled and without attributes.

    Rows are first put in the order of their answers, then drawn with the run's printed seed:
    what anyone can compute back from the seed is the sorted sheet, never the order of the
    file, and two runs print the same sheet.
    """
    table = run.data.tables["survey"]
    asked = list(survey.tally.elements)
    answers = table.loc[in_window(run.data, "survey", "submitted_at"), asked]
    counted = answers[answers.notna().sum(axis=1).ge(survey.tally.minimum_answered)]
    counted = counted.sort_values(asked, kind="stable", ignore_index=True)
    order = np.random.default_rng(run.scorecard.settings.seed).permutation(len(counted))
    return counted.iloc[order].reset_index(drop=True)


def foot_frame(survey: SkmIndex) -> pd.DataFrame:
    """Return Σ, n, NRR, weighted NRR, index and grade of each element."""
    count = len(survey.tally.answered)
    rows = [
        {
            "key": element.key,
            "total": None if element.nrr is None else round(element.nrr * element.n),
            "n": element.n,
            "nrr": element.nrr,
            "weighted": None if element.nrr is None else element.nrr / count,
            "index": element.index,
            "grade": element.grade,
        }
        for element in survey.summary.elements
    ]
    return pd.DataFrame(rows)


def weight_frame(survey: SkmIndex, lang: str) -> pd.DataFrame:
    """Return the index by the weights in circulation, the one in use first."""
    count = len(survey.tally.answered)
    rows = [{"weight": f"1/{count}", "index": survey.summary.index}]
    for weight, index in survey.summary.weight_variants.items():
        printed = weight.replace(".", ",") if lang == "id" else weight
        rows.append({"weight": printed, "index": index})
    return pd.DataFrame(rows)
