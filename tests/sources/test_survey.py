"""Survey files as forms export them. S.. are hard inputs seen in public bug reports."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.indicators.skm import skm_index
from ektp_analytics.sources.survey import read_survey
from ektp_analytics.standards.skm import elements

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
KEYS = [e.key for e in elements()]
LABELS = {
    "persyaratan": "Persyaratan", "prosedur": "Prosedur", "waktu": "Waktu", "biaya": "Biaya",
    "produk": "Produk", "kompetensi": "Kompetensi", "perilaku": "Perilaku",
    "pengaduan": "Penanganan pengaduan", "sarana": "Sarana",
}  # fmt: skip
ANNEX_QUESTIONS = {
    "persyaratan": "1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan "
    "jenis pelayanannya?",
    "prosedur": "2. Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "waktu": "3. Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan? ",
    "biaya": "4. Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "produk": "5. Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang "
    "tercantum dalam standar pelayanan dengan hasil yang diberikan?",
    "kompetensi": "6.  Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas?",
    "perilaku": "7. Bagaimana pendapat Saudara perilaku petugas dalam pelayanan terkait "
    "kesopanan dan keramahan?",
    "sarana": "8. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "pengaduan": "9. Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
}


HEADER_WORDS = ["Persyaratan", "Prosedur", "Waktu"]


def form(*answers, header=None, before=(), **extra):
    """Rows of a survey with one column per element, in the regulation's order."""
    header = list(header or LABELS.values())
    return [[*before, *header, *extra], *[[*row, *extra.values()] for row in answers]]


def rules(findings):
    return {f.rule for f in findings}


def only(findings, rule):
    found = [f for f in findings if f.rule == rule]
    assert len(found) == 1
    return found[0]


def test_s01_a_whole_question_with_number_and_stray_spaces_is_the_header(write):
    """S01: the trailing space and the number are no part of the name."""
    path = write("s.xlsx", [["11. Apa pendapat Anda soal kemampuan petugas ", "Usia"], [3, 30]])
    result = read_survey(path)
    assert result.mapping["kompetensi"] == "11. Apa pendapat Anda soal kemampuan petugas"
    assert result.table["kompetensi"].tolist() == [3]


def test_the_questions_of_the_regulation_are_headers(write):
    """PermenPAN-RB 14/2017, annex: the questionnaire's own wording, in any order."""
    header = list(reversed(ANNEX_QUESTIONS.values()))
    path = write("s.csv", [header, [1, 2, 3, 4, 1, 2, 3, 4, 1]])
    result = read_survey(path)
    assert result.mapping == {k: v.strip() for k, v in ANNEX_QUESTIONS.items()}
    assert result.table.iloc[0].to_dict() == dict(
        zip(reversed(ANNEX_QUESTIONS), [1, 2, 3, 4, 1, 2, 3, 4, 1], strict=True)
    )


def test_s02_the_form_has_another_order_than_the_regulation(write):
    """S02: staff behaviour first, all 1; the other eight all 4: it is lowest, IKM 91.67."""
    header = ["Apa pendapat Anda tentang perilaku petugas?"]
    header += [label for key, label in LABELS.items() if key != "perilaku"]
    result = read_survey(write("s.csv", [header, *[[1] + [4] * 8] * 10]))
    index = skm_index(result.table)
    assert result.table[KEYS].mean().idxmin() == "perilaku"
    assert result.table["perilaku"].mean() == 1.0
    assert index.summary.index == 91.67


def test_s04_a_local_stamp_with_dots_in_its_time(write):
    """S04: Cap waktu 12/03/2025 14.05.33 is 12 March, not blank and not 3 December."""
    path = write("s.csv", [["Cap waktu", "Persyaratan"], ["12/03/2025 14.05.33", 4]])
    stamp = read_survey(path).table["submitted_at"].iloc[0]
    assert stamp == pd.Timestamp(2025, 3, 12, 14, 5, 33)


def test_s05_the_later_submission_with_the_same_key_counts(write):
    """S05: 09:00 all 2, 09:05 all 4: one respondent, the later; one repeat told."""
    header = ["_uuid", "Timestamp", *LABELS.values()]
    rows = [["a-1", "2025-03-01 09:00:00", *[2] * 9], ["a-1", "2025-03-01 09:05:00", *[4] * 9]]
    result = read_survey(write("s.csv", [header, *rows]))
    assert result.account() == {"read": 2, "kept": 1, "rejected": 0, "repeats": 1}
    assert result.table[KEYS].iloc[0].tolist() == [4] * 9
    assert only(result.findings, "submission_replaced").row == 2


