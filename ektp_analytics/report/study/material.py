"""Steps 1, 2 and 4: the material in order, the reader's memos, themes by principle."""

from __future__ import annotations

import re

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.evidence import evidence_matrix
from ektp_analytics.measures.agreement import (
    Agreement,
    coded_units,
    cohen_kappa,
    krippendorff_alpha,
)
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Block, Bullets, Heading, Headline, Note, Paragraph
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.context import principle_name
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.sections.section import Section
from ektp_analytics.report.tables import plain_table
from ektp_analytics.scoring.period_run import PeriodRun

# Remarks that the coding rules put into the paraphrase itself (data/raw/README.md).
_REMARK = re.compile(r"\((?:teks|tersirat|kalimat)[^)]*\)")
_TWO_CODERS = 2


def opening(run: PeriodRun, edition: Edition) -> Section:
    """Return what the study asks and what is done here."""
    lang = edition.lang
    words = {
        "figures": numbers.number(len(_figures(run)), 0, lang),
        "statements": numbers.number(len(run.data.tables["evidence"]), 0, lang),
    }
    head = Headline(
        tell("study.opening_headline", lang),
        tell("study.opening_kicker", lang),
        tell("study.opening_lead", lang, **words),
        new_page=False,
    )
    return Section([head])


def organised(run: PeriodRun, edition: Edition) -> Section:
    """Return the material by part of the article."""
    lang, log = edition.lang, run.data.tables["evidence"]
    parts = _by_document(log)
    words = {
        "statements": numbers.number(len(log), 0, lang),
        "documents": numbers.number(len(parts), 0, lang),
        "figures": numbers.number(len(_figures(run)), 0, lang),
    }
    total = pd.DataFrame([{"document": tell("study.total", lang), **parts.sum(numeric_only=True)}])
    heads = {k: tell(f"study.head_{k}", lang) for k in parts.columns}
    shown = pd.concat([parts, total]).rename(columns=heads)
    table = plain_table(
        _printed(shown, lang),
        edition,
        key="study_material",
        caption=tell("study.organise_caption", lang),
        kinds=["row"] * len(parts) + ["total"],
        widths={heads["document"]: 330},
    )
    head = _headline("organise", lang, **words)
    return Section([head, table])


def _by_document(log: pd.DataFrame) -> pd.DataFrame:
    grouped = log.groupby("document", sort=False)["valence"]
    return pd.DataFrame(
        {
            "statements": grouped.size(),
            "supporting": grouped.agg(lambda v: int(v.eq("supporting").sum())),
            "hindering": grouped.agg(lambda v: int(v.eq("hindering").sum())),
        }
    ).reset_index()


def memos(run: PeriodRun, edition: Edition) -> Section:
    """Return the reader's remarks on figures and statements, and the tone of each part."""
    lang, log = edition.lang, run.data.tables["evidence"]
    noted = _figures(run)
    noted = noted[noted["note"].fillna("").ne("")]
    flagged = log[log["paraphrase"].fillna("").str.contains(_REMARK)]
    figures = [f"**{r['number']}** ({r['printed']}): {r['note']}" for r in noted.to_dict("records")]
    said = [f"{part_of(r['document'])}: {r['paraphrase']}" for r in flagged.to_dict("records")]
    count = numbers.number(len(figures) + len(said), 0, lang)
    blocks: list[Block | str] = [
        _headline("memo", lang, memos=count),
        Bullets(figures, tell("study.memo_figures", lang)),
        Bullets(said, tell("study.memo_statements", lang)),
        Note(tell("study.memo_stance_title", lang), _stance(log, lang)),
    ]
    return Section(blocks)


def part_of(document: str) -> str:
    """Return the part of the article that a document names after the author and year."""
    return document.partition(", ")[2] or document


