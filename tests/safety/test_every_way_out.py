"""Whatever writes a file for others, a planted person stops it, with place and remedy."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ektp_analytics.batch.export import export_tally
from ektp_analytics.batch.tally_file import TALLY_NAME
from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.pipeline import run_period
from ektp_analytics.pipeline.data_files import check_path
from ektp_analytics.pipeline.letter import LETTER_NAME, write_letter
from ektp_analytics.report.exit_scan import watch_for
from ektp_analytics.report.notebook_failure import NotebookFailed
from ektp_analytics.report.notebook_run import run_notebook
from ektp_analytics.workspace import Workspace

PERIOD = Period.parse("2025-Q4")


def plant(place: Workspace, column: str, text: str) -> Path:
    """Write a person into another column of the survey than the one for names."""
    path = place.raw / "uji" / str(PERIOD) / "survey.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    for row in rows[:7]:
        row[header.index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def told(refused: Refused, person: Any, file: str) -> bool:
    """Tell whether a refusal names file and remedy, and never the person."""
    (finding, *_) = refused.findings
    said = str(refused)
    return finding.rule == "exit_identity" and file in said and person.name not in said


def left_behind(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.name.startswith((".ektp-", "ektp-"))]


@pytest.fixture
def office(tmp_path: Path, make_office: Callable[..., Workspace]) -> Workspace:
    """Return a workspace with the made-up office, its letterhead and services harmless."""
    return make_office(tmp_path / "kerja", services={}, letterhead={})


def test_the_letter_that_sends_data_back(office: Workspace, people: tuple[Any, ...]) -> None:
    """A name typed in the place of an answer is a value that is told back."""
    path = plant(office, "Waktu", people[7].name)
    target = office.root / "reports" / "uji" / str(PERIOD)
    target.mkdir(parents=True)
    (target / LETTER_NAME).write_bytes(b"lama")
    with pytest.raises(Refused) as refused:
        write_letter(path, check_path(path))
    assert told(refused.value, people[7], LETTER_NAME)
    assert (target / LETTER_NAME).read_bytes() == b"lama"
    assert left_behind(office.root) == []


def test_the_tally_for_the_province(office: Workspace, people: tuple[Any, ...]) -> None:
    """A name typed in the place of a service is a class of the tally."""
    plant(office, "Jenis Layanan", people[7].name)
    out = office.root / "kirim"
    out.mkdir()
    with pytest.raises(Refused) as refused:
        export_tally(office, "uji", PERIOD, out)
    assert told(refused.value, people[7], TALLY_NAME)
    assert list(out.iterdir()) == [] and left_behind(office.root) == []


def test_answers_for_spss(office: Workspace, people: tuple[Any, ...]) -> None:
    """A name typed in the place of an occupation, which the user asked to have too."""
    pytest.importorskip("pyreadstat")
    from ektp_analytics.report.spss import write_sav

    plant(office, "Pekerjaan", people[7].name)
    run = run_period(office, "uji", PERIOD)
    table, file = run.data.tables["survey"], office.root / "jawaban.sav"
    watch = watch_for(run.office, run.identities, office.root)
    with pytest.raises(Refused) as refused:
        write_sav(table, file, attributes=("occupation",), watch=watch)
    assert told(refused.value, people[7], "jawaban")
    assert not file.exists() and left_behind(office.root) == []
    assert write_sav(table, file, watch=watch) == file


def test_a_nik_in_answers_for_spss(office: Workspace) -> None:
    """An identity number is known by its grammar, without any list."""
    pytest.importorskip("pyreadstat")
    from ektp_analytics.report.spss import write_sav

    table = run_period(office, "uji", PERIOD).data.tables["survey"]
    table = table.assign(occupation="NIK 9972995507880003")
    with pytest.raises(Refused) as refused:
        write_sav(table, office.root / "jawaban.sav", attributes=("occupation",))
    assert {finding.rule for finding in refused.value.findings} == {"exit_nik"}


def test_a_notebook_that_failed(office: Workspace, people: tuple[Any, ...]) -> None:
    """What is kept for mending is read by others too."""
    cells = [
        nbformat.v4.new_code_cell("x = 'a'", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("print(x)"),
        nbformat.v4.new_code_cell("1 / 0"),
    ]
    book = office.root / "buku.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book)
    keep = office.root / "data" / "processed" / "uji" / str(PERIOD)
    with pytest.raises(NotebookFailed) as failed:
        run_notebook(book, {"x": people[7].name}, folder=office.root, failed_folder=keep)
    assert failed.value.partial is None
    assert not keep.exists()
    with pytest.raises(NotebookFailed) as failed:
        run_notebook(book, {"x": "tanpa nama"}, folder=office.root, failed_folder=keep)
    assert failed.value.partial == keep / "buku.gagal.ipynb"


def test_an_executed_notebook_is_not_written(tmp_path: Path) -> None:
    """An identity number in an output stops it; the old notebook stays."""
    cells = [
        nbformat.v4.new_code_cell("office = 'uji'", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("'12345601019' + '00001'"),
    ]
    book, output = tmp_path / "buku.ipynb", tmp_path / "hasil.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book)
    output.write_text("lama", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        run_notebook(book, {"office": "uji"}, output)
    assert [finding.rule for finding in refused.value.findings] == ["exit_nik"]
    assert output.read_text(encoding="utf-8") == "lama"
    assert left_behind(tmp_path) == []