def test_one_key_with_two_contents_and_no_time_is_a_conflict(write):
    """DESIGN, survey: same key without times and different answers is a conflict."""
    header = ["_uuid", *LABELS.values()]
    rows = [["a-1", *[2] * 9], ["a-1", *[4] * 9], ["b-1", *[3] * 9]]
    result = read_survey(write("s.csv", [header, *rows]))
    assert result.account() == {"read": 3, "kept": 1, "rejected": 2, "repeats": 0}
    assert [f.row for f in result.findings if f.rule == "id_conflict"] == [2, 3]


def test_exact_repeats_of_a_conflicting_key_count_as_repeats(write):
    """DESIGN, files: exact repeats count as repeats even of a conflicting id."""
    header = ["_uuid", *LABELS.values()]
    rows = [["a-1", *[2] * 9], ["a-1", *[2] * 9], ["a-1", *[4] * 9], ["b-1", *[3] * 9]]
    result = read_survey(write("s.csv", [header, *rows]))
    assert result.account() == {"read": 4, "kept": 1, "rejected": 2, "repeats": 1}


def test_s07_five_equal_forms_within_a_minute_are_kept_and_listed(write):
    """S07 (D): without a key nobody knows; rule: kept, always listed as suspicious."""
    header = ["Cap waktu", *LABELS.values()]
    rows = [[f"12/03/2025 10.00.{10 * k:02d}", *[4, 3, 4, 4, 3, 4, 4, 3, 4]] for k in range(5)]
    result = read_survey(write("s.csv", [header, *rows]))
    finding = only(result.findings, "answers_burst")
    assert result.kept == 5
    assert (finding.count, finding.rows, finding.severity) == (5, (2, 3, 4, 5, 6), "warning")


def test_equal_forms_without_key_or_time_are_kept(write):
    """DESIGN, survey: equal answers without a key or time are kept; a running number is none."""
    result = read_survey(
        write("s.csv", [["No", *LABELS.values()], *[[k, *[4] * 9] for k in (1, 2)]])
    )
    assert result.account() == {"read": 2, "kept": 2, "rejected": 0, "repeats": 0}
    assert only(result.findings, "straight_line").count == 2


@pytest.mark.parametrize("name", ["s.csv", "s.xlsx", "s.ods", "s.xls"])
def test_s13_a_blank_in_the_first_row_leaves_its_column(write, name):
    """S13: row 1 U4 empty, rows 2-5 filled: column found, four valid answers."""
    rows = [[4, 4, 4, "", 4, 4, 4, 4, 4], *[[3] * 9] * 4]
    result = read_survey(write(name, form(*rows)))
    assert result.table["biaya"].count() == 4
    assert result.table["biaya"].isna().tolist() == [True, False, False, False, False]


def test_s14_a_skipped_question_moves_no_answer(write):
    """S14: U3 skipped: the answer to U4 stays in U4."""
    result = read_survey(write("s.csv", form([1, 2, "", 4, 1, 2, 3, 4, 1])))
    row = result.table.iloc[0]
    assert pd.isna(row["waktu"])
    assert row["biaya"] == 4


def test_s16_a_survey_on_one_to_five_is_refused(write):
    """S16 (D): means of 4.6 cannot be on 1-4; refused, and the scale is asked for."""
    rows = [[5, 5, 5, 4, 4, 5, 5, 4, 4], *[[4, 5, 5, 4, 5, 5, 4, 5, 5]] * 9]
    with pytest.raises(Refused) as refused:
        read_survey(write("s.csv", form(*rows)))
    finding = only(refused.value.findings, "another_scale")
    assert finding.value == "4–5"
    assert "Skala apa" in finding.remedy


def test_s16_a_declared_scale_without_exact_place_stays_refused(write):
    """S16 (D): rule: linear 1-5 to 1-4 gives 3.25 for a 4: no exact index, so still refused."""
    path = write("s.csv", form([5, 5, 5, 4, 5, 5, 5, 5, 5]))
    with pytest.raises(Refused) as refused:
        read_survey(path, scale=(1, 5))
    finding = only(refused.value.findings, "conversion_not_exact")
    assert (finding.value, finding.details["result"]) == ("4", "3,25")
    assert finding.details["formula"] == "1 + 3 × (x − 1) ÷ (5 − 1)"


