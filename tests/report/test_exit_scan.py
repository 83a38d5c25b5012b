"""No person of the sources leaves; floats and hashes never look like one."""

import hashlib
import json
import random
from pathlib import Path

import docx
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.privacy import identity_digests, identity_form, nik_runs
from ektp_analytics.report.exit_scan import Watch, exit_check, scan_file, scan_folder, watch_for
from ektp_analytics.report.markup import element, json_script
from ektp_analytics.report.publish import publication
from ektp_analytics.workspace import Office

PEOPLE = ("Contoh Sitinurbaya", "0812-0000-1234", "1234560101900001", "Jl. Contoh Mawar 17 RT 02")
OFFICE = Office(
    id="uji",
    name="Dinas Contoh",
    short_name="Dinas Contoh",
    region="Kabupaten Contoh",
    code="99.01",
    profile={
        "kecamatan": [{"code": "99.01.01", "name": "Wonosari Contoh"}],
        "signatories": [{"role": "head", "name": "Drs. Contoh Pejabat, M.Si.", "nip": "1970"}],
        "letterhead": {"lines": ["DINAS CONTOH"], "address": "Jalan Contoh Kenanga 5"},
    },
)


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return watch_for(OFFICE, identity_digests(PEOPLE), tmp_path / "kerja")


def found(path: Path, text: str, watch: Watch) -> list[str]:
    """Return the rules a text breaks as the content of an HTML file."""
    path.write_text(text, encoding="utf-8")
    return [finding.rule for finding in scan_file(path, watch)]


@pytest.mark.parametrize(
    "text",
    [
        "Saran dari CONTOH  SITINURBAYA.",
        "<td>Contoh</td><td>Sitinurbaya</td>",
        "contoh\nsitinurbaya",
        "hubungi +62 812 0000 1234 segera",
        "hubungi 081200001234",
        '{"y": [81200001234]}',
        "di jl contoh mawar no 17 (tetapi lain): Jl. Contoh Mawar 17, RT. 02",
        "<p title='Contoh Sitinurbaya'>x</p>",
        "Con\u00adtoh Siti\u200bnurbaya",
    ],
)
def test_an_identity_is_found_however_it_is_written(
    text: str, tmp_path: Path, watch: Watch
) -> None:
    assert found(tmp_path / "a.html", text, watch) == ["exit_identity"]


@pytest.mark.parametrize(
    "text", ["Contoh Sitinurbayawati", "Sitinurbaya", "0812-0000-12345", "Mawar 17"]
)
def test_other_words_are_no_hit(text: str, tmp_path: Path, watch: Watch) -> None:
    assert found(tmp_path / "a.html", text, watch) == []


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("NIK 9972995507880003 tertulis.", True),
        ("a;9972995507880003;b", True),
        ("kode-9972995507880003", True),
        ("9972995507880003", True),
        ("nilai 9972995507880003.25", False),
        ("nilai 0.9972995507880003", False),
        ("19972995507880003", False),
        ("x9972995507880003", False),
        ("9972993207880003", False),  # day 32
        ("9972995513880003", False),  # month 13
    ],
)
def test_a_run_of_sixteen_digits_is_judged_by_the_grammar_of_a_nik(
    text: str, hit: bool, tmp_path: Path, watch: Watch
) -> None:
    """Permendagri: region 6, day (women + 40) 2, month 2, year 2, serial 4."""
    assert (found(tmp_path / "a.html", text, watch) == ["exit_nik"]) is hit


def test_ten_thousand_floats_and_hashes_give_no_hit(tmp_path: Path, watch: Watch) -> None:
    """As JSON and HTML write them: floats of every size with at most six decimals."""
    draw = random.Random(20250101)
    floats = [draw.choice((1, 100, 1e6, 1e12, 1e16)) * draw.random() for _ in range(10_000)]
    hashes = [hashlib.sha256(str(number).encode()).hexdigest() for number in floats]
    cells = "".join(
        f"<td>{round(f, 6)}</td><td>{h}</td>" for f, h in zip(floats, hashes, strict=True)
    )
    page = element("table", json_script({"y": floats, "sha256": hashes})) + cells
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    record = {"values": [round(f, 6) for f in floats], "files": hashes}
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    pd.DataFrame({"v": floats, "h": hashes}).to_parquet(tmp_path / "a.parquet")
    assert scan_folder(tmp_path, watch) == ()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=50))
