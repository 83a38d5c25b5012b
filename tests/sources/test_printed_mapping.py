"""Roles given by hand go before what is recognised."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.printed_mapping import with_mapping
from ektp_analytics.sources.printed_roles import ColumnRole, roles_of

HEADERS = ["Kecamatan", "Wajib KTP", "Sudah Rekam", "Belum Rekam", "Capaian"]


def mapped(headers: list[str], *pairs: tuple[str, str]) -> dict[int, ColumnRole]:
    return with_mapping(roles_of(headers), headers, pairs, "tabel.csv")


def test_one_column_joins_the_only_group() -> None:
    headers = [*HEADERS[:4], "Tingkat Ketuntasan"]
    assert mapped(headers, ("percent", "Tingkat Ketuntasan"))[4] == ColumnRole("percent", "ktp")


def test_the_users_column_takes_the_place_of_the_recognised_one() -> None:
    roles = mapped([*HEADERS, "Target"], ("total", "Target"))
    assert 1 not in roles
    assert roles[5] == ColumnRole("total", "ktp")


def test_a_role_may_come_more_than_once() -> None:
    headers = ["A", "B", "C"]
    roles = mapped(headers, ("total", "A"), ("part", "B"), ("part", "c"))
    assert {i: r.role for i, r in roles.items()} == {0: "total", 1: "part", 2: "part"}
    assert len({r.group for r in roles.values()}) == 1


def test_elements_by_number_or_key() -> None:
    roles = mapped(["x", "y", "z"], ("u1", "x"), ("biaya", "y"), ("index", "z"))
    assert [roles[i].role for i in range(3)] == ["element", "element", "index"]


@pytest.mark.parametrize(
    ("pair", "words"),
    [(("jumlah_total", "Wajib KTP"), "total, part"), (("total", "Wajib e-KTP"), "Wajib KTP")],
)
def test_an_unknown_role_or_header_names_what_there_is(pair: tuple[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        mapped(HEADERS, pair)


def test_a_header_over_two_columns_is_refused() -> None:
    with pytest.raises(Refused, match="lebih dari satu kolom"):
        mapped(["Jumlah", "Jumlah"], ("total", "Jumlah"))
