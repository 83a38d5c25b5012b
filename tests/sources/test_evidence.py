"""Coded statements."""

from ektp_analytics.sources.evidence import read_evidence

HEADER = ["Dokumen", "Prinsip", "Arah", "Parafrasa"]


def test_statements_are_coded_with_known_words(write):
    """Four principles, supporting or hindering; anything else is rejected."""
    rows = [HEADER, ["A", "Supremasi hukum", "menghambat", "hubungi 081200000004"],
            ["A", "Keadilan", "mendukung", "x"], ["A", "transparansi", "", "y"]]  # fmt: skip
    result = read_evidence(write("e.csv", rows))
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    assert result.table.iloc[0].tolist() == ["A", "rule_of_law", "hindering", "hubungi [12 angka]"]
    errors = {(f.rule, f.row) for f in result.findings if f.severity == "error"}
    assert errors == {("category_unknown", 3), ("cell_missing", 4)}
