"""What the user says of a file goes before what its office's profile says."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.pipeline.asked import Asked, owner_of

PROFILE = (
    'id: satu\nname: Dinas\nregion: Kabupaten\ncode: "16.07"\nzone: WITA\n'
    'mapping: {survey: {waktu: "Lekas?", biaya: "Ongkos?"}}\nanswers: {wins: label}\n'
)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Make an office and name one of its files."""
    folder = tmp_path / "data" / "raw" / "satu" / "2025-Q1"
    folder.mkdir(parents=True)
    (folder.parent / "office.yaml").write_text(PROFILE, encoding="utf-8")
    path = folder / "survey.csv"
    path.write_text("persyaratan\n4\n", encoding="utf-8")
    return path


def test_a_file_of_an_office_is_read_as_its_profile_says(survey: Path) -> None:
    how = Asked().options_for(survey, "survey")
    assert how.mapping == {"waktu": "Lekas?", "biaya": "Ongkos?"}
    assert (how.zone, how.answers_win) == ("WITA", "label")
    assert Asked().options_for(survey, "service_log").mapping == {}


def test_the_user_goes_first(survey: Path) -> None:
    asked = Asked({"waktu": "Cepat?"}, "Lembar2", "WIB", "number", "keep")
    how = asked.options_for(survey, "survey")
    assert how.mapping == {"waktu": "Cepat?", "biaya": "Ongkos?"}
    assert (how.sheet, how.zone, how.answers_win, how.repeats) == (
        "Lembar2", "WIB", "number", "keep",
    )  # fmt: skip


def test_outside_a_workspace_nothing_is_added(tmp_path: Path) -> None:
    how = Asked().options_for(tmp_path / "survei.csv", "survey")
    assert (how.mapping, how.zone, how.answers_win) == ({}, "WIB", None)


def test_whose_file_it_is(survey: Path, tmp_path: Path) -> None:
    office = owner_of(survey)
    assert office is not None and office.id == "satu"
    for path in (tmp_path, tmp_path / "data" / "raw", tmp_path / "data" / "raw" / "dua" / "a.csv"):
        assert owner_of(path) is None


def test_a_wrong_profile_is_in_the_way_of_no_single_file(survey: Path) -> None:
    (survey.parents[1] / "office.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(Refused):
        owner_of(survey)
    assert Asked().options_for(survey, "survey").mapping == {}
