"""Lampiran: where every figure comes from, and what was found in the files."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import headlines, numbers
from ektp_analytics.report.blocks import Block, Headline
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.page import generator
from ektp_analytics.report.provenance_tables import files_table, findings_table, making_table
from ektp_analytics.report.sections.context import annex, foreign, notices, waiting_sources
from ektp_analytics.report.sections.own_catalogue import own_catalogue_rows
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.wording import say
from ektp_analytics.scoring.period_run import PeriodRun


def provenance_page(run: PeriodRun, edition: Edition) -> Section:
    """Return files, rows, findings and how the report was made."""
    lang = edition.lang
    grave = sum(f.severity == "error" for f in run.findings)
    doubtful = sum(f.severity == "warning" for f in run.findings)
    head = Headline(
        headlines.quality(grave, doubtful, lang),
        annex(run, "provenance", lang),
        tell("provenance.lead", lang),
        new_page=not foreign(run),
    )
    blocks: list[Block | str] = [head, files_table(file_frame(run, lang), edition)]
    if run.findings:
        blocks.append(findings_table(finding_frame(run, lang), edition))
    else:
        blocks.append(say("table.no_findings", lang))
    blocks += notices(run, edition, *run.sources)
    blocks.append(making_table(_making(run, lang), edition))
    return Section(blocks)


def file_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the files as `files_table` takes them; sources not delivered stand last."""
    rows: list[dict[str, Any]] = [
        {
            "file": account.file.rsplit("/", 1)[-1],
            "source": account.source,
            "read": account.read,
            "kept": account.kept,
            "rejected": account.rejected,
            "repeats": account.repeats,
            "sha256": account.sha256,
            "note": None,
        }
        for account in run.files
    ]
    return pd.DataFrame([*rows, *_missing(run, lang)])


def finding_frame(run: PeriodRun, lang: Language) -> pd.DataFrame:
    """Return the findings as `findings_table` takes them."""
    names = ("severity", "file", "sheet", "row", "column", "message", "remedy", "count")
    rows = []
    for finding in run.findings:
        record = finding.to_record(lang)
        record["file"] = str(record["file"]).rsplit("/", 1)[-1]
        rows.append({name: record[name] for name in names})
    return pd.DataFrame(rows, columns=list(names))


def _missing(run: PeriodRun, lang: Language) -> list[dict[str, Any]]:
    """Return one row per source that some indicator waits for."""
    blank = dict.fromkeys(("file", "read", "kept", "rejected", "repeats", "sha256"))
    return [
        {**blank, "source": source, "note": tell("provenance.waiting", lang, count=count)}
        for source, count in waiting_sources(run).items()
    ]


def _making(run: PeriodRun, lang: Language) -> list[tuple[str, str]]:
    settings = run.scorecard.settings
    seed = tell(
        "provenance.seed_words",
        lang,
        seed=settings.seed,
        draws=numbers.number(settings.draws, 0, lang),
    )
    return [
        (tell("provenance.software", lang), generator()),
        (tell("provenance.catalogue", lang), str(run.catalogue.version)),
        *own_catalogue_rows(run, lang),
        (tell("provenance.seed", lang), seed),
        (tell("provenance.as_of", lang), numbers.end_of_day(run.data.as_of, run.office.zone, lang)),
    ]
