"""Number formats that print as an Indonesian reads them."""

from ektp_analytics.report.workbook_sheets.styles import date_format, number_format


def test_formats_name_the_language_and_quote_the_sign() -> None:
    """421 is Windows' number of Indonesian (MS-LCID), 809 of British English."""
    assert number_format(2) == "[$-421]#,##0.00"
    assert number_format(1, "%") == '[$-421]#,##0.0"%"'
    assert number_format(0, lang="en") == "[$-809]#,##0"
    assert date_format() == "[$-421]d mmmm yyyy"
