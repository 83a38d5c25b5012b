"""The survey as an XLSForm for KoboToolbox or ODK, whose export is read with no mapping."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ektp_analytics.sources.templates.words import words
from ektp_analytics.standards.skm import Element, elements
from ektp_analytics.workspace import Office

_SURVEY_HEADS = ("type", "name", "label", "hint", "required", "constraint", "constraint_message")
_CHOICE_HEADS = ("list_name", "name", "label")
_SETTING_HEADS = ("form_title", "form_id", "version", "default_language")
# Changes when the form's questions change, so that old and new answers can be told apart.
FORM_VERSION = "1"
_CREATED = datetime(2025, 1, 1)
_AGES = ". >= 5 and . <= 120"
_AGE_MESSAGE = "Isi usia dalam tahun, antara 5 dan 120."

Row = Mapping[str, str]


def survey_form(office: Office) -> bytes:
    """Return the survey form of an office as the bytes of an XLSForm workbook.

    Parameters
    ----------
    office
        Its services and kecamatan become choices; ``survey.questions`` and
        ``survey.replaced_questions`` of its profile give other wordings by element.

    Returns
    -------
    bytes
        Sheets ``survey``, ``choices`` and ``settings``. Questions are named by the keys
        of the columns, answers by 1 to 4, so that an export of values needs no mapping.
    """
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": _title(office), "created": _CREATED})
    _write(book, "survey", _SURVEY_HEADS, _questions(office))
    _write(book, "choices", _CHOICE_HEADS, _choices(office))
    _write(book, "settings", _SETTING_HEADS, [_settings(office)])
    book.close()
    return memory.getvalue()


def wording(office: Office, key: str) -> str:
    """Return the question an office asks for an element: replaced, its own, or ours."""
    for part in ("replaced_questions", "questions"):
        own = (office.survey.get(part) or {}).get(key)
        if own:
            return str(own)
    ours: str = words()["questions"][key]
    return ours


def _title(office: Office) -> str:
    title: str = words()["form_title"].format(office=office.short_name)
    return title


def _questions(office: Office) -> list[Row]:
    labels = words()["form_labels"]
    service = "select_one service" if office.ektp_services else "text"
    kecamatan = (
        {"type": "select_one kecamatan", "name": "kecamatan_code"}
        if office.kecamatan
        else {"type": "text", "name": "kecamatan"}
    )
    about = [
        {"type": service, "name": "service", "required": "yes"},
        {"type": "select_one channel", "name": "channel"},
        kecamatan,
        {"type": "select_one sex", "name": "sex"},
        {
            "type": "integer",
            "name": "age",
            "constraint": _AGES,
            "constraint_message": _AGE_MESSAGE,
        },
        {"type": "select_one education", "name": "education"},
        {"type": "select_one occupation", "name": "occupation"},
    ]
    return [
        {"type": "note", "name": "pengantar", "label": words()["form_intro"].strip()},
        *({**row, "label": labels[row["name"]]} for row in about),
        *(_question(office, element) for element in elements()),
        {"type": "text", "name": "comment", "label": labels["comment"]},
    ]


def _question(office: Office, element: Element) -> Row:
    return {
        "type": f"select_one jawaban_{element.key}",
        "name": element.key,
        "label": wording(office, element.key),
    }


def _choices(office: Office) -> list[Row]:
    rows = [_choice("service", _name(name), name) for name in office.ektp_services]
    rows += [_choice("kecamatan", k.code, k.name) for k in office.kecamatan]
    for list_name, choices in words()["form_choices"].items():
        rows += [_choice(list_name, name, label) for name, label in choices.items()]
    for element in elements():
        answers = enumerate(element.answers["id"], start=1)
        rows += [_choice(f"jawaban_{element.key}", str(n), text) for n, text in answers]
    return rows


def _choice(list_name: str, name: str, label: str) -> Row:
    return {"list_name": list_name, "name": name, "label": label}


def _name(text: str) -> str:
    """Return a text as a name the form may use for a choice."""
    return re.sub(r"\W+", "_", text.casefold()).strip("_")


def _settings(office: Office) -> Row:
    return {
        "form_title": _title(office),
        "form_id": f"skm_{office.id.replace('-', '_')}",
        "version": FORM_VERSION,
        "default_language": "Indonesia (id)",
    }


def _write(book: Any, name: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, heads, bold)
    for number, row in enumerate(rows, start=1):
        for position, head in enumerate(heads):
            if text := row.get(head, ""):
                sheet.write_string(number, position, text)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 28)
