"""Dates and times as an Indonesian writes them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.sources.clock_times import parse_clock_times
from ektp_analytics.sources.dates import DateRules, parse_datetimes, read_period_ends
from ektp_analytics.sources.service_log import read_service_log


def read(*cells, **rules):
    kind = "str" if all(isinstance(c, str) for c in cells) else object
    return parse_datetimes(pd.Series(list(cells), dtype=kind), DateRules(**rules))


def first(cell, **rules):
    return read(cell, **rules).values.iloc[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12/03/2025 14.05.33", "2025-03-12 14:05:33"),
        ("12/3/2025 14:05", "2025-03-12 14:05"),
        ("2025/03/12 2:05:33 PM GMT+7", "2025-03-12 14:05:33"),
        ("2025-03-12T14:05:33.000+07:00", "2025-03-12 14:05:33"),
        ("2025-03-12T07:05:33Z", "2025-03-12 14:05:33"),
        ("Rabu, 12 Maret 2025 pukul 14.05 WIB", "2025-03-12 14:05"),
        ("Jum’at, 14 Maret 2025", "2025-03-14"),
        ("12-Mar-25", "2025-03-12"),
        ("12 Maret 2025, 14.05", "2025-03-12 14:05"),
        ("March 12 2025", "2025-03-12"),
        ("20250312", "2025-03-12"),
        ("31/03/2025 24.00", "2025-04-01"),
        ("12.03.2025", "2025-03-12"),
    ],
)
def test_usual_spellings(cell, expected):
    """DESIGN: 6 Nop 2025; Minggu, 16 Mar 2025; WIB; a form's own stamps."""
    assert first(cell) == pd.Timestamp(expected)


def test_s22_day_numbers_of_excel():
    """S22: 45748 is 1 April 2025; 45748.604167 is 14:30 of that day."""
    parsed = read(45748.0, 45748.604167)
    assert parsed.values.dt.strftime("%Y-%m-%d %H:%M").tolist() == [
        "2025-04-01 00:00",
        "2025-04-01 14:30",
    ]
    assert parsed.has_time.tolist() == [False, True]
    assert first("45748") == pd.Timestamp(2025, 4, 1)


def test_s23_a_workbook_that_counts_from_1904(write):
    """S23: 45748 in a 1904 book, beside text dates, is 2 April 2029; the book says so."""
    rows = [["Nomor permohonan", "Waktu daftar"], ["A", 45748], ["B", "3 April 2029"]]
    table = read_service_log(write("log.xlsx", rows, date_1904=True)).table
    assert table["registered_at"].tolist() == [pd.Timestamp(2029, 4, 2), pd.Timestamp(2029, 4, 3)]


def test_an_old_workbook_that_counts_from_1904(write):
    """The record DATEMODE of an XLS file ([MS-XLS] 2.4.77)."""
    rows = [["Nomor permohonan", "Waktu daftar"], ["A", 45748]]
    table = read_service_log(write("log.xls", rows, dates_1904=True)).table
    assert table["registered_at"].tolist() == [pd.Timestamp(2029, 4, 2)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("6 Nop 2025", (2025, 11, 6)), ("17 Agt 2025", (2025, 8, 17)),
     ("17 Agu 2025", (2025, 8, 17)),
     ("1 Mei 2025", (2025, 5, 1)), ("3 Pebruari 2025", (2025, 2, 3)),
     ("9 Okt 2025", (2025, 10, 9))],
)  # fmt: skip
def test_s37_month_names_old_and_new(cell, expected):
    """S37: Nop, Agt, Agu, Mei."""
    assert first(cell) == pd.Timestamp(*expected)


def test_s38_minggu_is_a_day_here():
    """S38: Minggu, 16 Mar 2025 07:30."""
    assert first("Minggu, 16 Mar 2025 07:30") == pd.Timestamp(2025, 3, 16, 7, 30)


def test_l16_a_stamp_of_another_zone_is_moved_to_the_offices():
    """L16 (D): rule: the office's own day. 31 March 23:30 WIB is 1 April 01:30 in WIT."""
    assert first("31 Maret 2025 23:30 WIB", zone="WIT") == pd.Timestamp(2025, 4, 1, 1, 30)
    assert first("31 Maret 2025 23:30", zone="WIT") == pd.Timestamp(2025, 3, 31, 23, 30)


def test_a_stamp_with_a_zone_from_parquet_is_moved_too(tmp_path):
    """A Parquet column in UTC is read in the office's time."""
    stamp = pd.to_datetime(["2025-03-31 16:30"]).tz_localize("UTC")
    path = tmp_path / "log.parquet"
    pd.DataFrame({"Nomor permohonan": ["A"], "Waktu daftar": stamp}).to_parquet(path)
    table = read_service_log(path, zone="WIT").table
    assert table["registered_at"].tolist() == [pd.Timestamp(2025, 4, 1, 1, 30)]


def test_l17_one_order_for_the_whole_column():
    """L17: 03/04/2025 beside 25/04/2025: 3 April and 25 April."""
    assert read("03/04/2025", "25/04/2025").values.tolist() == [
        pd.Timestamp(2025, 4, 3), pd.Timestamp(2025, 4, 25),
    ]  # fmt: skip


def test_a_column_that_mixes_orders_is_refused_naming_both_rows(write):
    """DESIGN: day-first and month-first in one column is an error naming both rows."""
    rows = [["Nomor permohonan", "Waktu daftar"], ["A", "25/04/2025"], ["B", "04/26/2025"]]
    with pytest.raises(Refused) as refused:
        read_service_log(write("log.csv", rows))
    finding = next(f for f in refused.value.findings if f.rule == "date_order_mixed")
    assert (finding.row, finding.value, finding.details["other_row"]) == (3, "04/26/2025", 2)


