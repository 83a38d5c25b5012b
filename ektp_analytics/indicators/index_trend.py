"""The survey index over several periods, every letter by one named scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.errors import Language, Reason, because
from ektp_analytics.indicators.skm import SkmIndex
from ektp_analytics.measures.mean_index import grade_of
from ektp_analytics.standards.survey_scheme import NINE_ELEMENTS, survey_scheme


@dataclass(frozen=True, slots=True)
class IndexTrend:
    """Indices of several periods, graded alike.

    Parameters
    ----------
    rows
        One row per period, in the order given: ``period``, ``n`` (Int64), ``index``,
        ``low``, ``high`` (Float64), ``grade``, ``label`` (by `scheme`), ``own_grade``,
        ``own_scheme`` (as first reported), ``elements`` (Int64, elements asked).
    scheme
        Name of the scheme of all letters.
    regulation
        Where it is written.
    notes
        That letters were given anew, and that the questionnaires differ.
    """

    rows: pd.DataFrame
    scheme: str
    regulation: str
    notes: tuple[Reason, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per period."""
        return self.rows


def index_trend(
    periods: Mapping[str, SkmIndex], scheme: str = NINE_ELEMENTS, lang: Language = "id"
) -> IndexTrend:
    """Grade the indices of several periods by the bands of one scheme.

    Letters of different schemes must never stand in one trend: 82 was A by the bands of
    KepmenPAN 25/2004 and is B by those of PermenPAN-RB 14/2017. Only the letters are made
    equal; an index over fourteen elements remains another questionnaire than one over
    nine, which a note says.

    Parameters
    ----------
    periods
        Index by period.
    scheme
        Whose bands all letters follow.
    lang
        Language of the labels.

    Raises
    ------
    Refused
        If there is no such scheme.
    """
    known = survey_scheme(scheme)
    bands = known.edges(lang)
    rows = []
    for period, found in periods.items():
        summary = found.summary
        band = None if summary.index is None else grade_of(summary.index, bands)
        low, high = summary.interval or (None, None)
        rows.append(
            {
                "period": period,
                "n": summary.n,
                "index": summary.index,
                "low": low,
                "high": high,
                "grade": band.letter if band else None,
                "label": band.label if band else None,
                "own_grade": summary.grade,
                "own_scheme": found.scheme,
                "elements": summary.elements_asked,
            }
        )
    numbers = dict.fromkeys(("index", "low", "high"), "Float64")
    texts = dict.fromkeys(("period", "grade", "label", "own_grade", "own_scheme"), "str")
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    frame = frame.astype({**numbers, **texts, "n": "Int64", "elements": "Int64"})
    return IndexTrend(frame, known.key, known.regulation, _notes(frame, known.regulation))


_COLUMNS = (
    "period", "n", "index", "low", "high", "grade", "label", "own_grade", "own_scheme", "elements",
)  # fmt: skip


def _notes(rows: pd.DataFrame, regulation: str) -> tuple[Reason, ...]:
    given = rows["index"].notna()
    anew = rows.loc[given & rows["grade"].ne(rows["own_grade"]), "period"]
    notes = []
    if len(anew):
        notes.append(because("regraded", periods=", ".join(anew), scheme=regulation))
    if len(set(rows.loc[given, "own_scheme"])) > 1:
        notes.append(because("questionnaires_differ"))
    return tuple(notes)
