"""Registration counts and SIAK recaps. R.. are hard inputs seen in public bug reports."""

import csv
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from ektp_analytics.errors import Refused
from ektp_analytics.indicators.coverage import coverage
from ektp_analytics.sources.registrations import read_registrations

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEADER = ["Kode Kecamatan", "Kecamatan", "Keadaan tanggal", "Jumlah penduduk", "Wajib KTP",
          "Sudah rekam", "Memiliki KTP-el", "Belum rekam"]  # fmt: skip


def table(*rows, header=HEADER):
    return [header, *rows]


def row(code="16.07.01", name="Satu", day="2025-06-30", *counts):
    return [code, name, day, *(counts or (1000, 700, 690, 650, 10))]


def only(findings, rule):
    found = [f for f in findings if f.rule == rule]
    assert len(found) == 1
    return found[0]


def test_r01_the_denominator_is_the_obligated(write):
    """R01: population 1,000, obligated 700, holders 650: 92.86 percent, not 65.0."""
    result = read_registrations(write("r.csv", table(row())))
    assert coverage(result.table).rows[0].card_possession == pytest.approx(92.857142857)
    assert result.table[["population", "obligated", "holders"]].iloc[0].tolist() == [1000, 700, 650]


def test_r02_the_obligated_are_counted_by_the_office(write):
    """R02: a married 16-year-old is obligated: the count is the office's, never made from age."""
    header = ["Kecamatan", "Jumlah penduduk", "Sudah rekam"]
    result = read_registrations(write("r.csv", [header, ["Satu", 1000, 600]]))
    assert "obligated" not in result.table
    assert coverage(result.table).rows[0].recording_coverage is None


def test_r04_recorded_printed_and_held_stay_apart(write):
    """R04 (D): rule: holders is "memiliki KTP-el"; print-ready and recorded are their own."""
    header = ["Kecamatan", "Sudah rekam", "Siap cetak (PRR)", "Memiliki KTP-el"]
    found = read_registrations(write("r.csv", [header, ["Satu", 10, 1, 7]])).table.iloc[0]
    assert (found["recorded"], found["print_ready"], found["holders"]) == (10, 1, 7)


def test_r05_a_part_above_its_whole_gives_no_rate(write):
    """R05: population 1,000, "no data" 5,400: parts exceed the whole."""
    result = read_registrations(
        write("r.csv", table(row("16.07.01", "Satu", "2025-06-30", 1000, 700, 690, 650, 5400)))
    )
    assert "part_above_whole" in {f.rule for f in result.findings if f.severity == "error"}
    assert result.table["contradiction"].tolist() == ["part_above_whole"]
    assert coverage(result.table).rows[0].recording_coverage is None


def test_r07_recorded_and_not_recorded_must_make_the_whole(write):
    """R07: 900 + 130 against 1,000: difference 30, and no rate until the user decides."""
    counts = (1500, 1000, 900, 850, 130)
    result = read_registrations(
        write("r.csv", table(row("16.07.01", "Satu", "2025-06-30", *counts)))
    )
    finding = only(result.findings, "parts_miss_total")
    assert (finding.severity, finding.row, finding.details["difference"]) == ("error", 2, 30)
    found = coverage(result.table)
    assert found.rows[0].recording_coverage is None
    assert found.total.recording_coverage is None


def test_r08_a_published_percentage_is_read_as_it_is_printed():
    """R08: 12.983 beside 9.5: the column has decimal points, so it is 12.983 and not 12,983."""
    from ektp_analytics.sources.numbers import parse_numbers

    cells = pd.Series(["12.983", "9.5"], dtype="str")
    assert parse_numbers(cells, whole=False).values.tolist()[1] == 9.5


def test_r10_and_r13_codes_in_a_file(write):
    """R10, R13: a numeric 16.1 is an error; two coding systems in one column are named."""
    rows = [row(), [16.1, "Dua", "2025-06-30", 1000, 700, 690, 650, 10]]
    result = read_registrations(write("r.xlsx", table(*rows)))
    assert only(result.findings, "code_zero_lost").row == 3
    assert result.rejected == 1
    mixed = [row("35.78.01", "Satu"), row("3578020", "Dua")]
    found = read_registrations(write("m.csv", table(*mixed)))
    assert only(found.findings, "codes_mixed").details["systems"] == "BPS, Kemendagri"


