"""The templates an office fills in: every column is read back as what it is."""

import io
from pathlib import Path

import openpyxl
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.categories import parse_categories
from ektp_analytics.sources.data_rows import EXAMPLE_MARK
from ektp_analytics.sources.dispatch import detect_source, read_source
from ektp_analytics.sources.headers import match_headers
from ektp_analytics.sources.schema import schema, schemas
from ektp_analytics.sources.templates import template_workbook
from ektp_analytics.sources.templates.words import help_text, options, template_columns, words
from ektp_analytics.workspace import Office

SOURCES = sorted(schemas())
EXCEL_TITLE, EXCEL_HINT, EXCEL_LIST = 32, 255, 255
OFFICE = Office(
    id="satu",
    name="Disdukcapil Satu",
    short_name="Disdukcapil Satu",
    region="Kabupaten Satu",
    code="16.07",
    profile={
        "kecamatan": [
            {"code": f"16.07.{n:02d}", "name": f"Kecamatan dengan nama panjang {n}"}
            for n in range(1, 22)
        ],
        "services": {"ektp": ["Rekam KTP-el baru", "Ganti KTP-el"]},
    },
)


def _book(source: str, office: Office | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_workbook(source, office)))


def _saved(tmp_path: Path, source: str, office: Office | None = None) -> Path:
    path = tmp_path / f"{source}.xlsx"
    path.write_bytes(template_workbook(source, office))
    return path


@pytest.mark.parametrize("source", SOURCES)
def test_every_header_is_recognised_as_its_column(source: str) -> None:
    headers = [str(cell.value) for cell in _book(source)["Data"][1]]
    found = match_headers(headers, schema(source))
    expected = [column.key for column in template_columns(schema(source))]
    assert {key: found.positions[key] for key in expected} == {
        key: place for place, key in enumerate(expected)
    }
    assert not found.ambiguous


@pytest.mark.parametrize("source", SOURCES)
def test_an_unfilled_template_holds_no_data(tmp_path: Path, source: str) -> None:
    path = _saved(tmp_path, source)
    assert detect_source(path) == source
    with pytest.raises(Refused) as refused:
        read_source(source, path)
    rules = {f.rule for f in refused.value.findings}
    # What must be published is named there already; whether it is, is still blank.
    assert ("every_row_rejected" if source == "publications" else "file_has_only_header") in rules


@pytest.mark.parametrize("source", SOURCES)
def test_the_example_row_is_marked(source: str) -> None:
    sheet = _book(source)["Data"]
    assert sheet.cell(2, 1).value == EXAMPLE_MARK
    assert sheet.cell(2, 2).value is not None or source == "publications"


@pytest.mark.parametrize("source", SOURCES)
def test_the_example_row_is_itself_a_right_row(tmp_path: Path, source: str) -> None:
    """Without its mark the example would be read without an error."""
    book = _book(source)
    sheet = book["Data"]
    first = template_columns(schema(source))[0]
    own = {"text": "1", "key": "A-1", "region_code": "99.01.01", "date": "06/01/2025"}
    sheet.cell(2, 1).value = own.get(first.kind) or options(first)[0]
    path = tmp_path / f"{source}.xlsx"
    book.save(path)
    found = read_source(source, path).findings
    assert [f for f in found if f.severity == "error" and f.row == 2] == []


@pytest.mark.parametrize("source", SOURCES)
def test_every_choice_is_read_back_as_its_category(source: str) -> None:
    import pandas as pd

    for column in schema(source).columns.values():
        if column.kind != "category":
            continue
        parsed = parse_categories(pd.Series(options(column)), column.values)
        assert parsed.values.tolist() == list(column.values)
        assert not any(mask.any() for mask in parsed.problems.values())


@pytest.mark.parametrize("source", SOURCES)
def test_every_column_has_a_hint_that_excel_takes(source: str) -> None:
    sheet = _book(source, OFFICE)["Data"]
    rules = sheet.data_validations.dataValidation
    assert len(rules) == len(template_columns(schema(source)))
    for rule in rules:
        assert rule.promptTitle and len(rule.promptTitle) <= EXCEL_TITLE
        assert rule.prompt and len(rule.prompt) <= EXCEL_HINT
        if rule.type == "list" and rule.formula1.startswith('"'):
            assert len(rule.formula1.strip('"')) <= EXCEL_LIST


@pytest.mark.parametrize("source", SOURCES)
def test_the_header_is_frozen_and_the_lists_are_hidden(source: str) -> None:
    book = _book(source, OFFICE)
    assert book["Data"].freeze_panes == "B2"
    assert book["Pilihan"].sheet_state == "hidden"
    assert book.sheetnames == ["Data", "Petunjuk", "Pilihan"]
    labels = [column.label for column in template_columns(schema(source))]
    told = [row[0].value for row in book["Petunjuk"].iter_rows()]
    assert told[-len(labels) :] == labels


def test_codes_and_numbers_of_cases_are_text() -> None:
    """Excel keeps fifteen digits and drops a leading zero of whatever it takes for a number."""
    for source in SOURCES:
        sheet = _book(source)["Data"]
        for place, column in enumerate(template_columns(schema(source)), start=1):
            letter = openpyxl.utils.get_column_letter(place)
            if column.kind in ("key", "region_code", "text"):
                assert sheet.column_dimensions[letter].number_format == "@", column.key


def test_the_office_gives_drop_downs_of_its_own() -> None:
    book = _book("survey", OFFICE)
    rules = {rule.promptTitle: rule for rule in book["Data"].data_validations.dataValidation}
    assert rules["Jenis layanan"].formula1 == '"Rekam KTP-el baru,Ganti KTP-el"'
    assert "Pilihan!" in rules["Kecamatan"].formula1
    names = [cell.value for cell in book["Pilihan"]["A"]]
    assert names == [k.name for k in OFFICE.kecamatan]


def test_an_answer_is_told_in_words() -> None:
    """PermenPAN-RB 14/2017, annex: 1 is the worst, 4 the best answer."""
    hint = help_text("survey", schema("survey").columns["persyaratan"])
    assert "1 tidak sesuai" in hint and "4 sangat sesuai" in hint


def test_an_office_may_keep_its_own_headers() -> None:
    content = template_workbook("survey", OFFICE, {"waktu": "Lekas?", "biaya": "Ongkos?"})
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Data"]
    assert [cell.value for cell in sheet[1]] == ["Lekas?", "Ongkos?"]


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_template_is_the_same_bytes(source: str) -> None:
    assert template_workbook(source, OFFICE) == template_workbook(source, OFFICE)


def test_the_words_name_columns_there_are() -> None:
    for part in ("left_out", "notes", "examples"):
        for source, columns in words()[part].items():
            assert set(columns) <= set(schema(source).columns), (part, source)
    kinds = {c.kind for source in SOURCES for c in schema(source).columns.values()}
    assert kinds <= set(words()["kinds"])
