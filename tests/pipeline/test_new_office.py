"""``init``: a new office whose filled templates are checked and run without a finding."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.data_files import check_path
from ektp_analytics.pipeline.new_office import id_from, make_office, write_templates
from ektp_analytics.pipeline.report import build_report
from ektp_analytics.sources.schema import schema, schemas
from ektp_analytics.standards.skm import elements
from ektp_analytics.workspace import Workspace

NAME = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Ogan Ilir"
SURVEY = (
    "Timestamp,Apakah persyaratan sesuai?,Mudahkah prosedur?,Kecepatan waktu?,Biaya wajar?,"
    "Hasil pelayanan sesuai?,Kemampuan petugas?,Kesopanan petugas?,Lekas ditanggapi?,Fasilitas?\n"
    + "06/01/2025 09:15,3,3,2,4,3,3,3,3,3\n"
    * 2
)


def _fill(template: Path, target: Path, source: str, rows: list[dict[str, Any]]) -> None:
    """Fill a template as an officer would: values below the headers, by their names."""
    book = openpyxl.load_workbook(template)
    sheet = book["Data"]
    keys = {column.label: key for key, column in schema(source).columns.items()}
    places = {keys[str(cell.value)]: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=3):
        for key, value in row.items():
            sheet.cell(number, places[key]).value = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def _request(number: int, registered: datetime) -> dict[str, Any]:
    """Give one request that was ready the next day, four hours after its requirements."""
    ready = registered + timedelta(days=1)
    return {
        "application_id": f"A-{number:04d}",
        "service": "Rekam KTP-el baru",
        "kind": "rekam baru",
        "channel": "online",
        "registered_at": registered,
        "scheduled_for": ready,
        "complete_at": ready,
        "recorded_at": ready + timedelta(hours=1),
        "printed_at": ready + timedelta(hours=4),
        "handed_over_at": ready + timedelta(hours=5),
        "status": "selesai",
        "fee_charged": 0,
        "corrections": 0,
    }


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Give every source a few right rows of one quarter."""
    start = datetime(2025, 1, 6, 9)
    answers = {element.key: 3 for element in elements()}
    survey = [
        {"respondent_no": str(n), "submitted_at": start + timedelta(days=n), "sex": "L" if n % 2
         else "P", "service": "Rekam KTP-el baru", **answers, "waktu": 2 + n % 3}
        for n in range(20)
    ]  # fmt: skip
    log = [_request(n, start + timedelta(days=n)) for n in range(30)]
    counts = [
        {"code": f"16.10.{n:02d}", "kecamatan": f"Kecamatan {n}", "as_of": date(2025, 3, 31),
         "obligated": 1000 * n, "recorded": 970 * n, "holders": 950 * n, "not_recorded": 30 * n}
        for n in (1, 2, 3)
    ]  # fmt: skip
    return {
        "survey": survey,
        "service_log": log,
        "registrations": counts,
        "complaints": [
            {"complaint_id": "P-1", "received_at": start, "channel": "kotak saran", "category":
             "informasi", "resolved_at": start + timedelta(days=2)}
        ],
        "opening": [
            {"day": date(2025, 1, 6), "place": "Kantor", "due_open": "08:00", "opened_at": "08:00",
             "closed_at": "15:00", "counters_due": 4, "counters_open": 4, "head_present": "ya"}
        ],
        "discipline": [{"recorded_on": date(2025, 2, 3), "level": "ringan", "sanction": "teguran",
                        "sanctioned_on": date(2025, 2, 10)}],
        "outreach": [
            {"kind": "jemput bola", "kecamatan_code": "16.10.01", "audience": "warga", "planned_on":
             date(2025, 2, 1), "held_on": date(2025, 2, 1), "participants": 40, "recordings": 30}
        ],
        "follow_up": [{"subject": "waktu", "action": "Menambah loket", "due": date(2025, 3, 1),
                       "done_on": date(2025, 2, 20)}],
        "evidence": [{"document": "Laporan 2024", "principle": "akuntabilitas", "valence":
                      "menghambat", "paraphrase": "Warga menunggu lama"}],
        "published_figures": [{"number": "1", "role": "total", "printed": "6.000"}],
    }  # fmt: skip


