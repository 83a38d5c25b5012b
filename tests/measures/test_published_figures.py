"""The audit against the published tables: what contradicts is found, nothing else accused.

The figures are those of ``../shared/data``; each accusation is computed by hand in the
docstring of its test.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.measures.grade_bands import GradeBand
from ektp_analytics.measures.printed_number import half_up
from ektp_analytics.measures.printed_table import PrintedTable
from ektp_analytics.measures.published_figures import AuditResult, Check, audit_table

DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")

PRESS = {
    "area": "label",
    "as_of": "as_of",
    "population": "population",
    "wajib_ktp": "total",
    "sudah_rekam": "part",
    "pct_published": "percent",
    "belum_rekam": "complement",
    "pct_belum_published": "complement_percent",
}
INDEX = {
    "office": "label",
    "period": "as_of",
    "n": "n",
    **{f"u{i}": "element" for i in range(1, 10)},
    "mean_rating": "mean",
    "ikm_published": "index",
    "category_published": "grade",
    "weight_stated": "weight",
}
BOLMONG = {
    "id_kecamatan": "label",
    "tahun": "as_of",
    "penduduk_lk": ("part", "penduduk"),
    "penduduk_pr": ("part", "penduduk"),
    "jumlah_penduduk": ("population", "penduduk"),
    "wajib_ktp": ("total", "ktp"),
    "sudah_rekam": ("part", "ktp"),
    "pct_sudah_rekam_published": ("percent", "ktp"),
    "belum_rekam": ("complement", "ktp"),
    "pct_belum_rekam_published": ("complement_percent", "ktp"),
    "wajib_kia": ("total", "kia"),
    "memiliki_kia": ("part", "kia"),
    "pct_kia_published": ("percent", "kia"),
    "anak_0_18": ("total", "akta"),
    "anak_berakta": ("part", "akta"),
    "pct_akta_published": ("percent", "akta"),
    "anak_belum_akta": ("complement", "akta"),
    "pct_belum_akta_published": ("complement_percent", "akta"),
}
BANDS = tuple(
    GradeBand(letter, Fraction(low), Fraction(high), label, "PermenPAN-RB 14/2017")
    for letter, low, high, label in [
        ("D", "25.00", "64.99", "Tidak Baik"),
        ("C", "65.00", "76.60", "Kurang Baik"),
        ("B", "76.61", "88.30", "Baik"),
        ("A", "88.31", "100.00", "Sangat Baik"),
    ]
)


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


def audit(rows: list[dict[str, str]], roles: dict[str, str]) -> AuditResult:
    return audit_table(PrintedTable.from_frame(pd.DataFrame(rows), roles), BANDS)


def at(result: AuditResult, row: int, column: str, check: str) -> Check:
    (found,) = [c for c in result.checks if (c.row, c.column, c.check) == (row, column, check)]
    return found


@needs_data
def test_press_figures_accuse_two_complements_only() -> None:
    """Sarolangun (file row 16): 223,445 - 168,160 = 55,285, printed 56,295.

    Jambi (row 17): 2,476,092 - 2,319,656 = 156,436, printed 156,433. Every other figure
    follows: Kutai Timur 289,542 - 238,379 = 51,163; Kudus 643,450 - 641,131 = 2,319 and
    99.64 + 0.36 = 100; Kaltim, Balikpapan and Paser exceed 100 % and follow.
    """
    result = audit_table(
        PrintedTable.from_frame(read("ktp_el_recording_published_figures.csv"), PRESS)
    )
    accused = {(c.row, c.column): (c.printed, c.recomputed) for c in result.accused}
    assert accused == {
        (16, "belum_rekam"): ("56295", 55285),
        (17, "belum_rekam"): ("156433", 156436),
    }
    assert {c.verdict for c in result.accused} == {"does not follow"}
    assert not result.ok


@needs_data
def test_press_percentages_by_hand() -> None:
    """Sarolangun: 168,160 / 223,445 = 75.2579 %, printed 75.25: cut, not rounded.

    Indonesia 2021-S2 (row 5) states no recorded count; 198,628,692 - 1,569,178 gives
    99.20999 %, printed 99.21. Jambi's own percentages follow: 93.6821 and 6.3177.
    """
    result = audit_table(
        PrintedTable.from_frame(read("ktp_el_recording_published_figures.csv"), PRESS)
    )
    assert at(result, 16, "pct_published", "percent").verdict == "truncated"
    assert at(result, 5, "pct_published", "percent").verdict == "rounded"
    assert at(result, 5, "pct_belum_published", "complement_percent").verdict == "rounded"
    assert at(result, 17, "pct_published", "percent").verdict == "rounded"
    assert at(result, 17, "pct_belum_published", "complement_percent").verdict == "rounded"
    assert at(result, 6, "pct_published", "percent").recomputed == pytest.approx(
        100.80319, abs=5e-6
    )
    assert at(result, 10, "pct_published", "percent").verdict == "not checkable"


@needs_data
def test_a_total_not_printed_is_said_not_guessed() -> None:
    """Mukomuko prints 131,103 recorded and 104.8 %, but no obligated population."""
    result = audit_table(
        PrintedTable.from_frame(read("ktp_el_recording_published_figures.csv"), PRESS)
    )
    check = at(result, 10, "pct_published", "percent")
    assert "wajib_ktp" in check.explanation.text("id")
    assert "wajib_ktp" in check.explanation.text("en")


@needs_data
def test_bolmong_accuses_every_kia_percentage_and_no_other() -> None:
    """KIA: first kecamatan 1,677 / 3,433 = 48.849 %, printed 49.12; last 1,025 / 2,943 =
    34.828 %, printed 34.59; so for all fifteen. The 60 other percentages follow to all
    printed digits, and men and women make the population in every row.
    """
    table = PrintedTable.from_frame(read("bolmong_2021_kecamatan_registration.csv"), BOLMONG)
    result = audit_table(table)
    assert Counter(c.column for c in result.accused) == {"pct_kia_published": 15}
    assert at(result, 2, "pct_kia_published", "percent").recomputed == pytest.approx(
        48.8494, abs=5e-5
    )
    assert at(result, 16, "pct_kia_published", "percent").recomputed == pytest.approx(
        34.8284, abs=5e-5
    )
    percentages = [c for c in result.checks if c.check in {"percent", "complement_percent"}]
    assert len(percentages) == 75
    sums = [c.verdict for c in result.checks if c.check == "parts"]
    assert sums == ["follows"] * 15


@needs_data
def test_one_kia_percentage_lost_a_digit() -> None:
    """Row 12 prints 22.4 where 826 / 3,663 = 22.5498 %: 22.54 (cut) with a 5 lost."""
    table = PrintedTable.from_frame(read("bolmong_2021_kecamatan_registration.csv"), BOLMONG)
    check = at(audit_table(table), 12, "pct_kia_published", "percent")
    assert [(r.would_be, r.slip) for r in check.repairs] == [("22.54", "digit lost")]


@needs_data
def test_published_indices_accuse_nothing() -> None:
    """Tulang Bawang Barat: nine means of 4 give 100 with 1/9 (99.90 with 0.111, 99.00 with
    0.11). Pulang Pisau: 3.89 x 25 = 97.25, and its rounding allows 97.13 to 97.37, which
    holds 97.22. The other four print no means, so they cannot be recomputed.
    """
    result = audit_table(PrintedTable.from_frame(read("skm_published_indices.csv"), INDEX), BANDS)
    assert result.ok
    assert at(result, 2, "ikm_published", "index").verdict == "follows"
    assert at(result, 2, "weight_stated", "weight").verdict == "rounded"
    assert at(result, 2, "n", "sample").verdict == "not checkable"
    pulang_pisau = at(result, 3, "ikm_published", "index")
    assert pulang_pisau.verdict == "rounded"
    assert "97,13 sampai 97,37" in str(pulang_pisau.explanation)
    assert {at(result, r, "ikm_published", "index").verdict for r in (4, 5, 6, 7)} == {
        "not checkable"
    }
    assert at(result, 3, "category_published", "grade").verdict == "follows"


@needs_data
def test_the_printed_means_of_the_sekadau_form() -> None:
    """The printed 0.11 loses one percent: 29 forms with 91.475 print 90.56 (regulation notes).

    Means that sum to 32.931 give 91.475 with 1/9 and 90.560 with 0.11.
    """
    means = ["3.659"] * 9
    row = {f"u{i}": m for i, m in enumerate(means, 1)} | {"index": "90.56", "grade": "A"}
    result = audit(
        [row], {**{f"u{i}": "element" for i in range(1, 10)}, "index": "index", "grade": "grade"}
    )
    check = at(result, 2, "index", "index")
    assert check.verdict == "rounded"
    assert "0,11" in str(check.explanation)


def test_a_population_below_a_count_is_impossible() -> None:
    """1,325,996 card holders cannot live among the 836,914 people of the 2020 census."""
    row = {"wajib": "1.560.211", "rekam": "1.325.996", "penduduk": "836.914"}
    result = audit([row], {"wajib": "total", "rekam": "part", "penduduk": "population"})
    assert {(c.check, c.verdict) for c in result.accused} == {("bound", "impossible")}


def test_a_cut_percentage_is_not_accused() -> None:
    """12,983 of 100,000 is 12.983 %: 13,0 is rounded, 12,9 is cut, 13,1 contradicts (R08)."""
    roles = {"t": "total", "p": "part", "pct": "percent"}
    rows = [{"t": "100.000", "p": "12.983", "pct": text} for text in ("13,0", "12,9", "13,1")]
    result = audit(rows, roles)
    assert [c.verdict for c in result.checks if c.check == "percent"] == [
        "rounded",
        "truncated",
        "does not follow",
    ]


def test_parts_that_miss_the_total_name_the_difference() -> None:
    """900 + 130 against 1,000: difference 30 (public case R07)."""
    row = {"wajib": "1.000", "rekam": "900", "belum": "130"}
    (check,) = audit([row], {"wajib": "total", "rekam": "part", "belum": "complement"}).accused
    assert check.recomputed == 100
    assert "selisih 30" in str(check.explanation)


def test_three_shares_of_seventeen_may_add_to_101() -> None:
    """12, 4, 1 of 17 are 71, 24 and 6 percent when rounded whole (public case R17)."""
    row = {"n": "17", "a": "12", "b": "4", "c": "1", "pa": "71", "pb": "24", "pc": "6"}
    roles = {
        "n": "total",
        **dict.fromkeys("abc", "part"),
        "pa": "percent",
        "pb": "percent",
        "pc": "percent",
    }
    result = audit([row], roles)
    assert result.ok
    assert [c.verdict for c in result.checks if c.check == "percent_sum"] == ["rounded"]


def test_a_doubtful_separator_is_not_accused() -> None:
    """A lone 1.325 beside 1.2 may be a thousand or a decimal: nothing is called wrong."""
    roles = {"t": "total", "p": "part", "pct": "percent"}
    assert audit([{"t": "1.325", "p": "1.2", "pct": "55"}], roles).ok
    assert not audit([{"t": "1.325.996", "p": "1.325", "pct": "55"}], roles).ok


def test_percentages_as_fractions() -> None:
    """A spreadsheet stores 93.68 % as 0.9368; a column of such shares is read as that."""
    roles = {"t": "total", "p": "part", "pct": "percent"}
    assert audit([{"t": "2476092", "p": "2319656", "pct": "0.9368"}], roles).ok


def test_coverage_above_100_is_genuine() -> None:
    """Mukomuko recorded 104.8 %; a rest of zero beside it contradicts nothing."""
    row = {"t": "1000", "p": "1048", "pct": "104,8", "c": "0", "cp": "0"}
    roles = {
        "t": "total",
        "p": "part",
        "pct": "percent",
        "c": "complement",
        "cp": "complement_percent",
    }
    assert audit([row], roles).ok


def test_the_letter_follows_the_printed_index() -> None:
    """76.60 is C and 76.61 is B; 88.30 is B; a single decimal leaves room (bands of 14/2017)."""
    rows = [
        {"i": "76,60", "g": "C"},
        {"i": "76,61", "g": "B (Baik)"},
        {"i": "88,30", "g": "A"},
        {"i": "88,3", "g": "A (Sangat Baik)"},
        {"i": "80,00", "g": "B (Kurang Baik)"},
        {"i": "104,00", "g": "A"},
    ]
    result = audit(rows, {"i": "index", "g": "grade"})
    verdicts = [c.verdict for c in result.checks if c.check == "grade"]
    assert verdicts == [
        "follows",
        "follows",
        "does not follow",
        "rounded",
        "does not follow",
        "not checkable",
    ]


def test_means_and_n() -> None:
    """3.48 from 20 answers is impossible, 3.45 possible, 4.60 outside the scale 1 to 4."""
    rows = [
        {"m": "3,48", "n": "20"},
        {"m": "3,45", "n": "20"},
        {"m": "4,60", "n": "20"},
        {"m": "3,48", "n": ""},
    ]
    result = audit(rows, {"m": "mean", "n": "n"})
    verdicts = [c.verdict for c in result.checks if c.check == "mean"]
    assert verdicts == ["impossible", "follows", "impossible", "not checkable"]


def test_unreadable_and_missing_figures_are_said() -> None:
    """Percentages as words, a blank total, two candidate totals: reasons, no accusation."""
    roles = {"a": "total", "b": "part", "p": "percent"}
    result = audit([{"a": "", "b": "120", "p": "sekitar 90 persen lebih"}], roles)
    assert result.ok
    assert {c.check for c in result.checks if c.verdict == "not checkable"} == {"readable"}
    two = audit([{"a": "100", "a2": "200", "b": "90", "p": "77"}], {**roles, "a2": "total"})
    assert two.ok
    assert "a, a2" in str(at(two, 2, "p", "percent").explanation)


def test_no_figure_at_all_is_refused() -> None:
    """An empty table, or one without a figure, cannot be audited."""
    with pytest.raises(Refused, match="tidak memuat angka"):
        audit([{"a": "", "b": "-"}], {"a": "total", "b": "part"})
    empty = PrintedTable.from_frame(pd.DataFrame({"a": pd.Series([], dtype="str")}), {"a": "total"})
    with pytest.raises(Refused):
        audit_table(empty)


def test_the_record_of_the_contract() -> None:
    """Keys as agreed for the JSON; both languages; the frame holds one row per check."""
    row = {"wajib": "223445", "rekam": "168160", "belum": "55258"}
    result = audit([row], {"wajib": "total", "rekam": "part", "belum": "complement"})
    record = result.to_record()
    assert record["ok"] is False
    (check,) = [c for c in record["checks"] if c["verdict"] == "does not follow"]
    assert {"check", "place", "printed", "recomputed", "verdict", "explanation", "repairs"} <= set(
        check
    )
    assert check["place"] == "baris 2, kolom belum"
    assert check["repairs"] == [
        {
            "place": "baris 2, kolom belum",
            "printed": "55258",
            "would_be": "55285",
            "slip": "digits swapped",
        }
    ]
    assert result.to_record("en")["checks"][0]["place"].startswith("row 2")
    assert len(result.to_frame()) == len(result.checks)


counts = st.integers(20, 5_000_000)
ROLES = {"t": "total", "p": "part", "pct": "percent", "c": "complement", "cp": "complement_percent"}


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def comma(value: Fraction, decimals: int) -> str:
    scaled = int(half_up(value, decimals) * 10**decimals)
    text = str(scaled).zfill(decimals + 1)
    return f"{text[:-decimals]},{text[-decimals:]}" if decimals else text


def clean_row(part: int, rest: int, decimals: int) -> dict[str, str]:
    total = part + rest
    return {
        "t": dotted(total),
        "p": dotted(part),
        "pct": comma(Fraction(100 * part, total), decimals),
        "c": dotted(rest),
        "cp": comma(Fraction(100 * rest, total), decimals),
    }


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=4), st.integers(0, 4))
@settings(deadline=None, max_examples=60)
def test_a_clean_table_is_never_accused(pairs: list[tuple[int, int]], decimals: int) -> None:
    """Counts that add up with percentages rounded half-up, in Indonesian writing."""
    result = audit([clean_row(p, c, decimals) for p, c in pairs], ROLES)
    assert result.ok
    assert {c.verdict for c in result.checks} <= {"follows", "rounded"}


@given(st.integers(1, 99), st.data())
@settings(deadline=None, max_examples=60)
def test_a_clean_index_is_never_accused(n: int, data: st.DataObject) -> None:
    """Element sums of n answers, means and index rounded to two decimals, its letter."""
    sums = [data.draw(st.integers(n, 4 * n)) for _ in range(9)]
    index = half_up(Fraction(sum(sums) * 25, 9 * n), 2)
    letter = next(b.letter for b in BANDS if b.lower <= index <= b.upper)
    row = {f"u{i}": comma(Fraction(s, n), 2) for i, s in enumerate(sums, 1)}
    row |= {"n": str(n), "i": comma(index, 2), "g": letter}
    roles = {**{f"u{i}": "element" for i in range(1, 10)}, "n": "n", "i": "index", "g": "grade"}
    assert audit([row], roles).ok


@given(st.integers(1000, 900_000), st.integers(1000, 900_000), st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_one_slip_in_a_count_is_found_and_undone(part: int, rest: int, data: st.DataObject) -> None:
    """A digit lost, doubled or swapped in one count: accused, the true count among the repairs."""
    row = clean_row(part, rest, 2)
    column = data.draw(st.sampled_from(["t", "p", "c"]))
    true = row[column].replace(".", "")
    place = data.draw(st.integers(0, len(true) - 2))
    lost = true[:place] + true[place + 1 :]
    doubled = true[: place + 1] + true[place:]
    swapped = true[:place] + true[place + 1] + true[place] + true[place + 2 :]
    printed = data.draw(st.sampled_from([lost, doubled, swapped]))
    if int(printed) == int(true) or printed.startswith("0"):
        return
    result = audit([{**row, column: dotted(int(printed))}], ROLES)
    check = at(result, 2, "c", "complement")
    assert check.verdict == "does not follow"
    assert (column, row[column]) in {(r.column, r.would_be) for r in check.repairs}
    assert len(check.repairs) <= 10
