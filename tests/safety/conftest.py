"""A small office whose files hold made-up persons, to be looked for afterwards."""

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ektp_analytics.report import engine
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"
ROWS = 40
HEADER = (
    *("Tanggal", "Nama Lengkap", "NIK", "No. HP", "Alamat", "Surel", "Kecamatan", "Jenis Kelamin"),
    *("Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku"),
    *("Pengaduan", "Sarana", "Saran"),
)


@dataclass(frozen=True)
class Person:
    """A person that does not exist: region 12.34 is no region."""

    name: str
    nik: str
    phone: str
    address: str
    email: str


def person(number: int) -> Person:
    """Return one made-up person."""
    syllables = ("sa", "ri", "no", "wu", "la", "ti", "ke", "mo", "ba", "de")
    word = "".join(syllables[int(d)] for d in f"{number:02d}")
    return Person(
        name=f"Contohwan {word.title()}rahma",
        nik=f"12345601019{number:05d}",
        phone=f"0800000{number:05d}",
        address=f"Jalan Contoh {word.title()} Nomor {number}",
        email=f"{word}{number}@contoh.invalid",
    )


PEOPLE = tuple(person(number) for number in range(1, ROWS + 1))


def profile(**entries: object) -> dict[str, object]:
    """Return the profile of the made-up office."""
    return {
        "id": "uji",
        "name": "Dinas Dukcapil Kabupaten Uji",
        "short_name": "Disdukcapil Kabupaten Uji",
        "region": "Kabupaten Uji",
        "code": "99.02",
        "label": "DATA UJI",
        "kecamatan": [
            {"code": "99.02.01", "name": "Kecamatan Satu"},
            {"code": "99.02.02", "name": "Kecamatan Dua"},
        ],
        **entries,
    }


def write_survey(path: Path, people: tuple[Person, ...] = PEOPLE, comment: str = "") -> None:
    """Write a survey as an office keeps it: persons beside their answers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADER)
        for number, one in enumerate(people):
            answers = [2 + (number + k) % 3 for k in range(9)]
            place = ("Kecamatan Satu", "Kecamatan Dua")[number % 2]
            day = f"{1 + number % 28:02d}/11/2025 09:{number % 60:02d}"
            rows.writerow(
                [day, one.name, one.nik, one.phone, one.address, one.email, place,
                 "LP"[number % 2], *answers, comment.format(one=one)]
            )  # fmt: skip


def write_office(root: Path, **entries: object) -> Workspace:
    """Write the made-up office with one survey."""
    folder = root / "data" / "raw" / "uji"
    write_survey(folder / PERIOD / "survey.csv", comment="Hubungi {one.phone} atau {one.email}")
    text = yaml.safe_dump(profile(**entries), allow_unicode=True, sort_keys=False)
    (folder / "office.yaml").write_text(text, encoding="utf-8")
    return Workspace.find(root)


@pytest.fixture(scope="session")
def people() -> tuple[Person, ...]:
    """Return the made-up persons of the files."""
    return PEOPLE


@pytest.fixture(scope="session")
def make_office() -> Callable[..., Workspace]:
    """Return the function that writes the made-up office into a folder."""
    return write_office


@pytest.fixture
def office_with_people(tmp_path: Path) -> Workspace:
    """Return a workspace with the made-up office."""
    return write_office(tmp_path / "kerja")


@pytest.fixture(scope="session", autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make the key of the pseudonyms in a folder of the tests."""
    before = os.environ.get("EKTP_KEY_FILE")
    os.environ["EKTP_KEY_FILE"] = str(tmp_path_factory.mktemp("kunci") / "uji.key")
    from ektp_analytics import privacy

    privacy._key.cache_clear()
    privacy.digest_of.cache_clear()
    yield
    privacy._key.cache_clear()
    privacy.digest_of.cache_clear()
    if before is None:
        del os.environ["EKTP_KEY_FILE"]
    else:
        os.environ["EKTP_KEY_FILE"] = before


@pytest.fixture(scope="session", autouse=True)
def _kernel_ends_with_the_tests() -> Iterator[None]:
    yield
    engine.shutdown_kernel()
