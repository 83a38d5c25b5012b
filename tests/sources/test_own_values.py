"""Values of own indicators are numbers as an Indonesian writes them; nothing is guessed."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.own_values import read_own_values

HEADER = ["Kode indikator", "Nilai indikator", "Banyaknya yang dihitung"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("87,5", 87.5),
        ("87.5", 87.5),
        (87.5, 87.5),
        ("-3,25", -3.25),
        ("1.234,5", 1234.5),
        ("0,950", 0.95),
    ],
)
def test_decimals_and_signs(write, cell, value):
    """A comma is a decimal comma; a number below nought may be meant."""
    result = read_own_values(write("own_values.xlsx", [HEADER, ["antrean", cell, 240]]))
    assert result.table["value"].tolist() == [value]
    assert result.table["n"].tolist() == [240]


def test_a_lone_grouping_dot_is_asked_back(write):
    """1.325 alone is a thousand or one and a bit; the other row is kept."""
    rows = [HEADER, ["antrean", "1.325", 240], ["loket", "7", 3]]
    result = read_own_values(write("own_values.csv", rows))
    assert [f.rule for f in result.findings if f.severity == "error"] == ["number_ambiguous"]
    assert result.table["code"].tolist() == ["loket"]
    assert (result.read, result.kept, result.rejected) == (2, 1, 1)


def test_a_blank_value_is_kept_and_a_blank_code_is_not(write):
    rows = [HEADER, ["antrean", "", 240], ["", "7", 3]]
    result = read_own_values(write("own_values.csv", rows))
    assert result.table["code"].tolist() == ["antrean"]
    assert result.table["value"].isna().all()


def test_a_file_without_the_column_of_codes_is_refused(write):
    with pytest.raises(Refused) as refused:
        read_own_values(write("own_values.csv", [["Nilai indikator", "Satuan"], ["7", "persen"]]))
    assert any("Kode indikator" in f.message for f in refused.value.findings)
