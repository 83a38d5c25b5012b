"""The survey's processing sheet in the regulation's order, and its keys.

PermenPAN-RB 14/2017, annex: one row per questionnaire, one column per element U1–U9,
below them Σ, NRR, weighted NRR and the index of the unit.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers, wording
from ektp_analytics.report.blocks import Note
from ektp_analytics.report.charts.frame import decimals_of, records
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.grid import Align, Cell, Column, Row, Table
from ektp_analytics.report.wording import say

# Order of PermenPAN-RB 14/2017; many forms ask the last two the other way round.
LEGAL_ORDER = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "pengaduan",
    "sarana",
)
NAME_WIDTH, ELEMENT_WIDTH = 120, 58
ROW_HEIGHT = 17.6


def processing_sheet(
    answers: pd.DataFrame,
    elements: pd.DataFrame,
    edition: Edition,
    *,
    index: float | None,
    mean: float | None,
    grade: str = "",
    label: str = "",
    most_rows: int | None = None,
    caption: str = "",
    source: str = "",
    key: str = "processing_sheet",
) -> Table:
    """Print answers and foot rows of the processing sheet.

    Parameters
    ----------
    answers
        One row per questionnaire counted, rows already shuffled and without attributes:
        a column per element asked (``persyaratan`` …), 1–4 or absent.
    elements
        One row per element: ``key``, ``total`` (Σ), ``n``, ``nrr``, ``weighted`` (NRR ×
        1/x), ``index`` (NRR × 25), ``grade``; absent where nobody answered.
    edition
        Language, cut-off date and numbering.
    index, mean, grade, label
        Index of the unit (25–100), Σ of the weighted NRR (1–4), letter and its name.
    most_rows
        Rows printed before the sheet points to the workbook; None prints all.
    caption, source, key
        What the table shows; line under it; key of its number.

    Returns
    -------
    Table
        A blank answer is ``–``; an element that was not asked has an empty column.
    """
    lang = edition.lang
    by_key = {row["key"]: row for row in records(elements, ("key",), _FOOT)}
    shown = answers if most_rows is None else answers.head(most_rows)
    rows = [_answer_row(number, row, lang) for number, row in enumerate(_answers(shown), 1)]
    hidden = len(answers) - len(shown)
    if hidden:
        rows.append(_hidden_row(len(shown), hidden, lang))
    rows += _foot_rows(by_key, lang)
    rows.append(_result_row(index, mean, grade, label, lang))
    default = say("table.processing", lang, n=numbers.number(len(answers), 0, lang))
    return Table(
        _columns(lang),
        rows,
        edition.table_label(key),
        caption or default,
        source or say("table.processing_source", lang),
        row_height=ROW_HEIGHT,
        size=11.4,
    )


def grade_key(bands: pd.DataFrame, edition: Edition, *, width: float = 310) -> Table:
    """Print what the letters mean.

    Parameters
    ----------
    bands
        ``letter, lower, upper, label`` on the 25–100 scale; optional ``ni_lower``,
        ``ni_upper`` (means 1–4, printed with four decimals where they have them).
    edition
        Language and numbering (the key itself has no number).
    width
        Width in px.

    Returns
    -------
    Table
        Best grade first.
    """
    lang = edition.lang
    rows = records(bands, ("letter", "lower", "upper", "label"), ("ni_lower", "ni_upper"))
    rows.sort(key=lambda row: -row["lower"])
    columns = [
        Column("letter", say("head.grade", lang), 42, "center"),
        Column("label", say("head.performance", lang), 84),
        Column("ni", say("head.ni", lang), 86, "right"),
        Column("nik", say("head.nik", lang), 98, "right"),
    ]
    body = [Row(_band_cells(row, lang)) for row in rows]
    return Table(columns, body, caption=say("table.grades", lang), width=width, row_height=20)


def weights_table(
    variants: pd.DataFrame, edition: Edition, *, width: float = 310, key: str = "weights"
) -> Table:
    """Print the index by the weights in circulation, for reconciliation only.

    Parameters
    ----------
    variants
        One row per weight, the one in use first: ``weight`` (``1/9``, ``0,111``),
        ``index``.
    edition, width, key
        Language and numbering; width in px; key of the table's number.

    Returns
    -------
    Table
    """
    lang = edition.lang
    rows = records(variants, ("weight", "index"))
    used = rows[0]["index"] if rows else None
    columns = [
        Column("weight", say("head.weight_used", lang), 160),
        Column("index", say("head.ikm", lang), 75, "right"),
        Column("difference", say("head.difference", lang), 75, "right"),
    ]
    body = [Row(_weight_cells(row, place, used, lang)) for place, row in enumerate(rows)]
    caption = say("table.weights", lang)
    return Table(columns, body, edition.table_label(key), caption, width=width)


def order_note(edition: Edition) -> Note:
    """Return the remark on the order of the eighth and ninth element."""
    lang = edition.lang
    return Note(say("table.order_title", lang), say("table.order_note", lang))


_FOOT = ("total", "n", "nrr", "weighted", "index", "grade")


def _columns(lang: Language) -> list[Column]:
    first = Column("name", say("table.respondent_head", lang), NAME_WIDTH)
    align: Align = "right"
    return [
        first,
        *(
            Column(
                key,
                f"U{place}\n{_two_lines(key, lang)}",
                ELEMENT_WIDTH,
                align,
            )
            for place, key in enumerate(LEGAL_ORDER, 1)
        ),
    ]


def _two_lines(key: str, lang: Language) -> str:
    """Return an element's short name on two lines, so that the numbers over it align."""
    name = wording.name_of("element_short", key, lang)
    return name if "\n" in name else f"\n{name}"


