"""What must be published, and whether it is."""

from ektp_analytics.sources.publications import read_publications

HEADER = ["Butir", "Dipublikasikan", "Tempat publikasi", "Tanggal publikasi", "Periode isi"]


def test_yes_and_no_in_usual_words(write):
    """Ya, tidak, ada, belum, and ticks."""
    rows = [
        HEADER,
        *[
            [f"Butir {k}", word, "", "", ""]
            for k, word in enumerate(["ya", "Belum", "ada", "✓", "x"])
        ],
    ]
    assert read_publications(write("p.csv", rows)).table["published"].tolist() == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_an_item_named_jumlah_is_no_total(write):
    """A document may be called Jumlah …; it is an item, not a sum."""
    rows = [HEADER, ["Jumlah pengaduan dan tindak lanjut", "ya", "Situs", "2025-02-01", "2025-Q1"]]
    assert read_publications(write("p.csv", rows)).read == 1


def test_a_row_that_does_not_say_is_rejected(write):
    """An item neither published nor unpublished tells nothing."""
    rows = [
        HEADER,
        ["LAKIP", "", "", "", ""],
        ["Renstra", "entah", "", "", ""],
        ["Renja", "tidak", "", "2025-02-01", ""],
    ]
    result = read_publications(write("p.csv", rows))
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    assert {f.rule for f in result.findings} == {
        "cell_missing",
        "boolean_unreadable",
        "published_contradicts",
    }
