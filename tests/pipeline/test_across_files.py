"""Several files of one source in one period: nothing is counted twice, nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.office_sources import read_sources
from ektp_analytics.sources.result import ReadResult
from ektp_analytics.workspace import Workspace

Q1 = Period.parse("2025-Q1")
PROFILE = 'id: satu\nname: Dinas\nregion: Kabupaten\ncode: "16.07"\n'
LOG = "Nomor permohonan,Waktu persyaratan lengkap,Waktu cetak\n"


def _read(root: Path, source: str, *files: str) -> ReadResult:
    folder = root / "data" / "raw" / "satu" / "2025-Q1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "office.yaml").write_text(PROFILE, encoding="utf-8")
    for old in folder.iterdir():
        old.unlink()
    for number, text in enumerate(files):
        (folder / f"{source}-{number}.csv").write_text(text, encoding="utf-8")
    place = Workspace.find(root)
    return read_sources(place, place.office("satu"), Q1, only=[source])[source]


def _request(number: str, hour: int = 10) -> str:
    return f"{number},2025-01-06 08:00,2025-01-06 {hour:02d}:00\n"


def test_files_with_rows_of_their_own_are_joined(tmp_path: Path) -> None:
    read = _read(tmp_path, "service_log", LOG + _request("A"), LOG + _request("B"))
    assert (read.read, read.kept, read.repeats, read.rejected) == (2, 2, 0, 0)
    assert read.table["application_id"].tolist() == ["A", "B"]


def test_a_row_that_stands_in_two_files_counts_once(tmp_path: Path) -> None:
    first = LOG + _request("A") + _request("B")
    read = _read(tmp_path, "service_log", first, LOG + _request("C") + _request("B"))
    assert (read.read, read.kept, read.repeats, read.rejected) == (4, 3, 1, 0)
    assert sorted(read.table["application_id"]) == ["A", "B", "C"]
    (finding,) = (f for f in read.findings if f.rule == "row_repeated_elsewhere")
    assert finding.file.endswith("service_log-1.csv") and finding.row == 3
    assert "service_log-0.csv" in finding.message


def test_one_number_with_two_contents_is_left_out_of_both(tmp_path: Path) -> None:
    first = LOG + _request("A") + _request("B", 10)
    read = _read(tmp_path, "service_log", first, LOG + _request("B", 11) + _request("C"))
    assert (read.read, read.kept, read.repeats, read.rejected) == (4, 2, 0, 2)
    assert sorted(read.table["application_id"]) == ["A", "C"]
    found = [f for f in read.findings if f.rule == "row_conflict_elsewhere"]
    assert {f.severity for f in found} == {"error"} and len(found) == 2


def test_a_copied_file_is_refused(tmp_path: Path) -> None:
    survey = "persyaratan,prosedur,waktu\n3,3,4\n4,3,3\n"
    with pytest.raises(Refused) as refused:
        _read(tmp_path, "survey", survey, survey)
    (finding,) = refused.value.findings
    assert finding.rule == "file_is_copy"
    assert "survey-0.csv" in finding.message and "survey-1.csv" in finding.message


def test_counts_of_two_dates_are_no_repeat(tmp_path: Path) -> None:
    head = "Kode Kecamatan,Keadaan tanggal,Wajib KTP,Sudah rekam\n"
    january = head + "16.07.01,2025-01-31,100,90\n16.07.02,2025-01-31,200,190\n"
    march = head + "16.07.01,2025-03-31,101,95\n16.07.02,2025-03-31,200,191\n"
    read = _read(tmp_path, "registrations", january, march)
    assert (read.kept, read.rejected) == (4, 0)


def test_without_a_key_equal_rows_are_other_persons(tmp_path: Path) -> None:
    head = "persyaratan,prosedur,waktu\n"
    read = _read(tmp_path, "survey", head + "3,3,4\n4,4,4\n", head + "3,3,4\n2,2,2\n")
    assert (read.kept, read.repeats) == (4, 0)


numbers = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True)


@settings(max_examples=20)
@given(first=numbers, second=numbers, hours=st.lists(st.integers(9, 10), min_size=5, max_size=5))
def test_every_row_is_accounted_for(
    first: list[str],
    second: list[str],
    hours: list[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    later = dict(zip("ABCDE", hours, strict=True))
    one = LOG + "".join(_request(n, 9) for n in first)
    other = LOG + "".join(_request(n, later[n]) for n in second) + _request("Z")
    read = _read(tmp_path_factory.mktemp("kerja"), "service_log", one, other)
    for account in read.files:
        assert account.read == account.kept + account.rejected + account.repeats
    shared = set(first) & set(second)
    same = {n for n in shared if later[n] == 9}
    assert read.repeats == len(same)
    assert read.rejected == 2 * len(shared - same)
    assert set(read.table["application_id"]) == (set(first) | set(second) | {"Z"}) - (shared - same)
    assert read.table["application_id"].is_unique
