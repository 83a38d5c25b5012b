"""Recognise what identifies a person, and keep it from going any further.

UU 27/2022 on personal data protection counts names and identity numbers as personal
data; a NIK also discloses birth date and sex, and a plain hash of it can be undone by
trying all of them, so pseudonyms are keyed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

KEY_VARIABLE = "EKTP_KEY_FILE"
_KEY_BYTES = 32
_PSEUDONYM_LENGTH = 20
# Share of the filled cells of a column that must look personal for the column to be so.
_SHARE_TO_RECOGNISE = 0.5

_PERSONAL_WORDS = re.compile(
    r"\b(?:nik|nokk|kk|kartu keluarga|nomor induk kependudukan|telepon|telp|telpon|hp|handphone|"
    r"ponsel|whatsapp|wa|alamat|e mail|email|surel|tempat lahir|tanggal lahir|tgl lahir|"
    r"nama ibu|nama ayah|nama anak|nama lengkap|nama pemohon|nama responden|nama pelapor|"
    r"nama penduduk|nama petugas|nama pegawai|phone|address|full name)\b"
)
_NAME_ONLY = re.compile(
    r"^(?:\d+\s+)?nama(?: (?:anda|saudara|bapak|ibu|warga|pengguna))?(?:\b.*opsional.*)?$"
    r"|^name$"
)
# 6 region digits, day (women +40), month, year, serial: the grammar of a NIK.
_NIK = (
    r"[1-9]\d(?:0[1-9]|[1-7]\d)\d{2}"
    r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{2}\d{4}"
)
_NIK_DIGITS = 16
_LOOKED_AT = 10_000
_NIK_CELL = re.compile(rf"^{_NIK}$")
_PHONE_CELL = re.compile(r"^(?:\+?62|0)8[\d\s\-]{8,13}$")
_EMAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_EMAIL_CELL = re.compile(f"^{_EMAIL}$")
# Ten or more digits, also grouped as telephone numbers are; a date with its time is none.
_STAMP = (
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{4})"
    r"(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?(?![\d]|[\s.\-]\d)"
)
_NIK_RUN = re.compile(rf"(?<![^\W_])(?<!\d\.){_NIK}(?![^\W_])(?!\.\d)")
# Words of a name or an address that are compared, and digits of a number that may identify.
IDENTITY_WORDS = 6
IDENTITY_DIGITS = (9, 18)
_SHORTEST_NAME, LONGEST_WORD = 5, 60
_DIGESTS_KEPT = 200_000
_PHONE_START = re.compile(r"^(?:0062|62|0)(?=8)")
_WORD = re.compile(r"[^\W_]+")
# Soft hyphens and marks of no width, which a page may put inside a word.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DIGIT_RUN = re.compile(rf"(?P<stamp>{_STAMP})|\+?\d(?:[\s.\-]?\d){{9,}}")


@lru_cache(maxsize=16_384)
def is_personal_header(header: str) -> bool:
    """Tell whether a header names a person, an identity number, a phone or an address."""
    text = " ".join(re.sub(r"[^\w]+|_+", " ", header.casefold()).split())
    return bool(_PERSONAL_WORDS.search(text) or _NAME_ONLY.match(text))


def personal_content(cells: pd.Series) -> str | None:
    """Name what the cells of a column look like: ``NIK``, ``telepon``, ``surel`` or None.

    Parameters
    ----------
    cells
        Stripped text cells; blanks are left out, the first 10,000 filled ones decide.
    """
    filled = cells[cells.ne("")].head(_LOOKED_AT).tolist()
    if not filled:
        return None
    for name, pattern in (("NIK", _NIK_CELL), ("telepon", _PHONE_CELL), ("surel", _EMAIL_CELL)):
        alike = sum(pattern.match(text) is not None for text in filled)
        if alike >= _SHARE_TO_RECOGNISE * len(filled):
            return name
    return None


def looks_like_nik(cells: pd.Series) -> pd.Series:
    """Tell which text cells are 16 digits that follow the grammar of a NIK."""
    sixteen = cells.str.len().eq(_NIK_DIGITS)
    if not sixteen.any():
        return sixteen
    return sixteen & cells.str.fullmatch(_NIK).astype(bool)


def mask_text(text: str) -> str:
    """Return free text with e-mail addresses and runs of ten or more digits masked."""
    return mask_digits(re.sub(_EMAIL, "[surel]", text), "[{} angka]")


def mask_digits(text: str, shape: str = "{} angka") -> str:
    """Return text in which each run of ten or more digits is only its length.

    Examples
    --------
    >>> mask_digits("hubungi 0812-0000-0000")
    'hubungi 12 angka'
    >>> mask_digits("2025-03-10 08:00:00")
    '2025-03-10 08:00:00'
    """

    def masked(run: re.Match[str]) -> str:
        return run[0] if run["stamp"] else shape.format(sum(map(str.isdigit, run[0])))

    return _DIGIT_RUN.sub(masked, text)


def pseudonyms(values: pd.Series) -> pd.Series:
    """Return a keyed pseudonym for each identity number; blanks stay blank.

    The same number gives the same pseudonym on this computer only: the key lies in the
    user's own settings folder and is made on first use.
    """
    key = _key()
    known = {value: _pseudonym(value, key) for value in values.unique()}
    return values.map(known)


def identity_digests(values: Iterable[str]) -> frozenset[str]:
    """Return keyed digests of identity strings, for the scan of what is published.

    Strings are compared in their `identity_form`; those without one are left out.
    """
    return frozenset(digest_of(form) for form in set(map(identity_form, values)) if form)


@lru_cache(maxsize=_DIGESTS_KEPT)
def digest_of(form: str) -> str:
    """Return the keyed digest of an `identity_form`."""
    return _pseudonym(form, _key())


def identity_form(value: str) -> str:
    """Return the form in which an identity string is compared, however it was written.

    Parameters
    ----------
    value
        A name, an address, a number.

    Returns
    -------
    str
        The first six words in small letters, or the digits of a number of 9 to 18 digits,
        a telephone number without its leading 0 or 62. Empty for what tells nobody apart:
        fewer than five letters, a date, a single word beside a number (``25 tahun``), and
        for words no person has, such as a hash.
    """
    words = words_of(value)[:IDENTITY_WORDS]
    if max(map(len, words), default=0) > LONGEST_WORD:
        return ""
    named = [word for word in words if not word.isdigit()]
    if not named:
        return number_form("".join(words))
    if sum(map(len, named)) < _SHORTEST_NAME or (len(named) == 1 and len(words) > 1):
        return ""
    return " ".join(words)


def number_form(digits: str) -> str:
    """Return the digits of a number that may identify, else an empty text."""
    least, most = IDENTITY_DIGITS
    return _PHONE_START.sub("", digits) if least <= len(digits) <= most else ""


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters, in one spelling of Unicode."""
    return _WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold())


def nik_runs(text: str) -> Iterator[str]:
    """Yield every run of 16 digits that follows the grammar of a NIK.

    A run that touches a letter, a digit or a decimal point is part of something else: a
    hash, a longer number, a fraction.
    """
    return (run[0] for run in _NIK_RUN.finditer(text))


def _pseudonym(value: str, key: bytes) -> str:
    if not value:
        return ""
    digest = hmac.digest(key, value.encode("utf-8", errors="surrogatepass"), hashlib.sha256)
    return f"p-{digest.hex()[:_PSEUDONYM_LENGTH]}"


@cache
def _key() -> bytes:
    path = key_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
        Path(stream.name).chmod(0o600)
        # Two first runs at once must agree on one key: the first link wins.
        try:
            os.link(stream.name, path)
        except FileExistsError:
            pass
        except OSError:
            Path(stream.name).replace(path)
        Path(stream.name).unlink(missing_ok=True)
    return path.read_bytes()


def key_path() -> Path:
    """Return where the key of the pseudonyms lies: outside any workspace."""
    if named := os.environ.get(KEY_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "ektp_analytics" / "pseudonym.key"
