"""Files made to end the process, fill the memory or read what is not theirs are refused."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from ektp_analytics.errors import Refused
from ektp_analytics.sources.files import ReadLimits
from ektp_analytics.sources.survey import read_survey

ELEMENTS = [f"u{place}" for place in range(1, 10)]
HEAD = ",".join(ELEMENTS)
ROW = ",".join(["3"] * 9)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write a small survey as Excel does."""
    path = tmp_path / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, ELEMENTS)
        for row in range(1, 7):
            sheet.write_row(row, 0, [3] * 9)
    return path


def edited(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the workbook again with one part changed."""
    target = path.with_name("edited.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return target


def rules(path: Path, **options: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_survey(path, **options)
    return [finding.rule for finding in refused.value.findings]


def test_a_bomb_is_refused_before_it_is_unpacked(workbook: Path) -> None:
    """A fifth of a megabyte that unpacks to 160, read with a memory that would not hold it."""
    bomb = edited(workbook, "xl/sharedStrings.xml", lambda part: part + b" " * 160_000_000)
    assert bomb.stat().st_size < 200_000
    lies = bomb.with_name("lies.xlsx")
    with zipfile.ZipFile(bomb) as archive:
        true = archive.getinfo("xl/sharedStrings.xml").file_size.to_bytes(4, "little")
    lies.write_bytes(bomb.read_bytes().replace(true, (1_000).to_bytes(4, "little")))
    code = """
import resource, sys
from ektp_analytics.errors import Refused
from ektp_analytics.sources.files import ReadLimits
from ektp_analytics.sources.survey import read_survey
import pandas, pyarrow, python_calamine
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 120_000_000, used + 120_000_000))
for path in sys.argv[1:]:
    try:
        read_survey(path, limits=ReadLimits(unpacked_megabytes=150))
    except Refused as refused:
        print(refused.findings[0].rule)
"""
    command = [sys.executable, "-c", code, str(bomb), str(lies)]
    if not Path("/proc/self/statm").exists():
        pytest.skip("needs /proc to bound the memory")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["file_unpacks_too_large", "file_unreadable"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(
    "entity", [b'"tawa"', b'SYSTEM "file:///etc/hostname"', b'"&a;&a;&a;&a;&a;"']
)
def test_no_entity_is_expanded(part: str, entity: bytes, workbook: Path) -> None:
    """Neither the thousand million laughs nor a file of the computer."""

    def change(content: bytes) -> bytes:
        start = content.index(b"?>") + 2
        kind = b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY e ' + entity + b">]>"
        named = content[start:].replace(b">u1<", b">&e;<").replace(b'"data"', b'"&e;"')
        return content[:start] + kind + named

    assert rules(edited(workbook, part, change)) == ["file_unreadable"]


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f"{HEAD}\n{ROW}\n" + "," * 1_000_000 + "\n")
    assert rules(path) == ["too_many_columns"]


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f"{HEAD},Saran\n{ROW}," + "x" * 1_000_000 + "\n")
    assert rules(path) == ["cell_too_long"]


def test_a_quotation_mark_never_closed_takes_no_row_along(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f'{HEAD},Saran\n{ROW},"baik\n' + f"{ROW},x\n" * 50)
    assert read_survey(path).read == 51


def test_the_limits_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(f"{HEAD},Saran\n" + f"{ROW},baik sekali\n" * 6)
    assert read_survey(path).kept == 6
    assert rules(path, limits=ReadLimits(columns=9)) == ["too_many_columns"]
    assert rules(path, limits=ReadLimits(cell_characters=10)) == ["cell_too_long"]
    assert rules(path, limits=ReadLimits(file_megabytes=0)) == ["file_too_large"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 5_000, b"PK\x03\x04", b"PAR1PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".xls", ".ods", ".parquet"])
def test_what_is_no_table_is_refused(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"survey{suffix}"
    path.write_bytes(content)
    assert rules(path)