def test_a_month_first_column_is_read_so_with_a_warning():
    """A second number above 12 settles the order of the whole column."""
    parsed = read("04/26/2025", "04/03/2025")
    assert parsed.values.tolist() == [pd.Timestamp(2025, 4, 26), pd.Timestamp(2025, 4, 3)]
    assert parsed.month_first


def test_dates_that_a_spreadsheet_swapped_are_refused(write):
    """Excel with US settings makes 03/04 a date of 4 March and leaves 25/04 as text."""
    swapped = [dt.datetime(2025, 3, 4), dt.datetime(2025, 5, 4), dt.datetime(2025, 12, 4)]
    rows = [["Nomor permohonan", "Waktu daftar"]]
    rows += [
        [f"A{k}", d] for k, d in enumerate([*swapped, "25/04/2025", "13/04/2025", "30/04/2025"])
    ]
    with pytest.raises(Refused) as refused:
        read_service_log(write("log.xlsx", rows))
    assert {f.rule for f in refused.value.findings} == {"date_swapped"}


@pytest.mark.parametrize(
    "cell", ["31/02/2025", "2025-13-01", "12/03/2025 25.61", "30 Februari 2025"]
)
def test_dates_that_do_not_exist(cell):
    """Issue: dates that do not exist."""
    assert read(cell).problems["date_impossible"].tolist() == [True]


@pytest.mark.parametrize("cell", ["kemarin", "Maret", "12", "2025", "1 Marte 2025"])
def test_what_is_no_date(cell):
    """Named as unreadable, never guessed."""
    parsed = read(cell)
    assert parsed.problems["date_unreadable"].tolist() == [True]
    assert parsed.values.isna().all()


def test_a_zero_date_of_a_database_is_blank():
    """MySQL writes 0000-00-00 for no date."""
    parsed = read("0000-00-00 00:00:00", "2025-03-12 08:00:00")
    assert parsed.values.isna().tolist() == [True, False]
    assert not any(mask.any() for mask in parsed.problems.values())


@pytest.mark.parametrize("word", ["belum", "Dalam proses", "BELUM SELESAI"])
def test_not_yet_is_a_blank_with_a_note(write, word):
    """An open request may say so; rejecting its row would flatter the office."""
    rows = [["Nomor permohonan", "Waktu daftar", "Waktu cetak"], ["A", "2025-03-01", word],
            ["B", "2025-03-01", "2025-03-02"]]  # fmt: skip
    result = read_service_log(write("log.csv", rows))
    assert result.kept == 2
    assert [(f.rule, f.count) for f in result.findings] == [("date_not_yet", 1)]


def test_dates_without_a_time_of_day_are_told():
    """DESIGN: dates without time of day have a companion column."""
    assert read("12/03/2025", "13/03/2025 08.00").has_time.tolist() == [False, True]


def test_a_few_midnights_are_taken_as_written_and_many_are_dates():
    """Nothing is guessed from two stamps; a dozen at 00.00 did not all happen at midnight."""
    assert read("2025-03-12 00:00", "2025-03-13 00:00").has_time.all()
    assert not read(*(f"2025-03-{day:02d} 00:00" for day in range(1, 13))).has_time.any()


@pytest.mark.parametrize(
    ("cell", "day"),
    [("Desember 2024", (2024, 12, 31)),
     ("posisi Des 2024", (2024, 12, 31)), ("2024-S2", (2024, 12, 31)),
     ("Semester I 2025", (2025, 6, 30)), ("DKB Semester II Tahun 2024", (2024, 12, 31)),
     ("Triwulan III 2025", (2025, 9, 30)), ("2025", (2025, 12, 31))],
)  # fmt: skip
def test_a_stock_of_a_period_is_dated_its_last_day(cell, day):
    """Counts are a stock: posisi Desember 2024 is the end of the month."""
    cells = pd.Series([cell], dtype="str")
    dates, named = read_period_ends(cells, parse_datetimes(cells))
    assert dates.values.tolist() == [pd.Timestamp(*day)]
    assert named.tolist() == [True]


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31)))
def test_every_spelling_gives_the_same_instant(moment):
    """ISO, day first with slashes and dots, and with a month's name agree to the second."""
    moment = moment.replace(microsecond=0)
    months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
              "September", "Oktober", "November", "Desember"]  # fmt: skip
    spellings = [
        moment.isoformat(" "),
        moment.strftime("%d/%m/%Y %H.%M.%S"),
        f"{moment.day} {months[moment.month - 1]} {moment:%Y %H:%M:%S} WIB",
    ]
    assert {first(s) for s in spellings} == {pd.Timestamp(moment)}


@given(st.text(max_size=30))
def test_any_text_is_a_date_a_blank_or_a_problem(text):
    """Whatever is in a cell, the answer is a finding or a kept value."""
    parsed = read(text)
    problem = any(bool(mask.iloc[0]) for mask in parsed.problems.values())
    assert problem + parsed.values.notna().iloc[0] <= 1


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("08.00", 480), ("8:05 WIB", 485),
     ("pukul 07.30", 450), (dt.time(16, 0), 960), ("16:00:30", 960),
     ("0.333333333", 480)],
)  # fmt: skip
def test_times_of_day(cell, minutes):
    """Opening hours as offices write them."""
    parsed = parse_clock_times(pd.Series([cell], dtype=object))
    assert parsed.values.tolist() == [minutes]


@pytest.mark.parametrize("cell", ["25.00", "08.61", "pagi", "8"])
def test_what_is_no_time_of_day(cell):
    """Named as unreadable, never guessed."""
    assert parse_clock_times(pd.Series([cell])).problems["time_unreadable"].tolist() == [True]