def test_filled_templates_check_clean_and_run(tmp_path: Path) -> None:
    made = make_office(tmp_path / "kerja", NAME, "16.10")
    templates = made.folder / "templat"
    period = made.folder / "2025-Q1"
    for source, rows in _rows().items():
        _fill(templates / f"{source}.xlsx", period / f"{source}.xlsx", source, rows)
    _publish_everything(templates / "publications.xlsx", period / "publications.xlsx")
    checked = check_path(period)
    assert [f for f in checked.findings if f.severity != "note"] == []
    assert {a.source: a.kept for a in checked.accounts if a.source != "publications"} == {
        source: len(rows) for source, rows in _rows().items()
    }
    run = run_period(tmp_path / "kerja", "ogan-ilir", "2025-Q1")
    values = {v.code: v for v in run.values}
    assert values["recording_coverage"].value == pytest.approx(97)
    assert values["legal_time_limit"].value == pytest.approx(100)
    assert values["skm_persyaratan"].value == pytest.approx(75)
    assert values["outreach_delivered"].value == pytest.approx(100)
    assert values["free_of_charge"].value == pytest.approx(100)
    built = build_report(tmp_path / "kerja", "ogan-ilir", "2025-Q1", formats=("html",))
    page = built.files[0].read_text(encoding="utf-8")
    assert built.files[0].name == "laporan.html"
    assert "Kabupaten Ogan Ilir" in page and "75,00" in page


def _publish_everything(template: Path, target: Path) -> None:
    book = openpyxl.load_workbook(template)
    sheet = book["Data"]
    place = next(cell.column for cell in sheet[1] if cell.value == "Dipublikasikan")
    for number in range(3, sheet.max_row + 1):
        if sheet.cell(number, 1).value:
            sheet.cell(number, place).value = "ya"
    book.save(target)


def test_the_profile_reads_back(tmp_path: Path) -> None:
    made = make_office(tmp_path / "kerja", NAME, "16.10")
    office = Workspace.find(tmp_path / "kerja").office("ogan-ilir")
    assert office == made.office
    assert (office.name, office.code, office.region) == (NAME, "16.10", "Kabupaten Ogan Ilir")
    assert office.short_name == "Disdukcapil Kabupaten Ogan Ilir"
    assert office.zone == "WIB" and office.kecamatan == () and office.promises == ()


@pytest.mark.parametrize("name", ['Disdukcapil "Kota" \\ Ujung: # 1', "  Dukcapil   Kota Lama  "])
def test_any_name_survives_the_profile(tmp_path: Path, name: str) -> None:
    office = make_office(tmp_path, name, "16.10", office_id="satu").office
    assert office.name == " ".join(name.split())


@pytest.mark.parametrize(
    ("name", "office_id"),
    [
        (NAME, "ogan-ilir"),
        ("Disdukcapil Kota Lubuk Linggau", "lubuk-linggau"),
        ("Dinas Kependudukan dan Pencatatan Sipil Kab. Musi Banyuasin", "musi-banyuasin"),
    ],
)
def test_the_id_follows_from_the_name(name: str, office_id: str) -> None:
    assert id_from(name) == office_id


def test_a_template_per_source_and_a_form(tmp_path: Path) -> None:
    made = make_office(tmp_path, NAME, "16.10")
    names = {path.name for path in (made.folder / "templat").iterdir()}
    assert names == {f"{source}.xlsx" for source in schemas()} | {"formulir-survei-xlsform.xlsx"}


def _rule(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].rule


