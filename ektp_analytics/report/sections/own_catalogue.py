"""What an office's own catalogue adds and weighs otherwise, told in the report."""

from __future__ import annotations

from ektp_analytics.errors import Language
from ektp_analytics.framework.catalogue import OVERALL, Weights
from ektp_analytics.framework.own_changes import own_changes
from ektp_analytics.report import numbers
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.scoring.period_run import PeriodRun

HASH_DIGITS = 12


def own_catalogue_rows(run: PeriodRun, lang: Language) -> list[tuple[str, str]]:
    """Return name and content of each thing the office's own catalogue changes.

    Parameters
    ----------
    run
        The run; empty where it was scored by the package's catalogue alone.
    lang
        Language of the words.

    Returns
    -------
    list of (str, str)
        The files with their fingerprint, indicators added and altered, weights by group,
        and for pairwise judgments their consistency ratio.
    """
    if not run.catalogue_files:
        return []
    changes = own_changes(run.catalogue)
    files = [
        f"{f.file.rsplit('/', 2)[-2]}/{_name(f.file)} {f.sha256[:HASH_DIGITS]}…"
        for f in run.catalogue_files
    ]
    rows = [(tell("own_catalogue.files", lang), "; ".join(files))]
    if changes.added:
        names = [f"{run.catalogue[c].label(lang)} ({c})" for c in changes.added]
        rows.append((tell("own_catalogue.added", lang), "; ".join(names)))
    if changes.altered:
        names = [f"{run.catalogue[c].label(lang)} ({c})" for c in changes.altered]
        rows.append((tell("own_catalogue.altered", lang), "; ".join(names)))
    for group, weights in changes.weights.items():
        name = tell("own_catalogue.weights", lang, group=group_name(run, group, lang))
        rows.append((name, _weights(run, group, weights, lang)))
    return rows


def weights_words(run: PeriodRun, lang: Language) -> str:
    """Say how the indicators are weighed: alike, or by the office's own weights."""
    key = "own" if own_changes(run.catalogue).weights else "alike"
    return tell(f"own_catalogue.weights_{key}", lang)


def group_name(run: PeriodRun, group: str, lang: Language) -> str:
    """Return the printed name of a group of weights: a principle, an aspect, the whole."""
    if group == OVERALL:
        return tell("own_catalogue.overall", lang)
    names = run.catalogue.aspects if "." in group else run.catalogue.principles
    return names[group][lang]


def _weights(run: PeriodRun, group: str, weights: Weights, lang: Language) -> str:
    told = [
        f"{_member(run, group, item, lang)} {numbers.percent(float(100 * weight), 1, lang)}"
        for item, weight in weights.items()
    ]
    judged = run.catalogue.ahp.get(group)
    if judged is None:
        return "; ".join(told)
    ratio = numbers.number(judged.consistency_ratio, 3, lang)
    key = "consistent" if judged.consistent else "confirmed"
    return f"{'; '.join(told)}. {tell(f'own_catalogue.{key}', lang, ratio=ratio)}"


def _member(run: PeriodRun, group: str, item: str, lang: Language) -> str:
    if group == OVERALL:
        return run.catalogue.principles[item][lang]
    return (
        run.catalogue[item].label(lang)
        if "." in group
        else run.catalogue.aspects[f"{group}.{item}"][lang]
    )


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1]
