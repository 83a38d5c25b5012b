"""A small office whose files hold made-up persons, to be looked for afterwards."""

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import engine
from ektp_analytics.report.build import FORMATS, BuiltReport, build_report
from ektp_analytics.report.published_text import Passage, passages
from ektp_analytics.workspace import Workspace

PERIOD = "2025-Q4"
ROWS = 60
# Every sign that starts something somewhere: in a browser, a spreadsheet, a template, a shell.
HOSTILE = (
    "<img src=x onerror=window.ran=1>",
    "<script>window.ran=2</script>",
    "</script><script>window.ran=3</script>",
    '"><svg onload=window.ran=4>',
    '=HYPERLINK("http://contoh.invalid";"buka")',
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "{{ 7777*7 }}{% for a in b %}",
    "[buka](javascript:window.ran=5)",
    "**tebal** `kode` $x^2$ \\input{/etc/passwd}",
    "<a href=javascript:window.ran=6>buka</a>",
)
HEADER = (
    *("Tanggal", "Nama Lengkap", "NIK", "No. HP", "Alamat", "Surel", "Kecamatan", "Jenis Kelamin"),
    *("Jenis Layanan", "Pekerjaan", "Pendidikan"),
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
    """Return the profile of the made-up office; every text in it is hostile."""
    return {
        "id": "uji",
        "name": f"Dinas {HOSTILE[0]}",
        "short_name": f"Dinas {HOSTILE[1]}",
        "region": HOSTILE[2],
        "code": "99.02",
        "label": f"DATA UJI {HOSTILE[3]}",
        "notices": {"survey": " ".join(HOSTILE)},
        "services": {"ektp": [HOSTILE[4]]},
        "kecamatan": [
            {"code": "99.02.01", "name": HOSTILE[5]},
            {"code": "99.02.02", "name": HOSTILE[8]},
        ],
        "letterhead": {"lines": [HOSTILE[6], HOSTILE[9]], "address": HOSTILE[10]},
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
            place = (HOSTILE[5], HOSTILE[8])[number % 2]
            about = (HOSTILE[4 + number % 2 * 3], HOSTILE[number % 10], HOSTILE[number // 6])
            day = f"{1 + number % 28:02d}/11/2025 09:{number % 60:02d}"
            rows.writerow(
                [day, one.name, one.nik, one.phone, one.address, one.email, place,
                 "LP"[number % 2], *about, *answers, comment.format(one=one)]
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
def hostile() -> tuple[str, ...]:
    """Return the hostile texts of the files and the profile."""
    return HOSTILE


@pytest.fixture(scope="session")
def make_office() -> Callable[..., Workspace]:
    """Return the function that writes the made-up office into a folder."""
    return write_office


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, BuiltReport]:
    """Build every kind of report of the office; its head also answered the survey."""
    head = {"role": "head", "name": PEOPLE[3].name, "position": HOSTILE[11]}
    place = write_office(tmp_path_factory.mktemp("terbit") / "kerja", signatories=[head])
    run = run_period(place, "uji", PERIOD, save=True)
    built = build_report(place, "uji", PERIOD, formats=FORMATS, run=run)
    return place, built


@pytest.fixture(scope="session")
def written(published: tuple[Workspace, BuiltReport]) -> dict[Path, list[Passage]]:
    """Return everything that stands in the files written, by file."""
    root = published[0].root
    folders = (root / "reports", root / "data" / "processed")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: list(passages(path)) for path in files}


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