def test_r11_a_split_kecamatan_has_its_own_code(write):
    """R11: parent and new district are two codes; nothing joins them by name."""
    rows = [row("16.07.01", "Induk", "2025-03-31", 20000, 10000, 9000, 8000, 1000),
            row("16.07.01", "Induk", "2025-06-30", 13000, 6500, 6000, 5500, 500),
            row("16.07.22", "Induk Baru", "2025-06-30", 7000, 3600, 3000, 2500, 600)]  # fmt: skip
    found = read_registrations(write("r.csv", table(*rows))).table
    assert found.groupby("as_of")["code"].apply(list).tolist() == [
        ["16.07.01"],
        ["16.07.01", "16.07.22"],
    ]


def test_r14_a_name_that_stands_twice_needs_a_code(write):
    """R14: 3603 and 3671 share a name: "name is not unique; use the code"."""
    header = ["Nama Kecamatan", "Keadaan", "Wajib KTP", "Sudah rekam"]
    rows = [["Tangerang", "2025-06-30", 700, 690], ["Tangerang", "2025-06-30", 900, 800],
            ["Serang", "2025-06-30", 500, 400]]  # fmt: skip
    result = read_registrations(write("r.csv", [header, *rows]))
    assert [f.row for f in result.findings if f.rule == "name_not_unique"] == [2, 3]
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    coded = [
        ["Kode", *header],
        *[[f"36.{k}", *r] for k, r in zip(("03", "71", "04"), rows, strict=True)],
    ]
    assert read_registrations(write("c.csv", coded)).kept == 3


def test_r16_and_r17_counts_stay_counts(write):
    """R16, R17: counts 12, 4, 1 of 17 and two bases of two dates stay whole and apart."""
    rows = [row("16.07.01", "Satu", "2025-03-31", 1500, 1000, 900, 900, 100),
            row("16.07.01", "Satu", "2025-06-30", 1450, 950, 900, 900, 50)]  # fmt: skip
    found = read_registrations(write("r.csv", table(*rows))).table
    assert found["holders"].diff().tolist()[1] == 0
    assert found["obligated"].diff().tolist()[1] == -50
    assert str(found["holders"].dtype) == "Int64"


RECAP = [
    ["REKAPITULASI PEREKAMAN KTP-EL"],
    ["Keadaan 31 Desember 2024"],
    ["No", "Kode", "Kecamatan", "WAJIB KTP", "", "", "SUDAH REKAM", "", "", "BELUM REKAM", "", ""],
    ["", "", "", "L", "P", "JML", "L", "P", "JML", "L", "P", "JML"],
    list(range(1, 13)),
    [1, "16.07.01", "Satu", 100, 110, 210, 90, 100, 190, 10, 10, 20],
    [2, "16.07.02", "Dua", 50, 50, 100, 40, 41, 81, 10, 9, 19],
    ["JUMLAH", "", "", 150, 160, 310, 130, 141, 271, 20, 19, 39],
    [],
    ["", "", "", "Contoh, 3 Januari 2025"],
]


def recap_with_merges(path):
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 11, RECAP[0][0])
    for column in (0, 1, 2):
        sheet.merge_range(2, column, 3, column, RECAP[2][column])
    for column in (3, 6, 9):
        sheet.merge_range(2, column, 2, column + 2, RECAP[2][column])
    for r, cells in enumerate(RECAP):
        for c, cell in enumerate(cells):
            if cell != "" and r not in (0, 2):
                sheet.write(r, c, cell)
    book.close()
    return path


@pytest.mark.parametrize(
    ("title", "day"),
    [("Keadaan 31 Desember 2024", (2024, 12, 31)), ("BULAN: DESEMBER 2024", (2024, 12, 31)),
     ("Semester I Tahun 2025", (2025, 6, 30)), ("Sumber: DKB Semester II 2024", (2024, 12, 31))],
)  # fmt: skip
def test_the_date_of_a_recap_stands_in_its_title(write, title, day):
    """Recaps date the whole table above it, by a day or by the month it closes."""
    rows = [[title], ["Kode", "Kecamatan", "Wajib KTP"], ["16.07.01", "Satu", 10]]
    result = read_registrations(write("r.xlsx", rows))
    assert result.table["as_of"].tolist() == [pd.Timestamp(*day)]
    assert only(result.findings, "date_from_title").severity == "note"


