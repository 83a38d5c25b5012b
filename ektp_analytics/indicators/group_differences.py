"""Groups that stand apart: each against all the others, beyond noise."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.indicators.equal_procedure import POOLED, pooled_groups
from ektp_analytics.indicators.labels import word
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.on_time import due_requests
from ektp_analytics.indicators.respondent_classes import PERSONAL, attribute_name, classes_of
from ektp_analytics.indicators.survey_breakdown import SMALL_N, survey_tallies
from ektp_analytics.indicators.survey_profile import survey_classes
from ektp_analytics.measures.answer_tally import merge_tallies
from ektp_analytics.measures.change import Change, Reading, moved_beyond_noise
from ektp_analytics.measures.index_change import index_reading
from ektp_analytics.measures.small_cells import SHOWN, SMALLEST_SHOWN

COMPARED = ("kecamatan", "channel", "sex")
FEWEST_GROUPS = 2
COLUMNS = ("attribute", "name", "n", "value", "others", "difference", "low", "high", "move")


def on_time_differences(data: OfficeData, lang: Language = "id") -> pd.DataFrame:
    """Compare the on-time share of each group of requests with that of all others.

    Returns
    -------
    pandas.DataFrame
        ``attribute``, ``name``, ``n``, ``value``, ``others`` (percent), ``difference``,
        ``low``, ``high`` (Holm's level within the attribute), ``move`` (``up``: the group
        does better). Groups below 100 requests are pooled.
    """
    return data.once(("on_time_differences", lang), lambda: _on_time_differences(data, lang))


def _on_time_differences(data: OfficeData, lang: Language) -> pd.DataFrame:
    rows = due_requests(data).rows
    tables = []
    for attribute in COMPARED:
        found = classes_of(rows, attribute, data.office, lang)
        if found is None:
            continue
        groups = pooled_groups(rows.assign(_class=found.of_rows), "_class")
        if attribute in PERSONAL:
            groups = _beside_few(groups, int(found.of_rows.notna().sum()), data)
        whole = groups.sum()
        pairs = {
            str(key): (
                Reading.share(int(whole["on_time"] - g["on_time"]), int(whole["n"] - g["n"])),
                Reading.share(int(g["on_time"]), int(g["n"])),
            )
            for key, g in groups.iterrows()
        }
        names = {**found.names, POOLED: word("others", lang)}
        n = {str(key): int(size) for key, size in groups["n"].items()}
        tables.append(_judged(attribute, pairs, names, n, lang))
    return _together(tables)


def _beside_few(groups: pd.DataFrame, classed: int, data: OfficeData) -> pd.DataFrame:
    """Leave out the smallest group where those left out already are a few persons.

    The number of all requests is printed elsewhere: less the groups it would tell them.
    """
    left_out = classed - int(groups["n"].sum())
    if not 0 < left_out < int(data.office.setting("small_cell", SMALLEST_SHOWN)):
        return groups
    return groups.drop(index=groups["n"].astype("int64").nsmallest(1).index)


def index_differences(data: OfficeData, lang: Language = "id") -> pd.DataFrame:
    """Compare the satisfaction index of each group of respondents with that of all others.

    Returns
    -------
    pandas.DataFrame
        As `on_time_differences`, in index points. Groups below 30 questionnaires are not
        compared, small groups of persons are not there at all.
    """
    tables = []
    for attribute in (*COMPARED, "age", "education"):
        safe = survey_classes(data, attribute, lang)
        if safe is None:
            continue
        tallies = {k: t for k, t in survey_tallies(data, attribute, lang).items() if k is not None}
        large = [
            key
            for key in safe.names
            if safe.hidden[key] == SHOWN and key in tallies and tallies[key].n >= SMALL_N
        ]
        if len(tallies) < FEWEST_GROUPS:
            continue
        pairs = {
            key: (
                index_reading(merge_tallies(t for k, t in tallies.items() if k != key)),
                index_reading(tallies[key]),
            )
            for key in large
        }
        n = {key: tallies[key].n for key in large}
        tables.append(_judged(attribute, pairs, safe.names, n, lang))
    return _together(tables)


def _judged(
    attribute: str,
    pairs: Mapping[str, tuple[Reading, Reading]],
    names: Mapping[str, str],
    n: Mapping[str, int],
    lang: Language,
) -> pd.DataFrame:
    """Judge every group against the rest, as one family."""
    changes: Mapping[str, Change] = {}
    if len(pairs) >= FEWEST_GROUPS:
        changes = moved_beyond_noise(pairs, material=0)
    rows = []
    for key, change in changes.items():
        low, high = change.interval_in_family or (None, None)
        rows.append(
            {
                "attribute": attribute_name(attribute, lang),
                "name": names.get(key, key),
                "n": n[key],
                "value": pairs[key][1].value,
                "others": pairs[key][0].value,
                "difference": change.difference,
                "low": low,
                "high": high,
                "move": "same" if change.verdict == "unchanged" else change.verdict,
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _together(tables: list[pd.DataFrame]) -> pd.DataFrame:
    held = [table for table in tables if len(table)]
    frame = pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=list(COLUMNS))
    numbers = dict.fromkeys(("value", "others", "difference", "low", "high"), "Float64")
    texts = dict.fromkeys(("attribute", "name", "move"), "str")
    return frame.astype({**texts, **numbers, "n": "Int64"})
