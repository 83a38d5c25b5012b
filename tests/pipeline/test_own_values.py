"""The values of own indicators are checked against the office's catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.pipeline.own_values import checked_values
from ektp_analytics.sources.own_values import read_own_values
from ektp_analytics.sources.result import ReadResult

ENTRY = """\
  {code}:
    principle: transparency
    aspect: certainty
    weight: 1/3
    scored: true
    name: {{id: {code}, en: {code}}}
    definition: {{id: d, en: d}}
    formula: {{id: f, en: f}}
    sources: [own_values]
    unit: {unit}
    direction: higher
    range: {span}
    floor: 0
    floor_is_judgment: false
    target: 1
    material: 1
    uncertainty: event
    counter: null
    legal_basis: SK
    valid_from: 2025-01-01
"""
TEXT = (
    "version: a\nindicators:\n"
    + ENTRY.format(code="antrean", unit="percent", span="[0, 100]")
    + ENTRY.format(code="rasio_loket", unit="ratio", span="[0, null]")
    + "weights:\n  transparency.certainty: equal\n"
)
HEADER = "Kode indikator;Nilai indikator;Satuan nilai;Selang 95% bawah;Selang 95% atas\n"
GOOD = "rasio_loket;0,75;rasio;;\n"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(TEXT)


def _checked(folder: Path, catalogue: Catalogue, *rows: str) -> ReadResult:
    path = folder / "own_values.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows) + GOOD, encoding="utf-8")
    return checked_values(read_own_values(path), catalogue)


@pytest.mark.parametrize(
    ("row", "rule", "said"),
    [
        ("antrian;50;;;", "own_value_unknown", "antrean"),
        ("skm_waktu;80;;;", "own_value_computed", "skm_waktu"),
        ("antrean;101;;;", "indicator_out_of_range", "sampai 100"),
        ("antrean;-1;;;", "indicator_out_of_range", "-1"),
        ("antrean;50;jam;;", "own_value_unit", "persen"),
        ("antrean;50;persen;55;60", "own_value_interval", "50"),
        ("antrean;50;persen;45;", "own_value_interval", "50"),
        ("antrean;50;persen;45;101", "own_value_interval", "50"),
        ("antrean;lima puluh;persen;;", "number_unreadable", "lima puluh"),
    ],
)
def test_a_row_that_gives_no_usable_value_is_rejected_at_its_row(
    tmp_path: Path, catalogue: Catalogue, row: str, rule: str, said: str
) -> None:
    result = _checked(tmp_path, catalogue, row)
    (finding,) = (f for f in result.findings if f.severity == "error")
    assert (finding.rule, finding.row) == (rule, 2)
    assert finding.file == "own_values.csv"
    assert said in f"{finding.message} {finding.remedy}"
    assert result.table["code"].tolist() == ["rasio_loket"]
    assert (result.read, result.kept, result.rejected, result.repeats) == (2, 1, 1, 0)


@pytest.mark.parametrize("unit", ["persen", "%", "Percent", ""])
def test_a_right_row_is_kept_as_written(tmp_path: Path, catalogue: Catalogue, unit: str) -> None:
    result = _checked(tmp_path, catalogue, f"antrean;87,5;{unit};82,1;91")
    first = result.table.iloc[0]
    assert (first["value"], first["low"], first["high"]) == (87.5, 82.1, 91)
    assert not [f for f in result.findings if f.severity == "error"]


def test_a_percentage_of_at_most_one_is_kept_and_questioned(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """A cell formatted as percent holds 0.95: the unit is declared, never guessed."""
    result = _checked(tmp_path, catalogue, "antrean;0,95;;;")
    assert [f.rule for f in result.findings if f.severity == "warning"] == ["own_value_fraction"]
    assert result.table["value"].tolist() == [0.95, 0.75]


def test_one_code_with_two_values_is_a_conflict(tmp_path: Path, catalogue: Catalogue) -> None:
    result = _checked(tmp_path, catalogue, "antrean;50;;;", "antrean;60;;;")
    assert {f.rule for f in result.findings} == {"id_conflict"}
    assert result.table["code"].tolist() == ["rasio_loket"]


def test_a_file_without_one_usable_row_is_refused_with_every_finding(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "own_values.csv"
    path.write_text(HEADER + "antrian;50;;;\nskm_biaya;50;;;\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        checked_values(read_own_values(path), catalogue)
    rules = [f.rule for f in refused.value.findings]
    assert rules == ["own_value_unknown", "own_value_computed", "every_row_rejected"]