def test_s16_a_declared_recoding_is_read_and_printed(write):
    """S16 (D): rule: the office may declare what each answer stands for; it is printed."""
    path = write("s.csv", form([5, 5, 5, 4, 5, 5, 3, 2, 1]))
    result = read_survey(path, recode={1: 1, 2: 2, 3: 2, 4: 3, 5: 4})
    assert result.table[KEYS].iloc[0].tolist() == [4, 4, 4, 3, 4, 4, 2, 2, 1]
    finding = only(result.findings, "answers_converted")
    assert finding.count == 9
    assert "5 → 4" in finding.details["formula"]


@pytest.mark.parametrize(
    ("scale", "given"),
    [((25, 100), [25, 50, 75, 100]), ((0, 3), [0, 1, 2, 3]), ((4, 1), [4, 3, 2, 1])],
)
def test_an_exact_scale_is_converted(write, scale, given):
    """Linear map 1 + 3 (x - worst) / (best - worst): exact where it falls on 1, 2, 3, 4."""
    result = read_survey(write("s.csv", form([*given, *given, given[0]])), scale=scale)
    assert result.table[KEYS].iloc[0].tolist() == [1, 2, 3, 4, 1, 2, 3, 4, 1]


@pytest.mark.parametrize("numbers", [[20, 40, 60, 80, 100], [0, 1, 2, 3, 2], [1, 2, 3, 4, 6]])
def test_other_scales_are_never_averaged_in(write, numbers):
    """Issue: 1-5, 1-6, 20-100 are refused with the question to answer; so is 0-3."""
    rows = [[numbers[(k + j) % 5] for j in range(9)] for k in range(6)]
    with pytest.raises(Refused) as refused:
        read_survey(write("s.csv", form(*rows)))
    assert rules(refused.value.findings) == {"another_scale"}


def test_one_number_outside_the_scale_loses_its_cell(write):
    """DESIGN, survey: an invalid answer (5) loses its cell, not its row."""
    result = read_survey(write("s.csv", form([5, 4, 4, 4, 4, 4, 4, 4, 4])))
    finding = only(result.findings, "answer_out_of_scale")
    assert (finding.severity, finding.row, finding.value) == ("error", 2, "5")
    assert result.kept == 1
    assert pd.isna(result.table["persyaratan"].iloc[0])


def test_means_in_place_of_answers_are_refused(write):
    """A table of unit means is no survey: fractions are no answers of single persons."""
    rows = [[3.52, 3.48, 3.1, 3.9, 3.2, 3.3, 3.4, 3.5, 3.6]] * 3
    with pytest.raises(Refused) as refused:
        read_survey(write("s.xlsx", form(*rows)))
    assert rules(refused.value.findings) == {"answers_averaged"}


def test_s17_half_filled_questionnaires_stay_in_the_table(write):
    """S17 (D): rule of five answers (min(5, asked)) is the index's; every row is kept."""
    rows = [[4, 4, 4, *[""] * 6], [4] * 9, [3] * 9]
    result = read_survey(write("s.csv", form(*rows)))
    index = skm_index(result.table)
    assert result.kept == 3
    assert (index.summary.n, index.summary.below_minimum) == (2, 1)
    assert [e.n for e in index.summary.elements] == [2] * 9


def test_s19_the_same_question_twice_is_ambiguous(write):
    """S19: two columns under one question: neither the first nor a copy is taken."""
    header = ["Bagaimana pelayanan?", "Bagaimana pelayanan?", "Persyaratan", "Prosedur"]
    with pytest.raises(Refused) as refused:
        read_survey(write("s.csv", [header, [4, 3, 4, 4], [3, 3, 4, 4]]))
    finding = only(refused.value.findings, "header_ambiguous")
    assert finding.details["columns"] == "A, B"


def test_two_columns_for_one_element_are_both_named(write):
    """DESIGN: two candidates for one column is an error naming both."""
    header = ["Waktu pelayanan", "Kecepatan pelayanan", "Persyaratan"]
    with pytest.raises(Refused) as refused:
        read_survey(write("s.csv", [header, [4, 3, 4]]))
    finding = only(refused.value.findings, "columns_ambiguous")
    assert finding.details["columns"] == "A “Waktu pelayanan” dan B “Kecepatan pelayanan”"
    chosen = read_survey(
        write("s.csv", [header, [4, 3, 4]]), mapping={"waktu": "Kecepatan pelayanan"}
    )
    assert chosen.table["waktu"].tolist() == [3]


