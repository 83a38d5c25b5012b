"""Answers for SPSS: codes and labels apart, a file that reads back as it was written."""

from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report.spss import codes_and_labels, write_sav

pyreadstat = pytest.importorskip("pyreadstat")
TABLE = pd.DataFrame(
    {
        "waktu": pd.array([4, 1, None], dtype="Int64"),
        "biaya": pd.array([4, 4, 3], dtype="Int64"),
        "importance_waktu": pd.array([4, 3, 4], dtype="Int64"),
        "sex": ["L", "P", None],
        "comment": ["telepon 0812…", "", None],
        "submission_key": ["a", "b", "c"],
    }
)


def test_codes_and_words_stand_in_columns_of_their_own() -> None:
    """Answers of the regulation for waktu: 1 tidak cepat … 4 sangat cepat."""
    frame = codes_and_labels(TABLE)
    assert list(frame.columns) == [
        "waktu", "waktu_label", "biaya", "biaya_label", "importance_waktu",
    ]  # fmt: skip
    assert frame["waktu_label"].iloc[0].casefold() == "sangat cepat"
    assert frame["waktu_label"].iloc[2] == ""
    assert frame["waktu"].dtype == "Int64"


def test_the_file_reads_back_with_its_labels(tmp_path: Path) -> None:
    path = write_sav(TABLE, tmp_path / "jawaban.sav")
    frame, about = pyreadstat.read_sav(path)
    assert set(frame.columns) == {"waktu", "biaya", "importance_waktu"}
    assert sorted(frame["waktu"].dropna()) == [1, 4]
    assert about.column_names_to_labels["waktu"] == "Waktu Penyelesaian"
    assert about.variable_value_labels["waktu"][4.0].casefold() == "sangat cepat"
    assert about.variable_measure["biaya"] == "ordinal"
    assert [p.name for p in tmp_path.iterdir()] == ["jawaban.sav"]


def test_attributes_only_where_asked_for(tmp_path: Path) -> None:
    path = write_sav(TABLE, tmp_path / "jawaban.sav", attributes=("sex",))
    frame, _ = pyreadstat.read_sav(path)
    assert set(frame["sex"]) == {"L", "P", ""}


@pytest.mark.parametrize("column", ["comment", "submission_key", "education"])
def test_comments_keys_and_absent_columns_are_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(Refused, match="sex"):
        write_sav(TABLE, tmp_path / "jawaban.sav", attributes=(column,))
    assert not list(tmp_path.iterdir())


def test_rows_are_ordered_by_their_answers(tmp_path: Path) -> None:
    """The order of the file tells nobody's place in the survey."""
    turned = TABLE.iloc[::-1]
    first, _ = pyreadstat.read_sav(write_sav(TABLE, tmp_path / "a.sav"))
    second, _ = pyreadstat.read_sav(write_sav(turned, tmp_path / "b.sav"))
    pd.testing.assert_frame_equal(first, second)


def test_a_table_without_answers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_sav(TABLE[["sex"]], tmp_path / "a.sav")
