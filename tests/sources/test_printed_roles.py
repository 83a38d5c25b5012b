"""Headers of printed tables and the roles they play.

The headers are those of the press table, the index row and the registration table in
``../shared/data``, of the annex of PermenPAN-RB 14/2017, and of tables offices print.
"""

import pytest

from ektp_analytics.sources.printed_roles import ColumnRole, is_figure_list, roles_of

PRESS = ["area", "as_of", "population", "wajib_ktp", "sudah_rekam", "pct_published",
         "belum_rekam", "pct_belum_published"]  # fmt: skip
OFFICE = ["No", "Kecamatan", "L", "P", "Jumlah", "Wajib KTP-el (jiwa)", "Sudah Rekam", "%",
          "Belum Rekam"]  # fmt: skip


def named(headers: list[str]) -> dict[str, str]:
    return {headers[i]: role.role for i, role in roles_of(headers).items()}


def test_the_press_table() -> None:
    assert named(PRESS) == {
        "area": "label", "as_of": "as_of", "population": "population", "wajib_ktp": "total",
        "sudah_rekam": "part", "pct_published": "percent", "belum_rekam": "complement",
        "pct_belum_published": "complement_percent",
    }  # fmt: skip


def test_an_office_table_with_bare_headers() -> None:
    """Jumlah goes to the sexes, which lack a total; % to the one count that lacks it."""
    roles = roles_of(OFFICE)
    assert roles[4] == ColumnRole("total", "penduduk")
    assert roles[5] == ColumnRole("total", "ktp")
    assert roles[7] == ColumnRole("percent", "ktp")


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("% Sudah Rekam", ColumnRole("percent", "ktp")),
        ("Persentase Belum Rekam", ColumnRole("complement_percent", "ktp")),
        ("pct_kia_published", ColumnRole("percent", "kia")),
        ("Jumlah Penduduk (jiwa)", ColumnRole("population", "penduduk")),
        ("Belum memiliki KTP-el", ColumnRole("complement", "kartu")),
    ],
)
def test_a_header_alone(header: str, role: ColumnRole) -> None:
    assert roles_of([header]) == {0: role}


def test_index_rows_and_elements_under_any_name() -> None:
    headers = ["Unit Layanan", "Jumlah Responden", "U1", "Prosedur Pelayanan", "Unsur 3",
               "Nilai Rata-rata", "Nilai IKM", "Mutu Pelayanan", "Bobot"]  # fmt: skip
    assert list(named(headers).values()) == [
        "label", "n", "element", "element", "element", "mean", "index", "grade", "weight",
    ]  # fmt: skip


def test_a_percent_beside_two_counts_that_lack_one_is_left_alone() -> None:
    """Which count is meant is not guessed."""
    headers = ["Wajib KTP", "Sudah Rekam", "Wajib KIA", "Memiliki KIA", "%"]
    assert 4 not in roles_of(headers)


def test_a_list_of_figures() -> None:
    headers = ["Nomor", "Uraian", "Peran", "Kelompok", "Tertulis"]
    assert is_figure_list(headers) == {"label": 1, "role": 2, "group": 3, "printed": 4}
    assert is_figure_list(PRESS) is None