@pytest.mark.parametrize(
    ("name", "code", "office_id", "rule"),
    [
        (NAME, "1610", None, "office_code_unreadable"),
        (NAME, "16.10.01", None, "office_code_unreadable"),
        (NAME, "16.10", "../luar", "office_id_wrong"),
        (NAME, "16.10", "Ogan Ilir", "office_id_wrong"),
        ("Dinas Kependudukan", "16.10", None, "office_name_without_id"),
    ],
)
def test_what_cannot_be_an_office_leaves_nothing_behind(
    tmp_path: Path, name: str, code: str, office_id: str | None, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_office(tmp_path / "kerja", name, code, office_id=office_id)
    assert _rule(refused) == rule
    assert not (tmp_path / "kerja").exists()


def test_an_office_or_a_code_that_is_there_already(tmp_path: Path) -> None:
    made = make_office(tmp_path, NAME, "16.10")
    before = (made.folder / "office.yaml").read_bytes()
    with pytest.raises(Refused) as refused:
        make_office(tmp_path, NAME, "16.11")
    assert _rule(refused) == "office_exists"
    with pytest.raises(Refused) as refused:
        make_office(tmp_path, "Disdukcapil Kota Lain", "16.10")
    assert _rule(refused) == "office_code_shared"
    assert (made.folder / "office.yaml").read_bytes() == before
    assert [path.name for path in (tmp_path / "data" / "raw").iterdir()] == ["ogan-ilir"]


def test_a_second_office_joins_the_workspace(tmp_path: Path) -> None:
    make_office(tmp_path, NAME, "16.10")
    make_office(tmp_path, "Disdukcapil Kota Lubuk Linggau", "16.73")
    assert Workspace.find(tmp_path).offices() == ("lubuk-linggau", "ogan-ilir")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another matter here")
def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        make_office(tmp_path / "berkas", NAME, "16.10")
    assert _rule(refused) == "folder_not_writable"


def test_an_own_export_becomes_the_mapping_and_the_template(tmp_path: Path) -> None:
    own = tmp_path / "ekspor formulir.csv"
    own.write_text(SURVEY, encoding="utf-8")
    made = make_office(tmp_path / "kerja", NAME, "16.10", own=own)
    assert made.source == "survey"
    assert made.mapping["waktu"] == "Kecepatan waktu?"
    assert made.office.mapping("survey") == made.mapping
    sheet = openpyxl.load_workbook(made.folder / "templat" / "survey.xlsx")["Data"]
    assert {cell.value for cell in sheet[1]} == set(made.mapping.values())
    period = made.folder / "2025-Q1"
    period.mkdir()
    (period / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (account,) = check_path(period).accounts
    assert account.read == 2


def test_headers_of_an_own_export_can_be_pointed_to(tmp_path: Path) -> None:
    own = tmp_path / "ekspor.csv"
    own.write_text(SURVEY.replace("Kecepatan waktu?", "Lekas?"), encoding="utf-8")
    made = make_office(tmp_path / "kerja", NAME, "16.10", own=own, headers={"waktu": "Lekas?"})
    assert made.office.mapping("survey")["waktu"] == "Lekas?"


def test_an_unusable_export_leaves_nothing_behind(tmp_path: Path) -> None:
    own = tmp_path / "surat.csv"
    own.write_text("ini,bukan,tabel\n", encoding="utf-8")
    with pytest.raises(Refused):
        make_office(tmp_path / "kerja", NAME, "16.10", own=own)
    assert not (tmp_path / "kerja").exists()


def test_templates_follow_a_changed_profile(tmp_path: Path) -> None:
    made = make_office(tmp_path, NAME, "16.10")
    profile = made.folder / "office.yaml"
    text = profile.read_text(encoding="utf-8")
    text = text.replace("ektp: [] ", "ektp: [Rekam KTP-el baru] ")
    profile.write_text(text, encoding="utf-8")
    folder = write_templates(Workspace.find(tmp_path), "ogan-ilir")
    sheet = openpyxl.load_workbook(folder / "service_log.xlsx")["Data"]
    rules = {rule.promptTitle: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["Jenis layanan"] == '"Rekam KTP-el baru"'
    assert profile.read_text(encoding="utf-8") == text
