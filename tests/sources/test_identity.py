"""Identity numbers and region codes are text."""

import pandas as pd
import pytest

from ektp_analytics.sources.identity import coding_systems, parse_keys, parse_region_codes
from ektp_analytics.sources.service_log import read_service_log


def test_s34_scientific_notation_is_no_key(write):
    """S34: 3.57801E+15 twice: digits are gone; an error, never a key of two persons."""
    rows = [["Nomor permohonan", "Waktu daftar"]]
    rows += [["3.57801E+15", "2025-03-01"], ["3.57801E+15", "2025-03-02"], ["A-3", "2025-03-03"]]
    result = read_service_log(write("log.csv", rows))
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    assert [f.rule for f in result.findings] == ["digits_lost", "digits_lost"]


def test_s35_sixteen_digits_in_a_numeric_cell_are_an_error(write):
    """S35: Excel keeps 15 digits, so a numeric cell of 16 is already wrong."""
    rows = [["Nomor permohonan", "Waktu daftar"]]
    rows += [[9171010101900001, "2025-03-01"], ["A-2", "2025-03-02"]]
    result = read_service_log(write("log.xlsx", rows))
    finding = next(f for f in result.findings if f.rule == "digits_lost")
    assert (finding.row, finding.value) == (2, "16 angka")
    assert result.rejected == 1


def test_s35_sixteen_digits_as_text_stay_apart(write):
    """S35: …0001 and …0000 are two ids; as NIKs they get two pseudonyms."""
    rows = [["Nomor permohonan", "Waktu daftar"]]
    rows += [["9171010101900001", "2025-03-01"], ["9171010101900000", "2025-03-02"]]
    result = read_service_log(write("log.csv", rows))
    ids = result.table["application_id"]
    assert ids.nunique() == 2
    assert ids.str.match(r"^p-[0-9a-f]{20}$").all()
    assert result.kept == 2


def test_a_pseudonym_is_the_same_for_the_same_number(write):
    """A keyed hash: the same NIK on the same computer gives the same pseudonym."""
    rows = [["Nomor permohonan", "Waktu daftar"], ["9171010101900001", "2025-03-01"]]
    first = read_service_log(write("a.csv", rows)).table["application_id"].iloc[0]
    second = read_service_log(write("b.csv", rows)).table["application_id"].iloc[0]
    assert first == second
    assert "917101" not in first


def test_numbers_keep_their_zeros():
    """000123 as text is no 123."""
    assert parse_keys(pd.Series(["000123", "A 1", ""])).values.fillna("?").tolist() == [
        "000123",
        "A 1",
        "?",
    ]


def test_r10_a_code_that_lost_its_zero_is_an_error():
    """R10: text 11.10 stays; numeric 11.1 may be 11.1 or 11.10."""
    codes = parse_region_codes(pd.Series(["11.10", 11.1], dtype=object))
    assert codes.values.fillna("?").tolist() == ["11.10", "?"]
    assert codes.problems["code_zero_lost"].tolist() == [False, True]
    as_text = parse_region_codes(pd.Series(["16.07.1"], dtype="str"))
    assert as_text.problems["code_zero_lost"].tolist() == [True]


def test_r13_two_coding_systems_are_told_apart():
    """R13: 35.78.01 and 3578010 are not joined by luck."""
    codes = parse_region_codes(pd.Series(["35.78.01", "3578010", "357801"], dtype="str")).values
    assert codes.tolist() == ["35.78.01", "3578010", "35.78.01"]
    assert coding_systems(codes) == {"Kemendagri", "BPS"}


@pytest.mark.parametrize("cell", ["Rambutan", "16-07-01", "99999999"])
def test_what_is_no_code(cell):
    """A name or another number in a column of codes is named."""
    assert parse_region_codes(pd.Series([cell])).problems["code_unreadable"].tolist() == [True]
