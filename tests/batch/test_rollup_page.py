"""What a province reads of its offices: names, ranks, and every figure under its own head."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.batch.rollup import Rollup, roll_up
from ektp_analytics.batch.rollup_page import page
from ektp_analytics.batch.rollup_tables import class_name, printed, tables_of
from ektp_analytics.batch.tally import OfficeTally, names_of, tally_of
from ektp_analytics.errors import Language
from ektp_analytics.pipeline.run_period import run_period

OFFICES = ("satu", "dua", "tiga")


@pytest.fixture(scope="module")
def tallies(made_up: Path) -> list[OfficeTally]:
    return [tally_of(run_period(made_up, office, "2025-Q4")) for office in OFFICES]


@pytest.fixture(scope="module")
def found(tallies: list[OfficeTally]) -> Rollup:
    return roll_up(tallies, before=[replace(tallies[0], period="2025-Q3")])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_office_and_every_figure_is_on_the_page(found: Rollup, lang: Language) -> None:
    """No column takes the place of another, and no key of a program is printed."""
    tables = tables_of(found, lang)
    for table in tables:
        kept = [name for name in table.frame.columns if name not in ("high", "note")]
        shown = printed(table.frame.drop(columns="note", errors="ignore"), lang)
        assert shown.shape == (len(table.frame), len(kept))
    html = page(found, tables, lang)
    assert all(html.count(name) >= 5 for name in found.names.values())
    assert "jemput_bola" not in html
    assert "rule_of_law" not in html


def test_coverage_names_its_offices_and_of_how_many_the_sum_is(found: Rollup) -> None:
    """A count of offices once took the place of their names: both columns had one head."""
    table = next(table for table in tables_of(found) if table.key == "coverage")
    shown = printed(table.frame)
    assert shown["Kantor"].tolist() == [*found.names.values(), "Jumlah 3 kantor"]
    assert shown["Keadaan"].tolist()[0] == "31 Des 2025"
    assert shown["Keadaan"].tolist()[-1] == "–"


def test_an_office_without_the_file_is_named_and_a_table_without_offices_says_so(
    tallies: list[OfficeTally],
) -> None:
    """What is not in a table is told under its title; none is taken for zero."""
    bare = [replace(t, counts=t.counts[t.counts["part"].ne("answers")]) for t in tallies]
    told = {table.key: table for table in tables_of(roll_up([*tallies[:2], bare[2]]))}
    assert told["index"].note.endswith(f": {tallies[2].region}.")
    assert "Tidak ada di tabel" not in told["coverage"].note
    nobody = {table.key: table for table in tables_of(roll_up(bare))}
    assert nobody["index"].frame.empty
    assert nobody["index"].note.startswith("Belum dinilai")
    assert nobody["index"].note in page(roll_up(bare), list(nobody.values()))


def test_what_moved_stands_first(found: Rollup) -> None:
    """Rises and falls before what stayed, and counted in the note."""
    moves = found.moved.assign(verdict=["unchanged", "down"])
    table = next(t for t in tables_of(replace(found, moved=moves)) if t.key == "moved")
    assert table.frame["verdict"].tolist() == ["turun", "tidak berubah di luar ragam"]
    assert table.note.startswith("Naik 0, turun 1, selebihnya 1.")


def test_bounds_stand_together_and_an_empty_column_of_notes_is_left_out() -> None:
    frame = pd.DataFrame({"office": ["A"], "note": [""], "low": [78.043], "high": [80.759]})
    assert printed(frame).to_dict("list") == {"Kantor": ["A"], "Selang 95%": ["78,04–80,76"]}
    told = printed(frame.assign(note="sama"))
    assert told["Catatan"].tolist() == ["sama"]


def test_classes_have_the_names_an_official_knows() -> None:
    """Channel and sex are keys in the data; services print as an office wrote them."""
    assert class_name("channel", "jemput_bola") == "Jemput bola"
    assert class_name("sex", "L", "en") == "Men"
    assert class_name("service", "Akta Kelahiran") == "Akta Kelahiran"
    assert class_name("channel", "") == "(kosong)"


def test_offices_are_told_apart_whatever_they_are_called(tallies: list[OfficeTally]) -> None:
    """By region; by name where two share a region; with the id where they share that too."""
    one, two, three = tallies
    assert set(names_of(tallies).values()) == {t.region for t in tallies}
    shared = [one, replace(two, region=one.region), replace(three, region="")]
    assert list(names_of(shared).values()) == [one.name, two.name, three.name]
    same = [one, replace(two, region=one.region, name=one.name)]
    assert list(names_of(same).values()) == [f"{one.name} (satu)", f"{one.name} (dua)"]
