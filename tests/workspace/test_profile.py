"""``office.yaml``: what is read from it, and how a wrong entry is refused by its line."""

from datetime import date
from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Kecamatan, Office, Promise, read_office
from ektp_analytics.workspace.profile import unknown_entries

REPOSITORY = Path(__file__).parents[2]
BUNDLED = sorted((REPOSITORY / "data" / "raw").glob("*/office.yaml"))
START = 'id: satu\nname: Disdukcapil Satu\nregion: Kabupaten Satu\ncode: "16.07"\n'


def _profile(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "satu"
    folder.mkdir(exist_ok=True)
    path = folder / "office.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _office(tmp_path: Path, more: str = "") -> Office:
    return read_office(_profile(tmp_path, START + more))


def _refused(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Refused) as refused:
        read_office(_profile(tmp_path, text))
    return [(finding.rule, finding.row) for finding in refused.value.findings]


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.parent.name)
def test_the_bundled_profiles_are_right(path: Path) -> None:
    assert read_office(path).id == path.parent.name
    assert unknown_entries(path) == ()


def test_what_is_absent_has_a_default(tmp_path: Path) -> None:
    office = _office(tmp_path)
    assert (office.zone, office.label, office.short_name) == ("WIB", "", "Disdukcapil Satu")
    assert office.kecamatan == () and office.promises == () and office.ektp_services == ()
    assert office.periodicity("survey") == "quarter"
    assert office.periodicity("registrations") == "semester"
    assert office.setting("small_cell", 5) == 5


def test_blank_sections_are_as_good_as_absent(tmp_path: Path) -> None:
    office = _office(
        tmp_path, "kecamatan:\nservices:\nsurvey:\npromise:\nsettings:\nmapping:\nsignatories:\n"
    )
    assert office.kecamatan == () and office.signatories == ()
    assert office.survey == {} and office.mapping("survey") == {}


def test_kecamatan_with_their_origin(tmp_path: Path) -> None:
    office = _office(
        tmp_path,
        "kecamatan:\n"
        '  - {code: "16.07.01", name: Betung}\n'
        '  - {code: "16.07.20", name: Baru, valid_from: 2020-01-01, split_from: "16.07.01"}\n',
    )
    assert office.kecamatan == (
        Kecamatan("16.07.01", "Betung"),
        Kecamatan("16.07.20", "Baru", date(2020, 1, 1), "16.07.01"),
    )


def test_promises_stand_by_date(tmp_path: Path) -> None:
    office = _office(
        tmp_path,
        "promise:\n  - {from: 2025-01-01, limit: 1d, basis: Baru}\n"
        '  - {from: "2024-01-01", limit: 3wd}\n',
    )
    assert office.promises == (
        Promise(date(2024, 1, 1), "3wd", ""),
        Promise(date(2025, 1, 1), "1d", "Baru"),
    )


def test_users_served_by_any_spelling_of_the_period(tmp_path: Path) -> None:
    office = _office(tmp_path, "survey: {users_served: {2025-TW1: 10234, 2024: 4000}}\n")
    assert office.users_served(Period.parse("2025-Q1")) == 10234
    assert office.users_served(Period.parse("2024")) == 4000
    assert office.users_served(Period.parse("2025-Q2")) is None


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    path = _profile(tmp_path, START)
    path.write_bytes(b"\xef\xbb\xbf" + START.encode())
    assert read_office(path).code == "16.07"


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        (START.replace('"16.07"', "16.07"), "profile_entry_wrong", 4),
        (START.replace('"16.07"', '"1607"'), "profile_entry_wrong", 4),
        (START.replace("id: satu", "id: dua"), "profile_id_differs", 1),
        (START.replace("id: satu", "id: Kab Satu"), "profile_entry_wrong", 1),
        (START.replace("Kabupaten Satu", ""), "profile_entry_missing", 3),
        (START.replace("name: Disdukcapil Satu", "name: 12"), "profile_entry_wrong", 2),
        (START + "zone: UTC\n", "profile_entry_wrong", 5),
        (START + "kecamatan: Betung\n", "profile_entry_wrong", 5),
        (START + "kecamatan:\n  - Betung\n", "profile_entry_wrong", 6),
        (START + "kecamatan:\n  - {code: 16.07, name: Betung}\n", "profile_entry_wrong", 6),
        (START + 'kecamatan:\n  - {code: "16.07.01"}\n', "profile_entry_wrong", 6),
        (START + "periodicity:\n  survey: triwulan\n", "profile_entry_wrong", 6),
        (START + "survey:\n  method: acak\n", "profile_entry_wrong", 6),
        (START + "survey:\n  users_served: 100\n", "profile_entry_wrong", 6),
        (
            START + "survey:\n  users_served:\n    2025-Q1: -3\n", "profile_entry_wrong", 7,
        ),
        (
            START + "survey:\n  users_served:\n    kuartal satu: 30\n", "profile_entry_wrong", 7,
        ),
        (START + "services:\n  ektp: rekam\n", "profile_entry_wrong", 6),
        (START + "promise:\n  - {from: kemarin, limit: 3d}\n", "profile_entry_wrong", 6),
        (START + "promise:\n  - {from: 2025-01-01, limit: cepat}\n", "profile_entry_wrong", 6),
        (START + "mapping:\n  survey: [waktu]\n", "profile_entry_wrong", 6),
        (START + "letterhead: kop\n", "profile_entry_wrong", 5),
        (START + "zone: WIB\nzone: WITA\n", "yaml_duplicate_key", 6),
        (START + "label: [belum ditutup\n", "yaml_unreadable", 6),
        (START + "label: !!python/object:os.system {}\n", "yaml_unreadable", 5),
        ("- satu\n", "profile_unreadable", None),
        ("", "profile_unreadable", None),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_by_its_line(
    tmp_path: Path, text: str, rule: str, row: int | None
) -> None:
    assert (rule, row) in _refused(tmp_path, text)


def test_a_kecamatan_code_may_stand_once(tmp_path: Path) -> None:
    twice = 'kecamatan:\n  - {code: "16.07.01", name: A}\n  - {code: "16.07.01", name: B}\n'
    assert _refused(tmp_path, START + twice) == [("profile_entry_wrong", 7)]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert _refused(tmp_path, "id: satu\ncode: 16.07\nzone: GMT\n") == [
        ("profile_entry_missing", 1),
        ("profile_entry_missing", 1),
        ("profile_entry_wrong", 2),
        ("profile_entry_wrong", 3),
    ]


def test_every_refusal_reads_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_office(_profile(tmp_path, "id: lain\ncode: 16.07\nsurvey: {method: acak}\n"))
    for finding in refused.value.findings:
        assert finding.file == "satu/office.yaml"
        for lang in ("id", "en"):
            assert finding.text("message", lang) and finding.text("remedy", lang)


def test_a_profile_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = _profile(tmp_path, START)
    path.write_bytes(START.replace("Satu", "Satú").encode("latin-1"))
    with pytest.raises(Refused, match=r"satu/office\.yaml"):
        read_office(path)


def test_a_misspelt_entry_is_warned_of(tmp_path: Path) -> None:
    (finding,) = unknown_entries(_profile(tmp_path, START + "servises: {}\n"))
    assert (finding.severity, finding.row, finding.value) == ("warning", 5, "servises")
    assert "services" in finding.remedy
