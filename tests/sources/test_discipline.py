"""Recorded violations, without persons."""

from ektp_analytics.sources.discipline import read_discipline

HEADER = ["NIP", "Tanggal dicatat", "Tingkat pelanggaran", "Sanksi", "Tanggal sanksi"]


def test_levels_and_persons(write):
    """Ringan, sedang, berat; the NIP stays outside."""
    rows = [
        HEADER,
        ["198001012005011001", "2025-03-03", "Disiplin ringan", "teguran lisan", "2025-03-05"],
    ]
    result = read_discipline(write("d.csv", rows))
    assert result.table["level"].tolist() == ["ringan"]
    assert "nip" not in " ".join(result.table.columns).lower()
    assert "198001012005011001" not in repr(result)


def test_two_equal_violations_of_one_day_are_two(write):
    """Without names they look alike; both count and the second is listed."""
    rows = [HEADER[1:], *[["2025-03-03", "ringan", "", ""]] * 2]
    result = read_discipline(write("d.csv", rows))
    assert result.kept == 2
    assert [f.row for f in result.findings if f.rule == "row_equal_kept"] == [3]


def test_a_sanction_dated_before_the_record_is_told(write):
    """Kept with a warning: the record may have been late."""
    result = read_discipline(
        write("d.csv", [HEADER[1:], ["2025-03-03", "berat", "x", "2025-02-03"]])
    )
    assert [f.rule for f in result.findings] == ["sanction_before_record"]
    assert result.kept == 1
