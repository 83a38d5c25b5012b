"""The processing sheet of the satisfaction survey: respondents by elements, foot rows below.

PermenPAN-RB 14/2017, annex: below the answers stand the sum of each element, its mean
(NRR), its weighted mean (NRR tertimbang) and the index (IKM).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ektp_analytics.sources.printed_roles import ColumnRole

FOOT_KINDS = ("weighted", "grade", "index", "respondents", "mean", "sum")
"""What a foot row holds, in the order its label is tried."""

_LABELS = {
    "weighted": r"tertimb|tertbg|\bbobot\b|weighted",
    "grade": r"\bmutu\b|\bkinerja\b|\bgrade\b",
    "index": r"\bi\.?k\.?m\b|\bskm\b|indeks|\bindex\b",
    "respondents": r"(?:jumlah|jml|total|banyaknya)\s+(?:responden|kuesioner|kuisioner)",
    "mean": r"\bnrr\b|rata\s*-?\s*rata|rerata|\bmean\b|average",
    "sum": r"[Σ∑]|\bjumlah\b|\bjml\b|\btotal\b|\bsum\b|nilai\s*(?:/|per)?\s*unsur",
}
_FIGURE = re.compile(r"[*)(\s]*[+-]?\d[\d.,]*\s*%?\s*[*)]*")
_MARKS = re.compile(r"^[*)\s]+(?=[+-]?\d)|(?<=\d)[*)\s]+$")
_TAIL = re.compile(r"^(?P<label>.*[^\W\d_].*?)\s*[:=]\s*(?P<value>[^:=]+)$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2}|[Σ∑]")


@dataclass(frozen=True, slots=True)
class AnnexSheet:
    """Answers and foot figures as printed.

    Parameters
    ----------
    answers
        Texts, one row per respondent (index = row as shown), one column per element.
    feet
        One row per printed foot figure: ``row, kind, column, text``, where kind is one of
        `FOOT_KINDS` and column the header it stands under.
    """

    answers: pd.DataFrame
    feet: pd.DataFrame


def annex_sheet(frame: pd.DataFrame, roles: Mapping[str, ColumnRole]) -> AnnexSheet | None:
    """Cut a table into answers and foot figures; None where it is no processing sheet.

    Parameters
    ----------
    frame
        Texts below the header, all columns, index = row as shown.
    roles
        Roles by header. A table with a column of indices or means is no such sheet.
    """
    elements = [h for h in frame.columns if h in roles and roles[h].role == "element"]
    others = {role.role for role in roles.values()} & {"index", "mean", "n"}
    if len(elements) < 2 or others or not _mostly_whole(frame[elements]):  # noqa: PLR2004
        return None
    kinds = {row: _kind(cells) for row, cells in _rows(frame)}
    first = next((row for row, kind in kinds.items() if kind), None)
    if first is None:
        return AnnexSheet(frame[elements], _feet([]))
    feet = [
        figure
        for row, cells in _rows(frame.loc[first:])
        if (kind := kinds[row])
        for figure in _figures(row, kind, cells)
    ]
    return AnnexSheet(frame.loc[: first - 1, elements], _feet(feet))


def _rows(frame: pd.DataFrame) -> list[tuple[int, dict[str, str]]]:
    return [
        (int(str(row)), dict(zip(frame.columns, cells, strict=True)))
        for row, cells in zip(frame.index, frame.to_numpy(), strict=True)
    ]


def _mostly_whole(answers: pd.DataFrame) -> bool:
    """Tell whether the cells are answers, not means."""
    filled = [text for row in answers.to_numpy() for text in row if text]
    return 2 * sum(bool(re.fullmatch(r"\d", text)) for text in filled) > len(filled)


def _kind(cells: Mapping[str, str]) -> str | None:
    """Return what a row sums up, by the words beside its figures."""
    words = " ".join(t for t in cells.values() if _WORD.search(t) and not _FIGURE.fullmatch(t))
    label = words.casefold()
    return next((k for k in FOOT_KINDS if label and re.search(_LABELS[k], label)), None)


def _figures(row: int, kind: str, cells: Mapping[str, str]) -> list[tuple[int, str, str, str]]:
    """Return the figures of a foot row; a letter for a grade; "IKM : 82,45" is taken apart."""
    found = []
    for header, text in cells.items():
        tail = _TAIL.match(text)
        value = tail["value"].strip() if tail else text
        if kind == "grade":
            if tail or (text and not re.search(_LABELS["grade"], text.casefold())):
                found.append((row, kind, header, value))
        elif _FIGURE.fullmatch(value) and (tail or not _WORD.search(text)):
            found.append((row, kind, header, _MARKS.sub("", value).strip()))
    return found


def _feet(figures: Sequence[tuple[int, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(list(figures), columns=["row", "kind", "column", "text"])
