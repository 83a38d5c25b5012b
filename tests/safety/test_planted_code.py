"""Code comes from the installed package only: not from parameters, profiles or a folder."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.report.notebook_run import bundled_notebooks, find_notebook, run_notebook
from ektp_analytics.report.parameters import declared_parameters
from ektp_analytics.workspace import Workspace, read_office

SHADOWED = ("yaml", "babel", "holidays", "statistics", "ektp_analytics", "sitecustomize")
HOSTILE = (
    '"); import os; os.system("touch RAN"); ("',
    "\\'); open('RAN', 'w'); ('",
    "'''\nopen('RAN', 'w')\n'''",
    "\nopen('RAN', 'w')\n#",
    "{__import__('os').system('touch RAN')}",
    "{{ cycler.__init__.__globals__.os.system('touch RAN') }}",
    "!touch RAN",
    "%%bash\ntouch RAN",
    "\u2028open('RAN', 'w')\r",
)


def written(path: Path, *cells: str) -> Path:
    """Write a notebook with one parameter."""
    first = nbformat.v4.new_code_cell('value = ""', metadata={"tags": ["parameters"]})
    book = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, cells)])
    nbformat.write(book, path)
    return path


def printed(notebook: Any) -> str:
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    return "".join(o.text for o in outputs if o.output_type == "stream")


def test_code_in_parameters_arrives_as_text(tmp_path: Path) -> None:
    """All at once, as a mapping is the widest value that a notebook may be given."""
    first = nbformat.v4.new_code_cell("value = {}", metadata={"tags": ["parameters"]})
    second = nbformat.v4.new_code_cell("import json; print(json.dumps(value))")
    book = nbformat.v4.new_notebook(cells=[first, second])
    nbformat.write(book, tmp_path / "buku.ipynb")
    given = {text: text for text in HOSTILE}
    run = run_notebook(tmp_path / "buku.ipynb", {"value": given}, folder=tmp_path)
    assert json.loads(printed(run.notebook)) == given
    assert [p.name for p in tmp_path.iterdir()] == ["buku.ipynb"]


def test_a_module_in_the_workspace_hides_none_that_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SHADOWED:
        text = f"open({str(tmp_path / 'RAN')!r}, 'a').write({name!r})"
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    book = written(
        tmp_path / "buku.ipynb", "import yaml, babel, holidays, statistics, ektp_analytics"
    )
    for engine in ("ektp", "papermill"):
        run_notebook(book, {}, folder=tmp_path, engine=engine)
    assert not (tmp_path / "RAN").exists()


def test_a_bundled_name_never_means_a_file_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "quarterly_report", "open('RAN', 'w')")
    monkeypatch.chdir(tmp_path)
    assert find_notebook("quarterly_report") == bundled_notebooks()["quarterly_report"]


def test_a_notebook_whose_parameters_are_code_is_refused() -> None:
    cell = nbformat.v4.new_code_cell(
        "value = __import__('os').getcwd()", metadata={"tags": ["parameters"]}
    )
    with pytest.raises(Refused):
        declared_parameters(nbformat.v4.new_notebook(cells=[cell]), "buku.ipynb")


PROFILE = """id: uji
name: Dinas Uji
region: Kabupaten Uji
code: "99.02"
"""


@pytest.mark.parametrize(
    "text",
    [
        "label: !!python/object/apply:os.system ['touch RAN']",
        "label: !!python/name:os.system ''",
        "label: !!python/object/new:subprocess.Popen [['touch', 'RAN']]",
        "label: !include /etc/passwd",
    ],
)
def test_a_tag_in_a_profile_makes_no_object(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "uji" / "office.yaml"
    path.parent.mkdir()
    path.write_text(PROFILE + text)
    with pytest.raises(Refused) as refused:
        read_office(path)
    assert "baris" in str(refused.value) or "office.yaml" in str(refused.value)
    assert not (tmp_path / "RAN").exists()


@pytest.mark.parametrize("depth", [9, 30])
def test_a_bomb_of_aliases_is_refused_or_stays_small(depth: int, tmp_path: Path) -> None:
    """The "billion laughs": each line holds ten times the line before."""
    lines = ["a0: &a0 [tawa, tawa, tawa, tawa, tawa, tawa, tawa, tawa, tawa, tawa]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, depth)]
    path = tmp_path / "uji" / "office.yaml"
    path.parent.mkdir()
    path.write_text(PROFILE + "\n".join(lines) + f"\nlabel: *a{depth - 1}\n")
    with pytest.raises(Refused):
        read_office(path)


@pytest.mark.parametrize(
    "office_id",
    ["..", "../lain", "/etc", "a/../../b", "a\\..\\b", "C:", "con\x00", "", ".", "a b", "ÜJI", "~"],
)
def test_an_office_name_leads_nowhere_else(office_id: str, tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path.parent / "lain").mkdir(exist_ok=True)
    with pytest.raises(Refused):
        Workspace.find(tmp_path).office(office_id)


@given(st.text(max_size=20))
@settings(max_examples=100)
def test_no_period_text_makes_a_path(text: str) -> None:
    """What is read as a period is written back as letters, digits and a hyphen."""
    import re

    from ektp_analytics.periods import Period

    try:
        name = str(Period.parse(text))
    except Refused:
        return
    assert re.fullmatch(r"\d{4}(?:-(?:Q[1-4]|S[12]|\d{2}))?", name)


@pytest.mark.parametrize("link", ["office", "profile", "period", "file", "processed", "reports"])
def test_a_link_that_leads_out_of_the_workspace_is_refused(link: str, tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    (outside / "2025-Q4").mkdir(parents=True)
    (outside / "survey.csv").write_text("a")
    (outside / "office.yaml").write_text(PROFILE)
    root = tmp_path / "kerja"
    period = root / "data" / "raw" / "uji" / "2025-Q4"
    places = {
        "office": root / "data" / "raw" / "uji",
        "profile": root / "data" / "raw" / "uji" / "office.yaml",
        "period": period,
        "file": period / "survey.csv",
        "processed": root / "data" / "processed" / "uji",
        "reports": root / "reports" / "uji",
    }
    place = places[link]
    place.parent.mkdir(parents=True)
    (root / "data" / "raw").mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside / place.name if place.suffix else outside)
    from ektp_analytics.periods import Period

    when, found = Period.parse("2025-Q4"), Workspace.find(root)
    asked = {
        "office": lambda: found.office("uji"),
        "profile": lambda: found.office("uji"),
        "period": lambda: found.period_folder("uji", when),
        "file": lambda: found.source_files("uji", when, "survey"),
        "processed": lambda: found.processed_folder("uji", when),
        "reports": lambda: found.reports_folder("uji", when),
    }
    with pytest.raises(Refused) as refused:
        asked[link]()
    assert "link_leads_out" in {finding.rule for finding in refused.value.findings}
