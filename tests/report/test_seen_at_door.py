"""The scan of a report knows every person of the files the report was made from."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.history import runs_before
from ektp_analytics.privacy import identity_digests
from ektp_analytics.report.seen_at_door import (
    check_before_publication,
    identities_of,
    identities_seen,
)
from ektp_analytics.workspace import Workspace

PROFILE = """id: uji
name: Dinas Uji
region: Kabupaten Uji
code: "99.02"
"""
HEADER = "Nama Lengkap,NIK,persyaratan,prosedur,waktu,biaya,produk\n"


def written(root: Path, period: str, name: str, nik: str) -> None:
    folder = root / "data" / "raw" / "uji" / period
    folder.mkdir(parents=True)
    (folder.parent / "office.yaml").write_text(PROFILE)
    (folder / "survey.csv").write_text(f"{HEADER}{name},{nik},3,3,4,3,3\n")


def test_persons_of_this_period_and_of_earlier_ones_are_known(tmp_path: Path) -> None:
    written(tmp_path, "2025-Q2", "Contohwan Suluh", "1234560101900001")
    written(tmp_path, "2025-Q3", "Contohwati Lentera", "1234560101900002")
    written(tmp_path, "2025-Q4", "Contohwan Obor", "1234560101900003")
    place = Workspace.find(tmp_path)
    seen = identities_seen(place, place.office("uji"), Period.parse("2025-Q3"))
    known = ("Contohwan Suluh", "1234560101900001", "CONTOHWATI LENTERA", "1234560101900002")
    assert seen == identity_digests(known)


def test_a_file_that_cannot_be_read_gave_the_report_nothing(tmp_path: Path) -> None:
    written(tmp_path, "2025-Q3", "Contohwati Lentera", "1234560101900002")
    (tmp_path / "data" / "raw" / "uji" / "2025-Q3" / "complaints.xlsx").write_bytes(b"PKbroken")
    place = Workspace.find(tmp_path)
    seen = identities_seen(place, place.office("uji"), Period.parse("2025-Q3"))
    assert seen == identity_digests(("Contohwati Lentera", "1234560101900002"))


def test_runs_have_seen_what_reading_again_would_see(tmp_path: Path) -> None:
    written(tmp_path, "2025-Q2", "Contohwan Suluh", "1234560101900001")
    written(tmp_path, "2025-Q3", "Contohwati Lentera", "1234560101900002")
    place, period = Workspace.find(tmp_path), Period.parse("2025-Q3")
    run = run_period(place, "uji", period)
    runs = [run, *runs_before(place, "uji", period)]
    assert identities_of(runs) == identities_seen(place, run.office, period)
    assert run.identities == identities_of(runs), "the period before is compared"


def test_what_the_runs_saw_is_looked_for_though_the_files_are_gone(tmp_path: Path) -> None:
    written(tmp_path, "2025-Q3", "Contohwati Lentera", "1234560101900002")
    place, period = Workspace.find(tmp_path), Period.parse("2025-Q3")
    run = run_period(place, "uji", period)
    (tmp_path / "data" / "raw" / "uji" / "2025-Q3" / "survey.csv").unlink()
    folder = tmp_path / "laporan"
    folder.mkdir()
    (folder / "a.html").write_text("<p>Contohwati Lentera</p>")
    with pytest.raises(Refused):
        check_before_publication(place, run.office, period, [run])(folder)