def test_no_rounded_float_is_a_nik(numbers: list[float]) -> None:
    assert list(nik_runs(json.dumps([round(number, 6) for number in numbers]))) == []


@given(st.binary(max_size=64))
def test_no_hash_is_a_nik(content: bytes) -> None:
    assert list(nik_runs(f" {hashlib.sha256(content).hexdigest()} ")) == []


def test_officials_are_allowed_exactly_as_the_profile_writes_them(tmp_path: Path) -> None:
    people = identity_digests(["Contoh Pejabat", "Contoh Kenanga"])
    watch = watch_for(OFFICE, people, tmp_path / "kerja")
    allowed = "Kepala Dinas,<br>DRS. CONTOH PEJABAT, M.Si.<br>Jalan Contoh Kenanga 5"
    assert found(tmp_path / "a.html", allowed, watch) == []
    assert found(tmp_path / "a.html", "menurut Contoh Pejabat", watch) == ["exit_identity"]


def test_a_place_named_like_a_person_is_no_leak(tmp_path: Path) -> None:
    """An address cell often holds no more than the name of the kecamatan."""
    people = identity_digests(["Wonosari Contoh", "Kabupaten Contoh"])
    watch = watch_for(OFFICE, people, tmp_path / "kerja")
    assert found(tmp_path / "a.html", "<td>Wonosari Contoh</td>", watch) == []


@pytest.mark.parametrize(
    "value", ["-", "Budi", "25 tahun", "12 Mei 1990", "12/05/1990", "12345", "", "RT 02"]
)
def test_what_tells_nobody_apart_is_not_looked_for(value: str) -> None:
    assert identity_form(value) == ""


def test_the_hit_itself_is_told_by_its_shape_only(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "a.txt").write_text("Contoh Sitinurbaya 9972995507880003")
    with pytest.raises(Refused) as refused:
        exit_check(watch)(tmp_path)
    findings = refused.value.findings
    told = str([finding.to_record(lang) for lang in ("id", "en") for finding in findings])
    assert "Sitinurbaya" not in told.title()
    assert "9972995507880003" not in told
    assert "2 kata" in told
    assert "16 angka" in told
    assert "a.txt" in told


def test_a_hit_stops_the_publication_and_leaves_the_old_report(
    tmp_path: Path, watch: Watch
) -> None:
    target = tmp_path / "reports"
    target.mkdir()
    (target / "laporan.html").write_text("lama")
    with pytest.raises(Refused), publication(target, exit_check(watch)) as folder:
        (folder / "laporan.html").write_text("baru: Contoh Sitinurbaya")
    assert [(p.name, p.read_text()) for p in target.iterdir()] == [("laporan.html", "lama")]


def test_a_file_that_cannot_be_scanned_is_not_published(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    assert [f.rule for f in scan_folder(tmp_path, watch)] == ["exit_unreadable"]


def test_the_folder_and_the_user_of_the_computer_are_seen(tmp_path: Path) -> None:
    watch = Watch(folders=(str(tmp_path),), user="perencana01")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.set_properties({"author": "Perencana01"})
        book.add_worksheet().write_string(0, 0, "perencana01")
    document = docx.Document()
    document.add_paragraph(f"dibuat di {tmp_path}/laporan")
    document.save(str(tmp_path / "b.docx"))
    rules = {(f.file, f.value) for f in scan_folder(tmp_path, watch)}
    assert rules == {("a.xlsx", "nama pengguna"), ("b.docx", "nama folder")}


@given(st.text(max_size=40))
def test_an_identity_is_found_in_its_own_text(value: str) -> None:
    """What the door digests the exit finds, whatever the letters."""
    from ektp_analytics.report.exit_scan import identities_in

    form = identity_form(value)
    hits = set(identities_in(f"awal {value} akhir", identity_digests([value])))
    assert hits == ({form} if form else set())
