"""``ektp skm`` as a user meets it.

Sekadau: "Nilai Hasil Survey Kepuasan Masyarakat Semester I 2019", 49 respondent rows
published by Kabupaten Sekadau; the index follows from them by PermenPAN-RB 14/2017,
annex: NRR sums 138 139 150 177 159 163 161 143 159 over 49 rows.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ektp = Callable[..., Any]
Nulls = Callable[[Any], list[str]]

KEYS = {
    "n", "index", "index_unrounded", "grade", "label", "partial", "elements_asked", "interval",
    "confidence", "elements", "weight_variants", "index_complete_cases", "to_next_band",
    "answers_to_flip", "flip_to", "read", "kept", "rejected", "repeats", "findings", "reasons",
}  # fmt: skip
ELEMENTS = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan",
    "sarana",
)  # fmt: skip
SUMS = (138, 139, 150, 177, 159, 163, 161, 143, 159)
HEADER = ",".join(ELEMENTS)


def _csv(tmp_path: Path, *rows: str, header: str = HEADER, name: str = "survei.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_sekadau_gives_the_published_figures(ektp: Ektp, sekadau: Path) -> None:
    answer = ektp("skm", sekadau, "--json")
    found = answer.record
    assert answer.code == 0
    assert (found["n"], found["read"], found["kept"]) == (49, 49, 49)
    assert (found["rejected"], found["repeats"]) == (0, 0)
    assert found["index"] == 78.74
    assert found["weight_variants"] == {"0.111": 78.66, "0.11": 77.95}
    assert (found["grade"], found["label"]) == ("B", "Baik")
    assert (found["answers_to_flip"], found["flip_to"]) == (38, "C")
    assert [e["key"] for e in found["elements"]] == list(ELEMENTS)
    assert [round(e["nrr"] * 49) for e in found["elements"]] == list(SUMS)
    # A is reached at 88.31 (PermenPAN-RB 14/2017, annex): 88.31 - 78.74.
    assert found["to_next_band"] == pytest.approx(9.57)
    low, high = found["interval"]
    assert low < 78.74 < high
    assert found["confidence"] == 0.95


def test_the_object_has_the_keys_of_the_contract(
    ektp: Ektp, sekadau: Path, nulls_without_reason: Nulls
) -> None:
    found = ektp("skm", sekadau, "--json").record
    assert found.keys() >= KEYS
    for element in found["elements"]:
        assert element.keys() >= {"key", "n", "blank", "nrr", "index", "grade"}
    assert nulls_without_reason(found) == []


def test_columns_by_number_warn_of_the_swapped_elements(ektp: Ektp, sekadau: Path) -> None:
    answer = ektp("skm", sekadau, "--json")
    warned = {f["column"] for f in answer.record["findings"] if f["rule"] == "column_by_number"}
    assert {"u8", "u9"} <= warned


def test_people_read_a_decimal_comma(ektp: Ektp, sekadau: Path) -> None:
    answer = ektp("skm", sekadau)
    assert answer.code == 0
    assert "IKM 78,74  mutu B (Baik)  n = 49" in answer.out
    assert "Dibaca 49 baris: dipakai 49, ditolak 0, pengulangan 0." in answer.out
    assert "78.74" not in answer.out


def test_english_is_english_throughout(ektp: Ektp, sekadau: Path) -> None:
    answer = ektp("skm", sekadau, "--lang", "en")
    assert "Index 78.74  grade B (Good)  n = 49" in answer.out
    assert "49 rows read: 49 kept, 0 rejected, 0 repeats." in answer.out
    assert "WARNING" in answer.err
    for word in ("unsur", "mutu", "Dibaca", "PERINGATAN", "Periksa", "Selang"):
        assert word not in answer.out + answer.err


def test_kept_is_counted_plus_outside_plus_below_the_rule_of_five(
    ektp: Ektp, tmp_path: Path
) -> None:
    path = _csv(
        tmp_path,
        "2025-01-10,3,3,3,4,3,3,3,3,3",
        "2025-02-10,4,3,3,4,3,3,3,3,3",
        "2025-02-11,4,3,3,4,,,,,",
        "2024-12-31,1,1,1,1,1,1,1,1,1",
        header="tanggal," + HEADER,
    )
    found = ektp("skm", path, "--json", "--period", "2025-Q1").record
    outside, below = 1, 1
    assert found["kept"] == 4 == found["n"] + outside + below
    assert found["elements"][0]["nrr"] == 3.5


def test_few_questionnaires_have_no_interval_and_say_why(
    ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls
) -> None:
    found = ektp("skm", _csv(tmp_path, "3,3,3,3,3,3,3,3,4"), "--json").record
    assert found["interval"] is None
    assert "interval" in found["reasons"]
    assert nulls_without_reason(found) == []


def test_a_blank_element_is_null_with_a_reason(
    ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls
) -> None:
    rows = ["3,3,3,4,3,3,3,3,", "4,3,4,4,3,3,3,3,"] * 6
    found = ektp("skm", _csv(tmp_path, *rows), "--json").record
    last = found["elements"][-1]
    assert (last["key"], last["n"], last["blank"]) == ("sarana", 0, 12)
    assert last["nrr"] is None and last["index"] is None and last["grade"] is None
    assert found["partial"] is True
    assert nulls_without_reason(found) == []


def test_grade_a_has_no_next_band(ektp: Ektp, tmp_path: Path, nulls_without_reason: Nulls) -> None:
    rows = ["4,4,4,4,4,4,4,4,4", "4,4,4,4,4,4,4,4,3"] * 6
    found = ektp("skm", _csv(tmp_path, *rows), "--json").record
    assert found["grade"] == "A"
    assert found["to_next_band"] is None
    assert nulls_without_reason(found) == []


def test_a_header_can_be_pointed_to(ektp: Ektp, tmp_path: Path) -> None:
    rows = ["3,3,2,4,3,3,3,3,3"] * 3
    path = _csv(tmp_path, *rows, header=HEADER.replace("waktu", "cepat atau lambat?"))
    found = ektp("skm", path, "--json", "--map", "waktu=cepat atau lambat?").record
    assert {e["key"]: e["nrr"] for e in found["elements"]}["waktu"] == 2.0


@pytest.mark.parametrize("pair", ["waktu=tidak ada", "cepat=waktu"])
def test_a_misspelt_map_names_what_there_is(ektp: Ektp, tmp_path: Path, pair: str) -> None:
    answer = ektp("skm", _csv(tmp_path, "3,3,2,4,3,3,3,3,3"), "--json", "--map", pair)
    assert answer.code == 1
    assert answer.record["ok"] is False
    told = " ".join(f["message"] + f["remedy"] for f in answer.record["findings"])
    assert "persyaratan" in told and "sarana" in told


def test_an_unknown_period_is_refused(ektp: Ektp, sekadau: Path) -> None:
    answer = ektp("skm", sekadau, "--period", "2019-Q9", "--json")
    assert answer.code == 1
    assert answer.rules == ["period_unreadable"]


def test_answers_that_contradict_their_labels_are_decided_by_the_user(
    ektp: Ektp, tmp_path: Path
) -> None:
    """A reversed list, "4 - Tidak sesuai": the office says which holds."""
    cells = '"4 - Tidak sesuai","4 - Tidak mudah","4 - Tidak cepat"'
    rows = [cells] * 3
    path = _csv(tmp_path, *rows, header="persyaratan,prosedur,waktu")
    refused = ektp("skm", path, "--json")
    assert refused.code == 1 and "labels_contradict" in refused.rules
    by_label = ektp("skm", path, "--json", "--answers", "label").record
    by_number = ektp("skm", path, "--json", "--answers", "number").record
    assert [e["nrr"] for e in by_label["elements"]] == [1.0, 1.0, 1.0]
    assert [e["nrr"] for e in by_number["elements"]] == [4.0, 4.0, 4.0]


def test_a_file_inside_a_workspace_is_read_as_its_profile_says(ektp: Ektp, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "raw" / "satu" / "2025-Q1"
    folder.mkdir(parents=True)
    (folder.parent / "office.yaml").write_text(
        'id: satu\nname: Dinas\nregion: Kabupaten\ncode: "16.07"\n'
        'mapping: {survey: {waktu: "Lekas?"}}\n',
        encoding="utf-8",
    )
    rows = ["3,3,2,4,3,3,3,3,3"] * 3
    header = HEADER.replace("waktu", "Lekas?")
    inside = ektp("skm", _csv(folder, *rows, header=header, name="survey.csv"), "--json").record
    outside = ektp("skm", _csv(tmp_path, *rows, header=header), "--json").record
    assert {e["key"]: e["nrr"] for e in inside["elements"]}["waktu"] == 2.0
    assert "waktu" not in {e["key"] for e in outside["elements"]}