@pytest.mark.parametrize("merged", [True, False])
def test_a_siak_recap_is_read_as_a_cross_table(write, tmp_path, merged):
    """DESIGN §3: kecamatan rows, status x L/P/Jumlah columns, merged or blank-filled."""
    path = recap_with_merges(tmp_path / "m.xlsx") if merged else write("b.xlsx", RECAP)
    result = read_registrations(path)
    found = result.table
    assert found["code"].tolist() == ["16.07.01", "16.07.02"]
    assert found["obligated"].tolist() == [210, 100]
    assert found["recorded_male"].tolist() == [90, 40]
    assert found["not_recorded_female"].tolist() == [10, 9]
    assert found["as_of"].unique().tolist() == [pd.Timestamp(2024, 12, 31)]
    assert result.read == 2
    assert {f.rule for f in result.findings} == {
        "date_from_title", "summary_line", "header_line", "footer_line",
    }  # fmt: skip


def test_a_recap_of_three_header_rows(write):
    """Perekaman over Sudah and Belum over L/P/L+P."""
    rows = [["No", "Kecamatan", "Perekaman", "", "", "", "", ""],
            ["", "", "Sudah", "", "", "Belum", "", ""],
            ["", "", "L", "P", "L+P", "L", "P", "L+P"],
            [1, "Satu", 1, 2, 3, 4, 5, 9]]  # fmt: skip
    found = read_registrations(write("r.xlsx", rows)).table.iloc[0]
    assert (found["recorded"], found["not_recorded"], found["not_recorded_male"]) == (3, 9, 4)


def test_sex_above_status_is_the_same_table(write):
    """The two rows of the header may stand the other way round."""
    rows = [["Kecamatan", "L", "", "P", "", "Jumlah", ""],
            ["", "Wajib KTP", "Sudah rekam", "Wajib KTP", "Sudah rekam",
             "Wajib KTP", "Sudah rekam"],
            ["Satu", 10, 2, 3, 4, 13, 6]]  # fmt: skip
    found = read_registrations(write("r.xlsx", rows)).table.iloc[0]
    assert (found["obligated_male"], found["recorded_female"], found["recorded"]) == (10, 4, 6)


@pytest.mark.parametrize("pair", [("Sudah rekam L", "Sudah rekam P"),
                                  ("Sudah rekam (L)", "Sudah rekam (P)"),
                                  ("Sudah rekam laki-laki", "Sudah rekam perempuan"),
                                  ("sudah_rekam_lk", "sudah_rekam_pr")])  # fmt: skip
def test_counts_by_sex_in_one_header_row(write, pair):
    """Headers that name count and sex; without a total it is their sum, told in a note."""
    result = read_registrations(write("r.csv", [["Kecamatan", *pair], ["Satu", 40, 41]]))
    found = result.table.iloc[0]
    assert (found["recorded_male"], found["recorded_female"], found["recorded"]) == (40, 41, 81)
    assert only(result.findings, "count_from_sexes").severity == "note"


def test_sexes_that_miss_their_total_are_left_out(write):
    """L 40 + P 41 beside 90: the total stays, the figures by sex of the row go."""
    header = ["Kecamatan", "Sudah rekam", "Sudah rekam L", "Sudah rekam P"]
    result = read_registrations(write("r.csv", [header, ["Satu", 90, 40, 41]]))
    finding = only(result.findings, "sexes_miss_total")
    assert (finding.severity, finding.row, finding.details["difference"]) == ("error", 2, 9)
    assert result.table["recorded"].tolist() == [90]
    assert result.table["recorded_male"].isna().all()