def test_critique_and_suggestion_are_one_comment(write):
    """Forms ask for critique and suggestions apart; both are the respondent's comment."""
    path = write("s.csv", [["Persyaratan", "Kritik", "Saran"], [4, "antre lama", "tambah loket"]])
    assert read_survey(path).table["comment"].tolist() == ["antre lama; tambah loket"]


@pytest.mark.parametrize(
    "header",
    [
        ["start", "end", "Persyaratan", "_id", "_uuid", "_submission_time"],
        ["SubmissionDate", "start", "end", "Persyaratan", "meta-instanceID", "KEY"],
    ],
)
def test_machine_columns_of_kobo_and_odk_do_not_compete(write, header):
    """KoboToolbox and ODK Central exports hold several keys and times; one of each counts."""
    cells = {
        "_id": "77", "_uuid": "u-1", "meta-instanceID": "u-1", "KEY": "u-1", "Persyaratan": 4,
        "start": "2025-03-01T08:00:00.000+07:00", "end": "2025-03-01T08:04:00.000+07:00",
        "_submission_time": "2025-03-01T08:05:00", "SubmissionDate": "2025-03-01T01:05:00.000Z",
    }  # fmt: skip
    result = read_survey(write("s.csv", [header, [cells[h] for h in header]]))
    assert result.table["submission_key"].tolist() == ["u-1"]
    assert result.mapping["submitted_at"] == "end"  # local, with its zone; the others are UTC
    assert result.table["submitted_at"].tolist() == [pd.Timestamp(2025, 3, 1, 8, 4)]


def test_s41_a_quarter_takes_its_own_days_only(write):
    """S41: answers on 31 March, 1 April, 30 June, 1 July: two lie in the second quarter."""
    days = ["31/03/2025 23.59", "01/04/2025 00.00", "30/06/2025 23.59", "01/07/2025 00.00"]
    result = read_survey(write("s.csv", [["Cap waktu", "Persyaratan"], *[[d, 4] for d in days]]))
    from ektp_analytics.periods import Period

    index = skm_index(result.table, period=Period.parse("2025-Q2"))
    assert index.summary.n == 2


def test_s43_an_unknown_level_of_education_keeps_its_own_name(write):
    """S43: S-1, D-IV, SMA: three rows, sum 3, unknown labels under their own name."""
    rows = [["Pendidikan", "Persyaratan"], ["S-1", 4], ["D-IV", 4], ["SMA", 3]]
    counts = read_survey(write("s.csv", rows)).table["education"].value_counts()
    assert counts.to_dict() == {"S-1": 1, "D-IV": 1, "SMA": 1}


def test_s40_an_age_is_one_number_of_one_person(write):
    """S40: ages 25 and 65 are two persons; classes are made later, from one number each."""
    rows = [["Usia", "Persyaratan"], ["25", 4], ["65 tahun", 4], ["650", 3]]
    result = read_survey(write("s.csv", rows))
    assert result.table["age"].fillna(-1).tolist() == [25, 65, -1]
    assert only(result.findings, "value_out_of_range").row == 4


def test_s44_a_comment_keeps_no_telephone_number(write):
    """S44 (D): runs of ten or more digits are masked at the door, also when grouped."""
    comments = ["hubungi 081200000000", "wa 0812-0000-0000 ya", "antre 45 menit"]
    rows = [["Persyaratan", "Saran"], *[[4, c] for c in comments]]
    table = read_survey(write("s.csv", rows)).table
    assert table["comment"].tolist() == [
        "hubungi [12 angka]", "wa [12 angka] ya", "antre 45 menit",
    ]  # fmt: skip


