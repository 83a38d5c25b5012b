"""The survey form: valid for pyxform, and its exports are read with no mapping."""

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pyxform.xls2xform import convert

from ektp_analytics.sources.survey import read_survey
from ektp_analytics.sources.templates import survey_form
from ektp_analytics.sources.templates.survey_form import wording
from ektp_analytics.standards.skm import elements
from ektp_analytics.workspace import Office

KEYS = [element.key for element in elements()]


def _office(**profile: object) -> Office:
    return Office(
        id="satu-dua",
        name="Disdukcapil Satu",
        short_name="Disdukcapil Satu",
        region="Kabupaten Satu",
        code="16.07",
        profile=profile,
    )


FULL = _office(
    kecamatan=[{"code": "16.07.01", "name": "Betung"}, {"code": "16.07.02", "name": "Sembawa"}],
    services={"ektp": ["Rekam KTP-el baru", "Ganti KTP-el"]},
)


def _sheet(office: Office, name: str) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(survey_form(office)))
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("office", [_office(), FULL], ids=["bare", "full"])
def test_the_form_is_valid(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(survey_form(office))
    made = convert(path, validate=False)
    assert made.warnings == []
    for key in KEYS:
        assert f"<{key}/>" in made.xform
    assert json.loads(json.dumps(made._pyxform))["id_string"] == "skm_satu_dua"


def test_nine_questions_with_four_answers_each_worst_first() -> None:
    """PermenPAN-RB 14/2017, annex: nine elements, answers worth 1 to 4."""
    questions = [row["name"] for row in _sheet(FULL, "survey")]
    assert [name for name in questions if name in KEYS] == KEYS
    for element in elements():
        found = [
            (row["name"], row["label"])
            for row in _sheet(FULL, "choices")
            if row["list_name"] == f"jawaban_{element.key}"
        ]
        assert found == [(str(n), text) for n, text in enumerate(element.answers["id"], start=1)]


def test_the_form_asks_for_nothing_that_names_a_person() -> None:
    from ektp_analytics.privacy import is_personal_header

    for row in _sheet(FULL, "survey"):
        assert not is_personal_header(str(row["name"]))
        if row["type"] != "note":
            assert not is_personal_header(str(row["label"]))


def test_own_and_replaced_questions() -> None:
    office = _office(
        survey={
            "questions": {"waktu": "Lekaskah KTP-el Saudara selesai?"},
            "replaced_questions": {"biaya": "Jelaskah tempat bertanya bila ada pungutan?"},
        }
    )
    labels = {row["name"]: row["label"] for row in _sheet(office, "survey")}
    assert labels["waktu"] == "Lekaskah KTP-el Saudara selesai?"
    assert labels["biaya"] == "Jelaskah tempat bertanya bila ada pungutan?"
    assert labels["sarana"] == wording(_office(), "sarana")


def _export(office: Office, *, labels: bool) -> pd.DataFrame:
    """Build the table a KoboToolbox export of the form has, as values or as labels."""
    choices = _sheet(office, "choices")
    columns: dict[str, list[str]] = {}
    for row in _sheet(office, "survey"):
        kind, _, list_name = str(row["type"]).partition(" ")
        if kind == "note":
            continue
        offered = [c for c in choices if c["list_name"] == list_name]
        name = str(row["label"] if labels else row["name"])
        if kind == "select_one":
            picked = [offered[0], offered[-1], offered[-1]]
            columns[name] = [str(c["label"] if labels else c["name"]) for c in picked]
        else:
            columns[name] = ["34", "41", "27"] if kind == "integer" else ["a", "b", "c"]
    columns |= {
        "_id": ["101", "102", "103"],
        "_uuid": ["u-1", "u-2", "u-3"],
        "_submission_time": ["2025-01-06T02:10:00", "2025-01-06T03:10:00", "2025-01-07T02:10:00"],
        "_validation_status": ["", "", ""],
        "__version__": ["1", "1", "1"],
        "_index": ["1", "2", "3"],
    }
    return pd.DataFrame(columns)


@pytest.mark.parametrize("office", [_office(), FULL], ids=["bare", "full"])
@pytest.mark.parametrize("labels", [False, True], ids=["values", "labels"])
def test_an_export_is_read_with_no_mapping(office: Office, labels: bool, tmp_path: Path) -> None:
    path = tmp_path / "ekspor.csv"
    _export(office, labels=labels).to_csv(path, sep=";", index=False)
    result = read_survey(path)
    assert [f.rule for f in result.findings if f.severity != "note"] == []
    assert (result.read, result.kept) == (3, 3)
    for key in KEYS:
        assert result.table[key].tolist() == [1, 4, 4], key
    assert result.table["sex"].tolist() == ["L", "P", "P"]
    assert result.table["channel"].tolist()[0] == "online"
    assert result.table["age"].tolist() == [34, 41, 27]
    assert result.table["submitted_at"].notna().all()


def test_services_of_an_export_are_those_of_the_profile(tmp_path: Path) -> None:
    from ektp_analytics.sources.headers import normalise

    for labels in (False, True):
        path = tmp_path / f"ekspor-{labels}.csv"
        _export(FULL, labels=labels).to_csv(path, index=False)
        found = {normalise(name) for name in read_survey(path).table["service"]}
        assert found == {normalise(name) for name in FULL.ektp_services}


def test_the_same_form_is_the_same_bytes() -> None:
    assert survey_form(FULL) == survey_form(FULL)
