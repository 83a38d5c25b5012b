"""An office scores by a catalogue of its own, without touching code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ektp_analytics.batch.fingerprint import fingerprint
from ektp_analytics.errors import Refused
from ektp_analytics.indicators import registry
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import indicator
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.periods import Period
from ektp_analytics.pipeline.data_files import check_path
from ektp_analytics.pipeline.own_catalogue import office_catalogue
from ektp_analytics.pipeline.run_period import run_period
from ektp_analytics.workspace import Workspace

OWN = """\
version: kami-1
indicators:
  antrean_daring:
    principle: transparency
    aspect: certainty
    weight: 1/4
    scored: true
    name: {id: Antrean daring, en: Online queue}
    definition: {id: Bagian pemohon bernomor daring., en: Share with an online number.}
    formula: {id: Bernomor daring dibagi semua., en: With an online number divided by all.}
    sources: [own_values]
    unit: percent
    direction: higher
    range: [0, 100]
    floor: 0
    floor_is_judgment: false
    target: 80
    material: 1
    uncertainty: event
    counter: null
    legal_basis: SK Kepala Dinas
    valid_from: 2024-01-01
weights:
  transparency.certainty: {schedule_given: 3/4, antrean_daring: 1/4}
"""
REWEIGHTED = (
    "version: wilayah\nweights:\n  participation: {reach: 1/2, equity: 1/4, engagement: 1/4}\n"
)
JUDGED = (
    "version: a\nahp:\n  participation:\n    items: [reach, equity, engagement]\n"
    "    matrix: [[1, 2, 4], [1/2, 1, 2], [1/4, 1/2, 1]]\n"
)
VALUES = "Kode indikator;Nilai indikator;Sumber nilai\nantrean_daring;{value};rekap mesin antrean\n"
QUARTER = "2025-Q1"


def _own(place: Workspace, text: str, *, all_offices: bool = False) -> Path:
    folder = place.raw if all_offices else place.raw / "kecil"
    path = folder / "katalog.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _value(place: Workspace, value: str) -> None:
    path = place.raw / "kecil" / QUARTER / "own_values.csv"
    path.write_text(VALUES.format(value=value), encoding="utf-8")


def _aspects(place: Workspace, principle: str) -> dict[str, float]:
    found = run_period(place, "kecil", QUARTER).scorecard[principle].aspects
    return {a.key.rpartition(".")[2]: a.score for a in found if a.score is not None}


def test_an_own_indicator_changes_the_score_as_computed_by_hand(place: Workspace) -> None:
    """60 of a target of 80 is 75 points; certainty = ¾ of the old aspect + ¼ · 75."""
    before = _aspects(place, "transparency")
    _own(place, OWN)
    _value(place, "60,0")
    run = run_period(place, "kecil", QUARTER)
    line = run.scorecard.line("antrean_daring")
    assert line.value.score == pytest.approx(75)
    assert "rekap mesin antrean" in " ".join(note.text() for note in line.value.notes)
    assert [f.file for f in line.value.sources] == [f"data/raw/kecil/{QUARTER}/own_values.csv"]
    certainty = 0.75 * before["certainty"] + 0.25 * 75
    expected = (before["published"] + certainty + before["clarity"]) / 3
    assert run.scorecard["transparency"].score == pytest.approx(expected)


def test_reweighting_changes_the_score_as_computed_by_hand(place: Workspace) -> None:
    """Reach at ½ and the others at ¼, laid down for every office of the workspace."""
    aspects = _aspects(place, "participation")
    _own(place, REWEIGHTED, all_offices=True)
    expected = aspects["reach"] / 2 + (aspects["equity"] + aspects["engagement"]) / 4
    found = run_period(place, "kecil", QUARTER).scorecard["participation"].score
    assert found == pytest.approx(expected)


def test_pairwise_judgments_weigh_and_their_ratio_is_kept(place: Workspace) -> None:
    """Judgments 4 : 2 : 1 contradict themselves nowhere; the weights are 4/7, 2/7, 1/7."""
    aspects = _aspects(place, "participation")
    _own(place, JUDGED)
    run = run_period(place, "kecil", QUARTER, save=True)
    weighed = (4 * aspects["reach"] + 2 * aspects["equity"] + aspects["engagement"]) / 7
    assert run.scorecard["participation"].score == pytest.approx(weighed)
    folder = place.processed_folder("kecil", Period.parse(QUARTER))
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    own = record["catalogue_own"]
    assert own["consistency_ratios"]["participation"] == pytest.approx(0, abs=1e-9)
    assert own["weights"]["participation"]["reach"] == pytest.approx(400 / 7)
    assert record["catalogue"].endswith("+a")


def test_the_offices_file_stands_on_that_of_all(place: Workspace) -> None:
    """Both are named in the version and both hold; each file is told with its SHA-256."""
    _own(place, REWEIGHTED, all_offices=True)
    _own(place, OWN)
    catalogue = office_catalogue(place, "kecil")
    assert catalogue.version.endswith("+wilayah+kami-1")
    assert float(catalogue.groups["participation"]["reach"]) == 0.5
    assert "antrean_daring" in catalogue.indicators
    files = run_period(place, "kecil", QUARTER).catalogue_files
    assert [f.file for f in files] == ["data/raw/katalog.yaml", "data/raw/kecil/katalog.yaml"]
    assert all(len(f.sha256) == 64 for f in files)


def test_without_a_value_the_own_indicator_is_not_assessed(place: Workspace) -> None:
    """No file, no row, a blank: each says why, and nothing is scored as nought."""
    _own(place, OWN)
    absent = run_period(place, "kecil", QUARTER).value("antrean_daring")
    _value(place, "")
    blank = run_period(place, "kecil", QUARTER).value("antrean_daring")
    for value, code in ((absent, "source_missing"), (blank, "own_value_blank")):
        assert (value.value, value.status) == (None, "not assessed")
        assert value.reason is not None and value.reason.code == code


def test_an_own_value_of_an_earlier_period_is_carried(place: Workspace) -> None:
    _own(place, OWN)
    _value(place, "60")
    moved = place.raw / "kecil" / "2024-Q4" / "own_values.csv"
    (place.raw / "kecil" / QUARTER / "own_values.csv").rename(moved)
    value = run_period(place, "kecil", QUARTER).value("antrean_daring")
    assert (value.value, value.status) == (60, "carried")


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Take a function registered in a test off the list again."""
    yield
    registry._computations.pop("antrean_daring", None)


