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
from collections.abc import Iterable
from functools import cache
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
    r"nama ibu|nama ayah|nama anak|nama lengkap|nama pemohon|nama responden|nama pelapor|nama penduduk|"
    r"nama petugas|nama pegawai|phone|address|full name)\b"
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
_PHONE_CELL = r"^(?:\+?62|0)8[\d\s\-]{8,13}$"
_EMAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_DIGIT_RUN = re.compile(r"\+?\d(?:[\s.\-]?\d){9,}")


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
    filled = cells[cells.ne("")].head(_LOOKED_AT)
    if filled.empty:
        return None
    for name, pattern in (
        ("NIK", _NIK_CELL.pattern),
        ("telepon", _PHONE_CELL),
        ("surel", f"^{_EMAIL}$"),
    ):
        if filled.str.match(pattern).mean() >= _SHARE_TO_RECOGNISE:
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
    masked = re.sub(_EMAIL, "[surel]", text)
    return _DIGIT_RUN.sub(lambda run: f"[{sum(map(str.isdigit, run[0]))} angka]", masked)


def pseudonyms(values: pd.Series) -> pd.Series:
    """Return a keyed pseudonym for each identity number; blanks stay blank.

    The same number gives the same pseudonym on this computer only: the key lies in the
    user's own settings folder and is made on first use.
    """
    key = _key()
    known = {value: _pseudonym(value, key) for value in values.unique()}
    return values.map(known)


def identity_digests(values: Iterable[str]) -> frozenset[str]:
    """Return keyed digests of identity strings, for the scan of what is published."""
    key = _key()
    return frozenset(_pseudonym(value, key) for value in values if value)


def _pseudonym(value: str, key: bytes) -> str:
    if not value:
        return ""
    digest = hmac.new(key, value.encode("utf-8"), hashlib.sha256).hexdigest()
    return f"p-{digest[:_PSEUDONYM_LENGTH]}"


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
