"""Persons go in at the door and come out nowhere: not in a report, not in what is kept."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ektp_analytics.errors import EktpError
from ektp_analytics.pipeline import run_period
from ektp_analytics.privacy import identity_digests
from ektp_analytics.report.build import FORMATS, BuiltReport, build_report
from ektp_analytics.report.exit_scan import scan_folder, watch_for
from ektp_analytics.report.published_text import Passage, passages
from ektp_analytics.report.workbook import write_workbook
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"
Make = Callable[..., Workspace]


@pytest.fixture(scope="module")
def published(
    tmp_path_factory: pytest.TempPathFactory, make_office: Make, people: tuple[Any, ...]
) -> tuple[Workspace, BuiltReport]:
    """Build the report of an office whose head of office also answered the survey."""
    head = {"role": "head", "name": people[3].name, "position": "Kepala Dinas"}
    place = make_office(tmp_path_factory.mktemp("terbit") / "kerja", signatories=[head])
    built = build_report(place, "uji", PERIOD, formats=FORMATS)
    write_workbook(run_period(place, "uji", PERIOD), built.files[0].parent / "lembar-kerja.xlsx")
    return place, built


def written_below(*folders: Path) -> list[Passage]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [passage for path in files for passage in passages(path)]


def test_no_planted_string_is_in_any_file_written(
    published: tuple[Workspace, BuiltReport], people: tuple[Any, ...]
) -> None:
    """200 strings of 40 made-up persons, looked for as they are, not by their digests."""
    root = published[0].root
    texts = [
        passage.text.replace(people[3].name, "")  # the head of office signs
        for passage in written_below(root / "reports", root / "data" / "processed")
    ]
    everything = "\n".join(texts).casefold()
    planted = [
        text
        for one in people
        for text in (one.name, one.nik, one.phone, one.phone[1:], one.address, one.email)
    ]
    assert [text for text in planted if text.casefold() in everything] == []


def test_the_scan_knows_everyone_the_door_saw(
    published: tuple[Workspace, BuiltReport], people: tuple[Any, ...]
) -> None:
    seen = run_period(published[0], "uji", PERIOD).sources["survey"].identities
    planted = [t for p in people for t in (p.name, p.nik, p.phone, p.address, p.email)]
    assert identity_digests(planted) <= seen


def test_no_file_tells_whose_computer_it_was_made_on(
    published: tuple[Workspace, BuiltReport],
) -> None:
    root = published[0].root
    places = (str(root), str(Path.home()), str(Path(__file__).parents[2]))
    for passage in written_below(root / "reports"):
        assert not [place for place in places if place in passage.text]
        assert not (passage.metadata and passage.text.strip() == getpass.getuser())


def test_every_kind_of_report_was_scanned(published: tuple[Workspace, BuiltReport]) -> None:
    place, built = published
    office = place.office("uji")
    assert {path.suffix for path in built.files} >= {".html"}
    assert scan_folder(built.files[0].parent, watch_for(office, (), place.root)) == ()


def test_a_name_in_a_notice_stops_the_report_and_keeps_the_old_one(
    tmp_path: Path, make_office: Make, people: tuple[Any, ...]
) -> None:
    place = make_office(tmp_path, notices={"survey": f"Terima kasih kepada {people[7].name}."})
    target = place.root / "reports" / "uji" / PERIOD
    target.mkdir(parents=True)
    (target / "laporan.html").write_text("lama")
    with pytest.raises(EktpError) as stopped:
        build_report(place, "uji", PERIOD, formats=("html",))
    assert "data pribadi dari berkas sumber" in str(stopped.value)
    assert people[7].name not in str(stopped.value)
    assert [(p.name, p.read_text()) for p in target.iterdir()] == [("laporan.html", "lama")]
    assert [p.name for p in target.parent.iterdir()] == [PERIOD]
