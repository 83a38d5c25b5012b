"""Persons go in at the door and come out nowhere: not in a report, not in what is kept."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.errors import EktpError
from ektp_analytics.pipeline import run_period
from ektp_analytics.privacy import identity_digests
from ektp_analytics.report.build import BuiltReport, build_report
from ektp_analytics.report.exit_scan import scan_file, watch_for
from ektp_analytics.report.notebook_run import run_notebook
from ektp_analytics.report.published_text import Passage, passages
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"
Written = dict[Path, list[Passage]]


def test_no_planted_string_is_in_any_file_written(
    written: Written, people: tuple[Any, ...]
) -> None:
    """300 strings of 60 made-up persons, looked for as they are, not by their digests."""
    texts = [passage.text for found in written.values() for passage in found]
    everything = "\n".join(texts).casefold()
    everything = everything.replace(people[3].name.casefold(), "")  # the head of office signs
    planted = [
        text
        for one in people
        for text in (one.name, one.nik, one.phone, one.phone[1:], one.address, one.email)
    ]
    assert [text for text in planted if text.casefold() in everything] == []


def test_every_kind_of_file_was_looked_at(
    published: tuple[Workspace, BuiltReport], written: Written
) -> None:
    kinds = {path.suffix for path in written}
    assert kinds >= {".html", ".xlsx", ".docx", ".csv", ".parquet", ".json"}
    assert {".pdf", ".png"} <= kinds or "pdf" in published[1].missing
    assert all(written.values())


def test_the_scan_knows_everyone_the_door_saw(
    published: tuple[Workspace, BuiltReport], people: tuple[Any, ...]
) -> None:
    seen = run_period(published[0], "uji", PERIOD).sources["survey"].identities
    planted = [t for p in people for t in (p.name, p.nik, p.phone, p.address, p.email)]
    assert identity_digests(planted) <= seen


def test_no_file_tells_whose_computer_it_was_made_on(
    published: tuple[Workspace, BuiltReport], written: Written
) -> None:
    places = (str(published[0].root), f"{Path.home()}/", str(Path(__file__).parents[2]))
    for passage in (passage for found in written.values() for passage in found):
        assert not [place for place in places if place in passage.text]
        assert not (passage.metadata and passage.text.strip() == getpass.getuser())


def test_an_executed_notebook_tells_neither_user_nor_folder(tmp_path: Path) -> None:
    """Neither in what it says of itself nor in what its cells show."""
    cells = [
        nbformat.v4.new_code_cell("x = 'a'", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("print(x)"),
    ]
    book, output = tmp_path / "buku.ipynb", tmp_path / "hasil" / "buku.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book)
    run_notebook(book, {"x": "b"}, output, folder=tmp_path)
    assert scan_file(output, watch_for(None, (), tmp_path)) == ()
    found = [passage.text for passage in passages(output)]
    assert any("b" in text.split() for text in found)
    assert not [text for text in found if str(tmp_path) in text or getpass.getuser() == text]


def test_a_name_in_a_notice_stops_the_report_and_keeps_the_old_one(
    tmp_path: Path, make_office: Callable[..., Workspace], people: tuple[Any, ...]
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
