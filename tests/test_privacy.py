"""What identifies a person stays at the door."""

import stat
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics import privacy


@pytest.fixture(autouse=True)
def _own_key(tmp_path, monkeypatch):
    monkeypatch.setenv(privacy.KEY_VARIABLE, str(tmp_path / "settings" / "pseudonym.key"))
    privacy._key.cache_clear()
    yield
    privacy._key.cache_clear()


@pytest.mark.parametrize(
    "header",
    ["NIK", "No. KK", "Nama", "Nama Lengkap", "No HP", "No. Telepon", "E-mail", "Alamat",
     "WhatsApp",
     "Tanggal Lahir", "nama_pemohon", "Nama (opsional)"],
)  # fmt: skip
def test_personal_headers(header):
    """Issue: name, NIK, family card, telephone, address, e-mail."""
    assert privacy.is_personal_header(header)


@pytest.mark.parametrize(
    "header", ["Nama kecamatan", "Nama layanan", "Usia", "Nomor permohonan", "Kecamatan"]
)
def test_headers_that_are_not(header):
    """The name of a place or service is no person."""
    assert not privacy.is_personal_header(header)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(["3201010101900001", "3201014101900002"], "NIK"),
     (["081200000001", "+62 812-0000-0002"], "telepon"),
     (["a@contoh.id", "b@contoh.id"], "surel"), (["1234567890123456"], None),
     (["45", "20"], None), ([], None)],
)  # fmt: skip
def test_personal_content(cells, kind):
    """A NIK has a grammar: region, day (women +40), month, year, serial."""
    assert privacy.personal_content(pd.Series(cells, dtype="str")) == kind


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("wa 081200000001", "wa [12 angka]"),
        ("0812-0000-0001", "[12 angka]"),
        ("surel a.b@contoh.id ya", "surel [surel] ya"),
        ("datang 2025-03-10 08:00:00", "datang 2025-03-10 08:00:00"),
        ("datang 10/03/2025 08.00", "datang 10/03/2025 08.00"),
        ("antre 45 menit", "antre 45 menit"),
        ("NIK 3201010101900001.", "NIK [16 angka]."),
    ],
)
def test_masked_text(text, masked):
    """Ten or more digits and addresses are masked; a date with its time is none."""
    assert privacy.mask_text(text) == masked


@given(st.text(alphabet="0123456789 -.abc@", max_size=60))
def test_no_long_run_of_digits_is_left(text):
    """Whatever the text, ten digits in a row never stay."""
    import re

    assert not re.search(r"\d{10}", privacy.mask_text(text))


def test_the_key_lies_outside_and_is_readable_by_its_owner_only(tmp_path):
    """DESIGN §8: keyed hash, key outside the repository."""
    first = privacy.pseudonyms(pd.Series(["3201010101900001", ""]))
    key = privacy.key_path()
    assert key.is_file()
    assert key.parent == tmp_path / "settings"
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    privacy._key.cache_clear()
    assert privacy.pseudonyms(pd.Series(["3201010101900001", ""])).tolist() == first.tolist()
    assert first.iloc[1] == ""


def test_another_key_gives_other_pseudonyms(tmp_path, monkeypatch):
    """A plain hash of a NIK is undone by trying all; a keyed one is not."""
    here = privacy.pseudonyms(pd.Series(["3201010101900001"])).iloc[0]
    monkeypatch.setenv(privacy.KEY_VARIABLE, str(tmp_path / "other.key"))
    privacy._key.cache_clear()
    assert privacy.pseudonyms(pd.Series(["3201010101900001"])).iloc[0] != here
