"""``ektp score`` as a user meets it: the four principles, each with its indicators."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]
Nulls = Callable[[Any], list[str]]

PRINCIPLES = ["participation", "transparency", "accountability", "rule_of_law"]
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy one bundled office into a workspace of its own."""
    root = tmp_path_factory.mktemp("kerja")
    shutil.copytree(REPOSITORY / "data" / "raw" / "sekadau", root / "data" / "raw" / "sekadau")
    return root


def test_the_object_has_the_keys_of_the_contract(
    ektp: Ektp, workspace: Path, nulls_without_reason: Nulls
) -> None:
    answer = ektp("score", "sekadau", "2019-S1", "--workspace", workspace, "--json")
    found = answer.record
    assert answer.code == 0
    assert (found["office"], found["period"]) == ("sekadau", "2019-S1")
    assert [p["key"] for p in found["principles"]] == PRINCIPLES
    for principle in found["principles"]:
        assert principle.keys() >= {
            "key", "score", "interval", "choices_range", "status", "bounds", "weight_assessed",
            "from_survey", "indicators",
        }  # fmt: skip
        low, high = principle["bounds"]
        assert low <= high
    assert found["overall"].keys() >= {"score", "interval", "geometric", "status", "bounds"}
    assert nulls_without_reason(found) == []


def test_a_survey_alone_leaves_no_principle_fully_assessed(ektp: Ektp, workspace: Path) -> None:
    found = ektp("score", "sekadau", "2019-S1", "--workspace", workspace, "--json").record
    assert {p["status"] for p in found["principles"]} <= {"partial", "not assessed"}
    assert found["overall"]["score"] is None
    assert found["reasons"]["overall.score"]


def test_an_alias_of_the_period_is_read(ektp: Ektp, workspace: Path) -> None:
    found = ektp("score", "sekadau", "2019-SEM1", "--workspace", workspace, "--json").record
    assert found["period"] == "2019-S1"


def test_what_if_changes_the_score_and_says_so(ektp: Ektp, workspace: Path) -> None:
    asked = ("score", "sekadau", "2019-S1", "--workspace", workspace)
    before = ektp(*asked, "--json").record["principles"][1]["score"]
    supposed = ektp(*asked, "--what-if", "skm_prosedur=100", "--json").record
    assert supposed["principles"][1]["score"] > before
    assert (
        "PENGANDAIAN, bukan keadaan: skm_prosedur = 100,0"
        in ektp(*asked, "--what-if", "skm_prosedur=100,0").out
    )


@pytest.mark.parametrize("pair", ["skm_tarif=90", "skm_prosedur=120"])
def test_what_if_refuses_what_cannot_be(ektp: Ektp, workspace: Path, pair: str) -> None:
    answer = ektp(
        "score", "sekadau", "2019-S1", "--workspace", workspace, "--what-if", pair, "--json"
    )
    assert answer.code == 1


def test_people_read_words_for_statuses(ektp: Ektp, workspace: Path) -> None:
    shown = ektp("score", "sekadau", "2019-S1", "--workspace", workspace)
    assert shown.code == 0
    assert "belum dinilai" in shown.out and "not assessed" not in shown.out
    assert "Skor gabungan tidak disajikan" in shown.out
    assert "DATA TERBITAN (49 responden yang terbaca)" in shown.out
    english = ektp("score", "sekadau", "2019-S1", "--workspace", workspace, "--lang", "en").out
    assert "not assessed" in english and "No overall score" in english
    assert "belum" not in english and "prinsip" not in english


def test_a_file_named_after_no_source_is_told(ektp: Ektp, workspace: Path) -> None:
    stray = workspace / "data" / "raw" / "sekadau" / "2019-S1" / "survei.csv"
    stray.write_text("persyaratan\n4\n", encoding="utf-8")
    try:
        answer = ektp("score", "sekadau", "2019-S1", "--workspace", workspace, "--json")
    finally:
        stray.unlink()
    assert "file_not_named_for_source" in answer.rules


def test_the_workspace_is_found_from_inside_it(
    ektp: Ektp, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "data" / "raw" / "sekadau")
    assert ektp("score", "sekadau", "2019-S1", "--json").code == 0


def test_no_workspace_is_one_sentence(
    ektp: Ektp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = ektp("score", "sekadau", "2019-S1", "--json")
    assert answer.code == 1 and answer.rules == ["workspace_not_found"]


def test_what_it_takes_to_reach_a_target_reaches_it(ektp: Ektp, workspace: Path) -> None:
    """Supposing the value that is needed gives the score that was asked for."""
    asked = ("score", "sekadau", "2019-S1", "--workspace", workspace, "--json")
    needed = ektp(*asked, "--target", "75").record["needed"]
    (price,) = [row for row in needed if row["code"] == "skm_persyaratan"]
    assert price["needed"] > price["value"]
    after = ektp(*asked, "--what-if", f"skm_persyaratan={price['needed']!r}").record
    assert after["principles"][1]["score"] == pytest.approx(75, abs=1e-6)


def test_what_is_not_enough_alone_says_so(
    ektp: Ektp, workspace: Path, nulls_without_reason: Nulls
) -> None:
    asked = ("score", "sekadau", "2019-S1", "--workspace", workspace, "--target", "100")
    record = ektp(*asked, "--json").record
    assert record["needed"] and all(row["needed"] is None for row in record["needed"])
    assert nulls_without_reason(record) == []
    assert "indikator ini saja tidak cukup" in ektp(*asked).out


def test_a_missing_source_is_named_in_words(ektp: Ektp, workspace: Path) -> None:
    told = ektp("score", "sekadau", "2019-S1", "--workspace", workspace).out
    assert "berkas log layanan (service_log) tidak disampaikan" in told


def test_an_own_catalogue_and_its_consistency_are_named(ektp: Ektp, workspace: Path) -> None:
    """Judgments of 2 : 1 : 1 contradict themselves nowhere: ratio nought."""
    path = workspace / "data" / "raw" / "sekadau" / "katalog.yaml"
    path.write_text(
        "version: kami\nahp:\n  transparency:\n    items: [published, certainty, clarity]\n"
        "    matrix: [[1, 2, 2], [1/2, 1, 1], [1/2, 1, 1]]\n",
        encoding="utf-8",
    )
    try:
        told = ektp("score", "sekadau", "2019-S1", "--workspace", workspace).out
    finally:
        path.unlink()
    assert "data/raw/sekadau/katalog.yaml (versi 1.0+kami)" in told
    assert "Bobot transparency dari perbandingan berpasangan, rasio konsistensi 0,000" in told