@pytest.mark.usefixtures("forgotten")
def test_a_researchers_function_computes_an_own_indicator(place: Workspace) -> None:
    """The catalogue names the real source, a function registered in Python gives the value."""

    @indicator("antrean_daring")
    def antrean_daring(data: OfficeData) -> IndicatorValue:
        log = data.tables["service_log"]
        online = log["channel"].eq("online")
        return IndicatorValue(code="antrean_daring", value=100 * online.mean(), n=len(log))

    _own(place, OWN.replace("[own_values]", "[service_log]"))
    run = run_period(place, "kecil", QUARTER)
    log = run.data.tables["service_log"]
    expected = 100 * log["channel"].eq("online").sum() / len(log)
    assert run.value("antrean_daring").value == pytest.approx(expected)


def _refused(place: Workspace, text: str) -> tuple[str, str, int | None]:
    path = _own(place, text)
    with pytest.raises(Refused) as refused:
        run_period(place, "kecil", QUARTER)
    finding = refused.value.findings[0]
    checked = check_path(path)
    assert [f.rule for f in checked.findings] == [finding.rule]
    return finding.rule, finding.file, finding.row


@pytest.mark.parametrize(
    ("old", "new", "rule", "row"),
    [
        ("sources: [own_values]", "sources: [service_log]", "catalogue_without_value", 11),
        ("antrean_daring: 1/4}", "antrean_daring: 1/2}", "catalogue_weights_sum", 3),
        ("schedule_given: 3/4", "jadwal: 3/4", "catalogue_member_unknown", 24),
        ("target: 80", "target: 0", "catalogue_goalposts", 15),
        ("target: 80", "target: 180", "catalogue_field_wrong", 17),
        ("    legal_basis: SK Kepala Dinas\n", "", "catalogue_field_missing", 3),
        ("version: kami-1", "version: kami-1\nversion: 2", "yaml_duplicate_key", 2),
    ],
)
def test_a_wrong_catalogue_is_refused_with_file_and_line(
    place: Workspace, old: str, new: str, rule: str, row: int
) -> None:
    """By the run and by the check, at the line of the office's own file."""
    assert _refused(place, OWN.replace(old, new)) == (rule, "data/raw/kecil/katalog.yaml", row)


def test_contradicting_judgments_are_refused_at_their_line(place: Workspace) -> None:
    """Saaty (1980): above a ratio of 0.1 the judgments are to be looked at again."""
    wrong = JUDGED.replace("[1/4, 1/2, 1]", "[4, 1/2, 1]").replace("2, 4]", "2, 1/4]")
    assert _refused(place, wrong) == ("ahp_inconsistent", "data/raw/kecil/katalog.yaml", 5)


def test_a_catalogue_in_another_encoding_is_refused_at_its_line(place: Workspace) -> None:
    path = _own(place, OWN)
    path.write_bytes(OWN.replace("SK Kepala", "SK Kepála").encode("cp1252"))
    with pytest.raises(Refused) as refused:
        office_catalogue(place, "kecil")
    assert (refused.value.findings[0].rule, refused.value.findings[0].row) == (
        "yaml_unreadable",
        21,
    )


def test_results_are_made_again_when_the_own_catalogue_changes(place: Workspace) -> None:
    """A batch compares digests; the catalogue of the office and that of all belong to them."""
    period = Period.parse(QUARTER)
    digests = [fingerprint(place, "kecil", period, ("pdf",))]
    for text, for_all in ((OWN, False), (REWEIGHTED, True), (OWN + "\n", False)):
        _own(place, text, all_offices=for_all)
        digests.append(fingerprint(place, "kecil", period, ("pdf",)))
    assert len(set(digests)) == len(digests)
