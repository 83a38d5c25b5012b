"""Outreach events, planned and held."""

import pandas as pd

from ektp_analytics.sources.outreach import read_outreach

HEADER = [
    "Jenis kegiatan",
    "Kode kecamatan",
    "Sasaran",
    "Tanggal rencana",
    "Tanggal pelaksanaan",
    "Jumlah peserta",
]


def test_events_in_usual_words(write):
    """Mobil keliling is jemput_bola, masyarakat is warga; a blank held date is not held."""
    rows = [HEADER, ["Mobil keliling", "16.07.01", "masyarakat", "3 Maret 2025", "", ""],
            ["sosialisasi", "16.07.02", "perangkat desa", "", "5 Maret 2025", 40]]  # fmt: skip
    table = read_outreach(write("o.csv", rows)).table
    assert table["kind"].tolist() == ["jemput_bola", "sosialisasi"]
    assert table["audience"].tolist() == ["warga", "aparat"]
    assert table["held_on"].isna().tolist() == [True, False]
    assert table["held_on"].iloc[1] == pd.Timestamp(2025, 3, 5)


def test_an_event_without_a_date_is_rejected(write):
    """It belongs to no period."""
    rows = [
        HEADER,
        ["sosialisasi", "16.07.01", "warga", "", "", ""],
        ["sosialisasi", "16.07.01", "warga", "2025-03-03", "", ""],
    ]
    result = read_outreach(write("o.csv", rows))
    assert [(f.rule, f.row) for f in result.findings] == [("event_without_date", 2)]
    assert result.account() == {"read": 2, "kept": 1, "rejected": 1, "repeats": 0}