def _answers(answers: pd.DataFrame) -> list[dict[str, Any]]:
    asked = [key for key in LEGAL_ORDER if key in answers.columns]
    return records(answers, asked)


def _answer_row(number: int, row: dict[str, Any], lang: Language) -> Row:
    cells: dict[str, Cell | str] = {"name": numbers.number(number, 0, lang)}
    cells |= {key: numbers.number(value, 0, lang) for key, value in row.items()}
    return Row(cells)


def _hidden_row(shown: int, hidden: int, lang: Language) -> Row:
    first = numbers.number(shown + 1, 0, lang)
    span = f"{first}{numbers.DASH}{numbers.number(shown + hidden, 0, lang)}"
    words = say("table.rows_in_workbook", lang, count=numbers.number(hidden, 0, lang))
    return Row({"name": span, LEGAL_ORDER[0]: Cell(words, span=len(LEGAL_ORDER))}, "muted")


def _foot_rows(by_key: dict[str, dict[str, Any]], lang: Language) -> list[Row]:
    share = numbers.number(len([k for k in LEGAL_ORDER if k in by_key]), 0, lang)
    lines: list[tuple[str, str, int | None]] = [
        (say("table.sum", lang), "total", 0),
        (say("table.valid", lang), "n", 0),
        (say("table.nrr", lang), "nrr", 4),
        (say("table.weighted", lang, count=share), "weighted", 4),
        (say("table.element_index", lang), "index", 2),
        (say("head.grade", lang), "grade", None),
    ]
    rows = []
    for place, (name, field, decimals) in enumerate(lines):
        cells: dict[str, Cell | str] = {"name": name}
        for key, row in by_key.items():
            value = row[field]
            text = value or numbers.ABSENT
            printed = text if decimals is None else numbers.number(value, decimals, lang)
            cells[key] = Cell(printed, strong=field in ("index", "grade"))
        rows.append(Row(cells, "opening" if place == 0 else "row"))
    return rows


def _result_row(
    index: float | None, mean: float | None, grade: str, label: str, lang: Language
) -> Row:
    words = say("table.unit_index_absent", lang)
    if index is not None:
        words = say(
            "table.unit_index",
            lang,
            mean=numbers.number(mean, 4, lang),
            index=numbers.number(index, 2, lang),
            grade=grade or numbers.ABSENT,
            label=label,
        )
    cells: dict[str, Cell | str] = {"name": Cell(say("table.unit", lang), span=3)}
    cells[LEGAL_ORDER[2]] = Cell(words, span=len(LEGAL_ORDER) - 2)
    return Row(cells, "result")


def _band_cells(row: dict[str, Any], lang: Language) -> dict[str, Cell | str]:
    means = None if row["ni_lower"] is None else (row["ni_lower"], row["ni_upper"])
    return {
        "letter": Cell(row["letter"], strong=True),
        "label": row["label"],
        "ni": _means(means, lang),
        "nik": numbers.interval((row["lower"], row["upper"]), 2, lang),
    }


def _means(ends: tuple[float, float] | None, lang: Language) -> str:
    """Print means as the regulation does: two decimals, more only where it has them."""
    if ends is None:
        return numbers.ABSENT
    printed = (numbers.number(v, max(2, decimals_of([v], 4)), lang) for v in ends)
    return numbers.DASH.join(printed)


def _weight_cells(
    row: dict[str, Any], place: int, used: float | None, lang: Language
) -> dict[str, Cell | str]:
    first = place == 0
    compared = not first and used is not None and row["index"] is not None
    difference = numbers.difference(row["index"], used) if compared and used is not None else None
    name = say("table.weight_in_use", lang, weight=row["weight"]) if first else str(row["weight"])
    return {
        "weight": Cell(name, strong=first),
        "index": Cell(numbers.number(row["index"], 2, lang), strong=first),
        "difference": numbers.signed(difference, 2, lang),
    }
