"""A class hidden in a report is hidden in each of its files, and in the data behind charts.

Made up: 137 respondents, three women and three of the army. Their counts, and those hidden
beside them, may stand in no file; what does stand there leaves a solver no narrow range.
"""

import base64
import csv
import html
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from python_calamine import CalamineWorkbook

from ektp_analytics.pipeline import run_period
from ektp_analytics.report.build import FORMATS, build_report
from ektp_analytics.report.published_text import Passage, passages
from ektp_analytics.standards.skm import elements

PERIOD = "2025-Q4"
SEX = {"L": 134, "P": 3}
WORK = {"Petani": 80, "Nelayan": 54, "Tentara": 3}
N = sum(SEX.values())
HIDDEN = {"Laki-laki": 134, "Perempuan": 3, "Nelayan": 54, "Tentara": 3}
SHARES = ("97,8", "39,4", "2,2")
SMALLEST = 5
Files = dict[Path, list[Passage]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Build every file of the report and take each apart."""
    root = tmp_path_factory.mktemp("sel") / "kerja"
    folder = root / "data" / "raw" / "uji" / PERIOD
    folder.mkdir(parents=True)
    profile = {"id": "uji", "name": "Dinas Uji", "region": "Kabupaten Uji", "code": "99.02"}
    (folder.parent / "office.yaml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    sexes = [name for name, size in SEX.items() for _ in range(size)]
    work = [name for name, size in WORK.items() for _ in range(size)]
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        keys = [element.key for element in elements()]
        rows.writerow(["Tanggal", "Jenis Kelamin", "Pekerjaan", *keys])
        for k, (one, does) in enumerate(zip(sexes, work, strict=True)):
            answers = [2 + (k + e) % 3 for e in range(len(keys))]
            rows.writerow([f"{1 + k % 28:02d}/11/2025", one, does, *answers])
    run = run_period(root, "uji", PERIOD, save=True)
    built = build_report(root, "uji", PERIOD, formats=FORMATS, run=run)
    return {path: list(passages(path)) for path in built.files}


def text_of(found: list[Passage]) -> str:
    return "\n".join(passage.text for passage in found)


def test_every_format_tells_who_answered(files: Files) -> None:
    """Or the tests below would look at nothing."""
    suffixes = {path.suffix for path, found in files.items() if "Perempuan" in text_of(found)}
    assert suffixes >= {".html", ".docx", ".csv", ".xlsx"}
    page = next(text_of(found) for path, found in files.items() if path.suffix == ".html")
    assert re.search(r"\b80 · 58,4%", page.replace("*", ""))


def test_no_hidden_count_stands_beside_its_class(files: Files) -> None:
    for path, found in files.items():
        text = text_of(found)
        for name, count in HIDDEN.items():
            beside = rf"{name}\W{{0,12}}(?<!< ){count}\b(?! angka)"
            assert not re.search(beside, text), (path.name, name)


def test_no_share_of_a_hidden_count_stands_anywhere(files: Files) -> None:
    for path, found in files.items():
        for share in SHARES:
            assert not re.search(rf"(?<![\d.,]){share}\d*\s?%", text_of(found)), path.name


def test_a_row_of_a_table_gives_no_number_to_a_hidden_class(files: Files) -> None:
    """Workbooks and text tables, cell by cell, whatever their shape."""
    looked_at = 0
    for path in files:
        for row in rows_of(path):
            names = [str(cell).strip() for cell in row]
            if any(hidden in name for hidden in HIDDEN for name in names):
                looked_at += 1
                numbers = [c for c in row if re.fullmatch(r"[\d.,]+\s?%?", str(c).strip())]
                assert numbers == [], (path.name, row)
    assert looked_at >= len(SEX)


def rows_of(path: Path) -> list[list[Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream, delimiter=";"))
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        return [
            row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
        ]
    return []


def test_the_data_behind_the_charts_hold_no_hidden_count(files: Files) -> None:
    """Arrays that plotly packed are unpacked; the classes shown are there."""
    page = next(path for path in files if path.suffix == ".html").read_text(encoding="utf-8")
    blocks = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    numbers = {n for block in blocks for n in numbers_in(json.loads(html.unescape(block)))}
    assert 80.0 in numbers
    assert numbers & {134.0, 54.0, round(13400 / 137, 4), round(5400 / 137, 4)} == set()


def numbers_in(value: Any) -> list[float]:
    """Return every number of the traces, not those of the page's layout."""
    if isinstance(value, dict):
        if {"dtype", "bdata"} <= set(value):
            packed = base64.b64decode(value["bdata"])
            return [round(float(n), 4) for n in np.frombuffer(packed, dtype=value["dtype"])]
        kept = (inner for key, inner in value.items() if key != "layout")
        return [number for inner in kept for number in numbers_in(inner)]
    if isinstance(value, list):
        return [number for inner in value for number in numbers_in(inner)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [round(float(value), 4)] if is_number else []


def test_all_that_is_told_leaves_a_wide_range(files: Files) -> None:
    """Every count that any file tells of a class, with the number of all, as equations."""
    told: dict[str, set[int]] = {}
    for found in files.values():
        for name, count in re.findall(
            r"(Laki-laki|Perempuan|Petani|Nelayan|Tentara)\W{0,6}?(\d+) ·", text_of(found)
        ):
            told.setdefault(name, set()).add(int(count))
    assert told == {"Petani": {80}}
    for sizes, names in ((SEX, ("Laki-laki", "Perempuan")), (WORK, tuple(WORK))):
        left = sum(sizes.values()) - sum(next(iter(told[name])) for name in names if name in told)
        unknown = [name for name in names if name not in told]
        assert len(unknown) > 1
        assert left >= SMALLEST, "each unknown may be any number from nobody to all that is left"