def test_personal_columns_never_reach_the_table(write):
    """DESIGN §8: by header and by content; the finding names the column, not the person."""
    header = ["Nama", "NIK", "No. HP", "Kolom lain", "Persyaratan"]
    rows = [["Contoh Satu", "3201010101900001", "081200000001", "a@contoh.id", 4],
            ["Contoh Dua", "3201014101900002", "081200000002", "b@contoh.id", 3]]  # fmt: skip
    result = read_survey(write("s.csv", [header, *rows]))
    dropped = {f.column for f in result.findings if f.rule == "personal_column_dropped"}
    assert dropped == {"Nama", "NIK", "No. HP", "Kolom lain"}
    assert list(result.table.columns) == ["persyaratan"]
    assert "Contoh Satu" not in repr(result)
    assert len(result.identities) == 8


def test_an_unreadable_time_keeps_its_row(write):
    """DESIGN, survey: an unreadable submitted_at keeps the row with a warning."""
    rows = [["Cap waktu", "Persyaratan"], ["kemarin", 4], ["12/03/2025 10.00", 3]]
    result = read_survey(write("s.csv", rows))
    assert result.kept == 2
    assert only(result.findings, "date_unreadable").severity == "warning"


def test_elements_named_by_number_follow_the_regulation_with_a_warning(write):
    """DESIGN: u8 is pengaduan, u9 sarana, with the warning that many forms swap them."""
    result = read_survey(write("s.csv", [[f"U{k}" for k in range(1, 10)], [1] * 7 + [2, 3]]))
    assert result.table["pengaduan"].tolist() == [2]
    assert result.table["sarana"].tolist() == [3]
    swapped = [f.column for f in result.findings if f.rule == "column_by_number"]
    assert swapped == ["U8", "U9"]


def test_a_word_of_several_meanings_is_asked_back(write):
    """Five words of satisfaction are another scale: refused like 1-5, never averaged in."""
    rows = [
        HEADER_WORDS,
        ["Sangat puas", "Puas", "Cukup puas"],
        ["Kurang puas", "Tidak puas", "Puas"],
    ]
    path = write("s.csv", rows)
    with pytest.raises(Refused) as refused:
        read_survey(path)
    finding = only(refused.value.findings, "answers_open")
    assert (finding.value, finding.column) == ("Cukup puas", "Waktu")
    declared = {"Tidak puas": 1, "Kurang puas": 2, "Cukup puas": 2, "Puas": 3, "Sangat puas": 4}
    assert read_survey(path, recode=declared).table["waktu"].tolist() == [2, 3]


def test_expectation_columns_are_importance(write):
    """BMKG's and other forms ask for expectation beside every element."""
    rows = [["Persyaratan", "Harapan persyaratan"], ["Sesuai", "4"], ["Kurang sesuai", ""]]
    table = read_survey(write("s.csv", rows)).table
    assert table["importance_persyaratan"].fillna(0).tolist() == [4, 0]


def test_the_2004_form_of_fourteen_elements_is_no_survey_of_nine():
    """../shared/data: 14 elements of Kepmenpan 25/2004, never nine of them by luck."""
    path = SHARED / "ikm14_student_app_2018_rows.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    with pytest.raises(Refused) as refused:
        read_survey(path)
    assert rules(refused.value.findings) == {"no_elements"}


def test_the_respondents_of_sekadau_are_read_as_published():
    """sekadaukab.go.id article 923: 49 readable rows, sums by element."""
    path = SHARED / "skm_sekadau_2019s1_respondents.csv"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    result = read_survey(path)
    assert result.account() == {"read": 49, "kept": 49, "rejected": 0, "repeats": 0}
    assert result.table[KEYS].sum().tolist() == [138, 139, 150, 177, 159, 163, 161, 143, 159]


def test_all_findings_of_a_file_come_at_once(write):
    """Issue: findings for the whole file at once, worst first, in both languages."""
    rows = form([7, "entah", "2,5", 4, 4, 4, 4, 4, 4], [4] * 9)
    findings = read_survey(write("s.csv", rows)).findings
    assert [(f.rule, f.row) for f in findings[:3]] == [
        ("answer_out_of_scale", 2), ("answer_unknown", 2), ("answer_not_whole", 2),
    ]  # fmt: skip
    assert all(f.text("message", lang) for f in findings for lang in ("id", "en"))


def test_a_date_typed_by_excel_is_read_as_it_is(write):
    """A workbook's own stamp needs no reading."""
    stamp = dt.datetime(2025, 3, 12, 14, 5, 33)
    result = read_survey(write("s.xlsx", [["Cap waktu", "Persyaratan"], [stamp, 4]]))
    assert result.table["submitted_at"].tolist() == [pd.Timestamp(stamp)]
