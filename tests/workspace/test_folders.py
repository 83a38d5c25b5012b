"""Where an office's files are: names cannot leave the workspace, links neither."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace
from ektp_analytics.workspace.folders import source_named

PROFILE = 'id: {id}\nname: Disdukcapil\nregion: Kabupaten\ncode: "{code}"\n'
Q1 = Period.parse("2025-Q1")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Make a workspace with one office and one period."""
    _add(tmp_path, "satu", "16.07")
    return Workspace.find(tmp_path)


def _add(root: Path, office_id: str, code: str) -> Path:
    folder = root / "data" / "raw" / office_id
    (folder / "2025-Q1").mkdir(parents=True)
    (folder / "office.yaml").write_text(PROFILE.format(id=office_id, code=code), encoding="utf-8")
    return folder


def _rule(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].rule


def test_it_is_found_upwards_from_where_one_stands(place: Workspace) -> None:
    assert Workspace.find(start=place.raw / "satu" / "2025-Q1") == place
    assert Workspace.around(place.raw / "satu") == place


def test_a_folder_inside_a_workspace_stands_for_it(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``run_period(".")`` in a notebook of the folder ``notebooks``."""
    (place.root / "notebooks").mkdir()
    monkeypatch.chdir(place.root / "notebooks")
    assert Workspace.find(Path()) == place
    with pytest.raises(Refused):
        Workspace.find(Path("tidak-ada"))


def test_it_is_found_by_the_environment(
    place: Workspace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("lain"))
    monkeypatch.setenv("EKTP_WORKSPACE", str(place.root))
    assert Workspace.find() == place


def test_a_folder_without_data_raw_is_none(tmp_path: Path) -> None:
    assert Workspace.around(tmp_path) is None
    with pytest.raises(Refused) as refused:
        Workspace.find(tmp_path)
    assert _rule(refused) == "workspace_missing"
    with pytest.raises(Refused) as refused:
        Workspace.find(start=tmp_path)
    assert _rule(refused) == "workspace_not_found"


def test_offices_are_folders_with_a_profile_and_a_possible_name(place: Workspace) -> None:
    _add(place.root, "dua-2", "16.08")
    (place.raw / "tanpa-profil").mkdir()
    _add(place.root, "Kab Tiga", "16.09")
    assert place.offices() == ("dua-2", "satu")
    assert place.office("satu").code == "16.07"


@given(st.text(max_size=12))
def test_no_name_of_an_office_leads_out_of_the_workspace(name: str) -> None:
    place = Workspace(Path("/kerja"))
    try:
        folder = place.office_folder(name)
    except Refused:
        return
    assert folder.parent == place.raw


@pytest.mark.parametrize("name", ["..", "../satu", "/etc", "satu/..", ".", "", "SATU", "satu\n"])
def test_names_that_are_no_id_are_refused_wherever_they_come_in(
    place: Workspace, name: str
) -> None:
    for call in (place.office, place.periods, place.office_folder):
        with pytest.raises(Refused) as refused:
            call(name)
        assert _rule(refused) == "office_id_wrong"
    for folder in (place.processed_folder, place.reports_folder, place.period_folder):
        with pytest.raises(Refused) as refused:
            folder(name, Q1)
        assert _rule(refused) == "office_id_wrong"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_links_out_of_the_workspace_are_refused(
    place: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("luar")
    (outside / "survey.csv").write_text("u1\n4\n", encoding="utf-8")
    (outside / "office.yaml").write_text(PROFILE.format(id="tamu", code="16.09"), "utf-8")
    (place.raw / "satu" / "2025-Q1" / "survey.csv").symlink_to(outside / "survey.csv")
    (place.raw / "satu" / "2025-Q2").symlink_to(outside)
    (place.raw / "tamu").symlink_to(outside)
    (place.root / "reports").symlink_to(outside)
    for call in (
        lambda: place.source_files("satu", Q1, "survey"),
        lambda: place.period_folder("satu", Period.parse("2025-Q2")),
        lambda: place.office("tamu"),
        lambda: place.reports_folder("satu", Q1),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert _rule(refused) == "link_leads_out"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_links_inside_the_workspace_are_followed(place: Workspace) -> None:
    store = place.root / "arsip"
    store.mkdir()
    (store / "isi.csv").write_text("u1\n4\n", encoding="utf-8")
    link = place.raw / "satu" / "2025-Q1" / "survey.csv"
    link.symlink_to(store / "isi.csv")
    assert place.source_files("satu", Q1, "survey") == (link,)


def test_periods_stand_in_order_and_other_folders_are_passed_over(place: Workspace) -> None:
    folder = place.raw / "satu"
    for name in ("2024-Q4", "2025-S1", "2025", "2025-13", "2025 lama", "templat"):
        (folder / name).mkdir()
    assert [str(p) for p in place.periods("satu")] == ["2024-Q4", "2025-Q1", "2025-S1", "2025"]
    assert [p.name for p in place.other_folders("satu")] == ["2025 lama", "2025-13"]


def test_a_missing_period_names_those_there_are(place: Workspace) -> None:
    with pytest.raises(Refused, match="2025-Q1") as refused:
        place.period_folder("satu", Period.parse("2026-Q1"))
    assert _rule(refused) == "period_missing"


def test_an_alias_names_the_canonical_folder(place: Workspace) -> None:
    (place.raw / "satu" / "2025-TW2").mkdir()
    with pytest.raises(Refused, match="2025-Q2") as refused:
        place.period_folder("satu", Q1)
    assert _rule(refused) == "period_folder_alias"


def test_files_of_a_source(place: Workspace) -> None:
    folder = place.raw / "satu" / "2025-Q1"
    for name in (
        "survey.xlsx", "Survey-loket.csv", "survey (1).csv", "survey.csv.source.yaml",
        "~$survey.xlsx", ".survey.csv", "surveyor.csv", "service_log.csv",
    ):  # fmt: skip
        (folder / name).write_bytes(b"")
    found = [path.name for path in place.source_files("satu", Q1, "survey")]
    assert sorted(found) == ["Survey-loket.csv", "survey (1).csv", "survey.xlsx"]
    assert place.source_files("satu", Period.parse("2030"), "survey") == ()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("survey.csv", "survey"),
        ("SERVICE_LOG.CSV", "service_log"),
        ("service_log_2.csv", "service_log"),
        ("follow_up.xlsx", "follow_up"),
        ("laporan.csv", None),
    ],
)
def test_a_file_is_named_after_its_source(name: str, source: str | None) -> None:
    assert source_named(Path(name), ["survey", "service_log", "follow_up"]) == source


def test_codes_claimed_twice(place: Workspace) -> None:
    assert place.offices_sharing_a_code() == {}
    place.refuse_shared_codes()
    _add(place.root, "dua", "16.07")
    _add(place.root, "tiga", "16.08")
    (place.raw / "rusak").mkdir()
    (place.raw / "rusak" / "office.yaml").write_text("id: [", encoding="utf-8")
    assert place.offices_sharing_a_code() == {"16.07": ("dua", "satu")}
    with pytest.raises(Refused, match="dua, satu"):
        place.refuse_shared_codes()


def test_folders_of_results(place: Workspace) -> None:
    assert place.relative(place.processed_folder("satu", Q1)) == "data/processed/satu/2025-Q1"
    assert place.relative(place.reports_folder("satu", Q1)) == "reports/satu/2025-Q1"
    assert place.relative(Path("/di/luar/isi.csv")) == "isi.csv"
