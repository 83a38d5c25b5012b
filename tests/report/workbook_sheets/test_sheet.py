"""Names of sheets and guarded words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report.workbook_sheets.sheet import looks_like_formula, sheet_name

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_names_of_sheets_are_what_excel_takes(words: list[str]) -> None:
    r"""At most 31 characters, none of []:*?/\, no apostrophe at the ends, unlike the others."""
    names: list[str] = []
    for word in words:
        names.append(sheet_name(word, names))
    for name in names:
        assert 0 < len(name) <= 31
        assert not FORBIDDEN.search(name)
        assert name == name.strip("'")
    assert len({name.casefold() for name in names}) == len(names)


def test_a_long_name_is_cut_between_words() -> None:
    assert (
        sheet_name("4 Kesetaraan cakupan menurut jenis kelamin") == "4 Kesetaraan cakupan menurut"
    )


@pytest.mark.parametrize("words", ["=1", "+62", "-5", "@nama", "\tx", "\rx"])
def test_starts_that_a_program_reads_as_a_formula(words: str) -> None:
    """The six starts of OWASP's list on CSV injection."""
    assert looks_like_formula(words)


@pytest.mark.parametrize("words", ["–", "", "84,10", "Dinas = Kantor"])
def test_other_words_are_left_alone(words: str) -> None:
    assert not looks_like_formula(words)
