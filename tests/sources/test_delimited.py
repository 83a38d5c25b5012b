"""Text tables with any usual separator and encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.sources.delimited import find_separator, read_delimited
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.survey import read_survey

ROWS = [["No", "Persyaratan", "Prosedur", "Saran"], ["1", "4", "3", "Januari–Maret"]]


def cells(path):
    log = FindingLog("survey", path.name)
    sheet = read_delimited(path, log)
    return sheet.cells.to_numpy().tolist(), [f.rule for f in log.findings()]


def test_s29_a_mark_of_encoding_is_no_part_of_the_header(write):
    """S29: EF BB BF before No,U1: the column is No."""
    path = write("s.csv", ROWS, encoding="utf-8-sig")
    assert cells(path)[0][0][0] == "No"
    assert read_survey(path).mapping["respondent_no"] == "No"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_s31_the_separator_is_found(write, separator):
    """S31: No;U1;U2 has three columns."""
    assert cells(write("s.csv", ROWS, separator=separator)) == (ROWS, [])


def test_s32_a_text_in_the_windows_code_page(write):
    """S32: byte 96 is an en dash in cp1252; read with a notice."""
    assert cells(write("s.csv", ROWS, encoding="cp1252")) == (ROWS, ["encoding_windows"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_unicode_in_every_usual_form(write, encoding):
    """UTF-8 and UTF-16, with and without mark."""
    assert cells(write("s.csv", ROWS, encoding=encoding)) == (ROWS, [])


def test_a_file_cut_inside_a_character_is_still_utf8(write):
    """A file cut off in the middle of a sign keeps all others, and the damage is told."""
    path = write("s.csv", ROWS)
    path.write_bytes(path.read_bytes() + "é é é".encode()[:-1])
    text, rules = cells(path)
    assert text[:2] == ROWS
    assert rules == ["encoding_damaged"]


def test_excels_own_separator_line_is_no_row(tmp_path):
    """sep=; in the first line is Excel's, no spreadsheet shows it."""
    path = tmp_path / "s.csv"
    path.write_text("sep=;\nNo;Persyaratan\n1;4\n", encoding="utf-8")
    assert cells(path)[0] == [["No", "Persyaratan"], ["1", "4"]]


def test_line_breaks_and_separators_inside_quotes(write):
    """A quoted answer may hold anything; rows are counted as the spreadsheet counts them."""
    rows = [["Persyaratan", "Saran"], ["4", "satu\ndua, tiga"], ["9", "x"]]
    result = read_survey(write("s.csv", rows))
    assert result.read == 2
    assert next(f for f in result.findings if f.rule == "answer_out_of_scale").row == 3


def test_a_quotation_mark_without_its_pair_loses_no_row(tmp_path):
    """An open quotation mark would swallow the rest of the file."""
    path = tmp_path / "s.csv"
    lines = ["Persyaratan,Saran", '4,"baik', "3,cukup cepat", "2,lama"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = read_survey(path)
    assert result.read == 3
    assert "quotes_unbalanced" in {f.rule for f in result.findings}


def test_only_blanks_is_empty(tmp_path):
    """A file of blanks holds no table."""
    path = tmp_path / "s.csv"
    path.write_text(" \n\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_survey(path)
    assert refused.value.findings[0].rule == "file_empty"


WORD = st.text(
    st.characters(codec="cp1252", exclude_characters=';,\t|"\r\n'), min_size=1, max_size=8
)


@given(
    st.sampled_from([";", ",", "\t", "|"]),
    st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=6),
)
def test_a_clean_table_shows_its_separator(separator, rows):
    """Cells without separators: the one that cuts every line is found."""
    assert find_separator("\n".join(separator.join(row) for row in rows)) == separator