def test_a_printed_total_is_compared_and_never_used(write):
    """DESIGN §4: a Jumlah row is compared; total = sum of rows."""
    rows = [row(), row("16.07.02", "Dua"), ["Jumlah", "", "", 2000, 1400, 1390, 1300, 20]]
    result = read_registrations(write("r.csv", table(*rows)))
    finding = only(result.findings, "total_differs")
    assert (finding.row, finding.column, finding.value, finding.details["total"]) == (
        4,
        "Sudah rekam",
        "1390",
        "1380",
    )
    assert result.table["recorded"].sum() == 1380


def test_a_total_without_its_word_is_no_kecamatan(write):
    """A row of figures that names no kecamatan may be the total: rejected, never added."""
    result = read_registrations(
        write("r.csv", table(row(), ["", "", "2025-06-30", 1000, 700, 690, 650, 10]))
    )
    assert only(result.findings, "row_without_name").row == 3
    assert result.kept == 1


@pytest.mark.parametrize("last", [["16.07", "Kabupaten Contoh"], ["", "KABUPATEN CONTOH"]])
def test_the_region_itself_is_a_total(write, last):
    """A recap ends with the whole kabupaten under its own name or code."""
    rows = [row(), row("16.07.02", "Dua"), [*last, "2025-06-30", 2000, 1400, 1380, 1300, 20]]
    result = read_registrations(write("r.csv", table(*rows)))
    assert result.account() == {"read": 2, "kept": 2, "rejected": 0, "repeats": 0}
    assert only(result.findings, "summary_line").row == 4
    assert "total_differs" not in {f.rule for f in result.findings}


def test_a_table_of_kabupaten_has_no_total_among_them(write):
    """Where every row is a kabupaten none of them is the total."""
    rows = [row("16.07", "Kabupaten Contoh"), row("16.71", "Kota Contoh")]
    assert read_registrations(write("r.csv", table(*rows))).kept == 2


def test_a_last_kecamatan_without_counts_stays(write):
    """DESIGN §4: a missing count makes rate and total null, naming the kecamatan."""
    rows = [row(), ["16.07.02", "Dua", "2025-06-30", "", "", "", "", ""]]
    result = read_registrations(write("r.csv", table(*rows)))
    assert result.kept == 2
    short = read_registrations(
        write(
            "s.csv", [["Kecamatan", "Wajib KTP", "Sudah rekam"], ["Satu", 10, 9], ["Dua", "", ""]]
        )
    )
    assert short.table["kecamatan"].tolist() == ["Satu", "Dua"]


def test_the_recap_of_bolaang_mongondow_is_read():
    """../shared/data: 15 kecamatan of 2021; recorded and not recorded make the obligated."""
    path = SHARED / "bolmong_2021_kecamatan_registration.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    result = read_registrations(path)
    assert result.account() == {"read": 15, "kept": 15, "rejected": 0, "repeats": 0}
    with path.open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    assert result.table["recorded"].tolist() == [int(r["sudah_rekam"]) for r in raw]
    assert result.table["population_male"].tolist() == [int(r["penduduk_lk"]) for r in raw]
    assert {f.rule for f in result.findings} == {"as_of_missing"}


def test_press_figures_are_read_with_their_contradictions():
    """../shared/data: 16 published figures, some of which miss their total."""
    path = SHARED / "ktp_el_recording_published_figures.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    result = read_registrations(path)
    assert result.account() == {"read": 16, "kept": 16, "rejected": 0, "repeats": 0}
    assert result.table["as_of"].iloc[0] == pd.Timestamp(2016, 8, 31)


def test_rows_on_one_date_are_told_once(write):
    """One code twice on one date with two contents: neither is used."""
    rows = [
        row(),
        row("16.07.01", "Satu", "2025-06-30", 1000, 700, 680, 650, 20),
        row("16.07.02", "Dua"),
    ]
    result = read_registrations(write("r.csv", table(*rows)))
    assert [f.row for f in result.findings if f.rule == "code_twice"] == [2, 3]
    assert result.kept == 1


def test_every_row_rejected_is_a_refusal(write):
    """DESIGN, files: every row rejected: exit 1."""
    rows = [row(), row("16.07.01", "Satu", "2025-06-30", 1000, 700, 680, 650, 20)]
    with pytest.raises(Refused) as refused:
        read_registrations(write("r.csv", table(*rows)))
    assert "every_row_rejected" in {f.rule for f in refused.value.findings}
