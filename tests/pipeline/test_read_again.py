"""A file is read once while it stays as it is, and anew when it changes."""

from pathlib import Path

from ektp_analytics.pipeline.read_again import read_again
from ektp_analytics.sources.result import ReadOptions

HEADER = "No,persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,pengaduan,sarana"


def _survey(path: Path, answer: int, rows: int) -> Path:
    lines = [",".join([str(row), *[str(answer)] * 9]) for row in range(rows)]
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def test_the_same_file_gives_the_same_result_without_reading_again(tmp_path: Path) -> None:
    path = _survey(tmp_path / "survey.csv", 3, 4)
    assert read_again("survey", path, ReadOptions()) is read_again("survey", path, ReadOptions())


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = _survey(tmp_path / "survey.csv", 3, 4)
    before = read_again("survey", path, ReadOptions())
    after = read_again("survey", _survey(path, 4, 5), ReadOptions())
    assert (before.kept, after.kept) == (4, 5)
    assert after.table["waktu"].tolist() == [4] * 5


def test_another_way_of_reading_is_another_result(tmp_path: Path) -> None:
    path = _survey(tmp_path / "survey.csv", 3, 4)
    swapped = ReadOptions(mapping={"waktu": "produk", "produk": "waktu"})
    assert read_again("survey", path, ReadOptions()) is not read_again("survey", path, swapped)
