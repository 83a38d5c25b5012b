"""The profile a new office starts from is itself a right one, with every entry explained."""

import re
from pathlib import Path

import pytest
import yaml

from ektp_analytics.workspace import read_office
from ektp_analytics.workspace.new_profile import mapping_text, new_profile_text, region_of
from ektp_analytics.workspace.profile import KNOWN_ENTRIES, unknown_entries

NAME = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Banyuasin"


def _written(tmp_path: Path, more: str = "") -> Path:
    folder = tmp_path / "banyuasin"
    folder.mkdir()
    path = folder / "office.yaml"
    path.write_text(new_profile_text("banyuasin", NAME, "16.07") + more, encoding="utf-8")
    return path


def test_it_reads_back_without_a_finding(tmp_path: Path) -> None:
    path = _written(tmp_path)
    office = read_office(path)
    assert (office.id, office.name, office.code) == ("banyuasin", NAME, "16.07")
    assert unknown_entries(path) == ()


def test_what_is_commented_out_is_right_too(tmp_path: Path) -> None:
    """An officer takes away a # and must not meet an error of ours."""
    text = new_profile_text("banyuasin", NAME, "16.07")
    text = re.sub(r"(?m)^#(?=  |settings)", "", text)
    text = re.sub(r"(?m)^(kecamatan|promise|signatories|performance): \[\]", r"\1:", text)
    folder = tmp_path / "banyuasin"
    folder.mkdir()
    path = folder / "office.yaml"
    path.write_text(text, encoding="utf-8")
    office = read_office(path)
    assert office.kecamatan[0].code == "16.07.01"
    assert office.promises[0].limit == "3d"
    assert office.signatories[0].role == "head"
    assert office.performance[0].code == "IKU-1"
    assert office.setting("small_cell", None) == 5


def test_it_speaks_only_of_known_entries() -> None:
    entries = yaml.safe_load(new_profile_text("banyuasin", NAME, "16.07"))
    assert set(entries) <= set(KNOWN_ENTRIES)


def test_a_mapping_reads_back(tmp_path: Path) -> None:
    headers = {"waktu": 'Kata "cepat": \\ benar?', "biaya": "Biaya\nwajar?"}
    office = read_office(_written(tmp_path, mapping_text("survey", headers)))
    assert office.mapping("survey") == {
        "waktu": 'Kata "cepat": \\ benar?', "biaya": "Biaya wajar?",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "region"),
    [
        (NAME, "Kabupaten Banyuasin"),
        ("Disdukcapil Kota Palembang", "Kota Palembang"),
        ("Suku Dinas X", "Suku Dinas X"),
    ],
)
def test_the_region_follows_from_the_name(name: str, region: str) -> None:
    assert region_of(name) == region