def _stance(log: pd.DataFrame, lang: Language) -> str:
    """Count directions in the abstract, the results and the conclusion."""
    part = log["document"].map(part_of)
    places = {
        "abstract": part.str.startswith("Abstrak"),
        "results": part.str.startswith("3."),
        "end": part.str.startswith("4"),
    }
    counts = {
        f"{name}_{short}": numbers.number(int(log.loc[rows, "valence"].eq(v).sum()), 0, lang)
        for name, rows in places.items()
        for short, v in (("for", "supporting"), ("against", "hindering"))
    }
    return tell("study.memo_stance", lang, **counts)


def classified(run: PeriodRun, edition: Edition) -> Section:
    """Return themes by principle, and how far the coders agree."""
    lang, log = edition.lang, run.data.tables["evidence"]
    matrix = evidence_matrix(log)
    themes = matrix.groupby("theme")[["supporting", "hindering"]].sum().sum(axis=1)
    ordered = themes.sort_values(ascending=False, kind="stable").index
    rows = [_theme_row(str(theme), matrix, run, lang) for theme in ordered]
    table = plain_table(
        pd.DataFrame(rows),
        edition,
        key="study_matrix",
        caption=tell("study.classify_caption", lang),
        align=dict.fromkeys(list(rows[0])[1:], "center"),
    )
    count = numbers.number(len(ordered), 0, lang)
    head = _headline("classify", lang, themes=count)
    return Section([head, table, *_agreement(log, lang)])


def _theme_row(theme: str, matrix: pd.DataFrame, run: PeriodRun, lang: Language) -> dict[str, str]:
    row = {tell("study.head_theme", lang): wording.capital(theme)}
    for key in run.catalogue.principles:
        found = matrix[matrix["theme"].eq(theme) & matrix["principle"].eq(key)]
        signs = (("+", "supporting"), (numbers.MINUS, "hindering"))
        counts = [(sign, int(found[name].sum())) for sign, name in signs]
        row[principle_name(key, lang)] = " ".join(f"{s}{n}" for s, n in counts if n)
    return row


def _agreement(log: pd.DataFrame, lang: Language) -> list[Block | str]:
    heading = Heading(tell("study.agreement_heading", lang))
    return [heading, Paragraph(agreement_words(log, lang))]


def agreement_words(log: pd.DataFrame, lang: Language) -> str:
    """Say how far the coders agree on the direction of the statements, or why not known.

    Parameters
    ----------
    log
        The evidence source, with ``coder``, ``valence`` and what tells statements apart.
    lang
        Language.
    """
    units = coded_units(log, unit=("document", "principle", "paraphrase"), code="valence")
    if len(units.columns) == _TWO_CODERS:
        found = cohen_kappa(units.iloc[:, 0], units.iloc[:, 1])
    else:
        found = krippendorff_alpha(units)
    if found.value is None:
        reason = "" if found.reason is None else found.reason.text(lang)
        return tell("study.agreement_none", lang, reason=wording.capital(reason))
    name = "kappa" if found.coefficient == "cohen_kappa" else "alpha"
    return tell(f"study.agreement_{name}", lang, **_agreed(found, lang))


def _agreed(found: Agreement, lang: Language) -> dict[str, str]:
    alike = round((found.observed or 0) * found.units)
    return {
        "value": numbers.number(found.value, 3, lang),
        "interval": numbers.interval(found.interval, 2, lang),
        "observed": numbers.number(alike, 0, lang),
        "units": numbers.number(found.units, 0, lang),
        "coders": wording.spelled(found.coders, lang),
    }


def _headline(step: str, lang: Language, **words: str) -> Headline:
    lead = f"study.{step}_lead"
    return Headline(
        tell(f"study.{step}_headline", lang, **words),
        tell(f"study.{step}_kicker", lang),
        tell(lead, lang, **words) if step != "memo" else "",
        new_page=False,
    )


def _figures(run: PeriodRun) -> pd.DataFrame:
    table = run.data.tables["published_figures"]
    return table[table["printed"].fillna("").ne("")]


def _printed(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    return frame.map(lambda v: v if isinstance(v, str) else numbers.number(int(v), 0, lang))
