"""The tables of the documentation, as the program gives them now.

When data or standards have changed, ``EKTP_WRITE_TABLES=1 pytest tests/docs`` writes them
anew; read the sentences around them again afterwards.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.pipeline import run_period
from ektp_analytics.report.numbers import ABSENT, interval, number, percent
from ektp_analytics.report.sections.context import value_words
from ektp_analytics.report.wording import status
from ektp_analytics.scoring.choice_effects import choice_effects, floor_effects
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.scoring.sensitivity import status_by_minimum
from ektp_analytics.scoring.what_if import needed_for, what_if
from ektp_analytics.standards.lookup import all_standards

ROOT = Path(__file__).parents[2]
PAGES = ("methodology.md", "assumptions.md")
MARKED = re.compile(r"<!-- tabel: ([\w-]+) -->\n+((?:\|.*\n)*)")
CHOICES = {
    "weights": "Bobot digeser sampai ±50%",
    "aggregation": "Rata-rata ukur, bukan rata-rata hitung",
    "mapping": "Kesembilan unsur survei di bawah akuntabilitas",
    "goalposts": "Batas bawah digeser sampai ±25% jarak ke target",
}


@cache
def run_of(office: str, period: str) -> PeriodRun:
    return run_period(ROOT, office, period)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; numbers stand right where the head ends with a colon."""
    rules = ["---:" if head.endswith(":") else "---" for head in heads]
    names = [head.rstrip(":") for head in heads]
    lines = [names, rules, *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def catalogue_table() -> str:
    catalogue = load_catalogue()
    rows = [
        (
            catalogue.principles[item.principle]["id"],
            catalogue.aspects[item.group]["id"],
            item.name["id"],
            value_words(item.floor, item.unit, "id"),
            "target tahun berjalan"
            if isinstance(item.target, str)
            else value_words(item.target, item.unit, "id"),
            percent(float(100 * catalogue.weight_in_principle(item.code)), 1),
        )
        for item in catalogue.scored
    ]
    return table(("Prinsip", "Aspek", "Indikator", "Skor 0:", "Skor 100:", "Bobot:"), rows)


def principle_table(office: str, period: str) -> str:
    card = run_of(office, period).scorecard
    heads = ("Prinsip", "Skor:", "Selang 95%:", "Rentang pilihan:", "Batas:", "Bobot dinilai:")
    named = [(card.catalogue.principles[item.key]["id"], item) for item in card.principles]
    rows = [
        (
            name,
            number(item.score, 1),
            interval(item.interval, 1),
            interval(item.choices_range, 1),
            interval(item.bounds, 1),
            percent(getattr(item, "weight_assessed", None), 1),
            status(item.status),
        )
        for name, item in [*named, ("Keseluruhan", card.overall)]
    ]
    return table((*heads, "Status"), rows)


def indicator_table(office: str, period: str) -> str:
    card = run_of(office, period).scorecard
    rows = []
    for line in card.lines:
        value = line.value
        if value.value is None:
            continue
        printed = value_words(value.value, value.unit, "id")
        rows.append(
            (
                card.catalogue.principles[value.principle]["id"],
                card.catalogue[value.code].name["id"],
                printed,
                number(value.n, 0),
                number(value.score, 1),
                percent(line.effective_weight, 1) if line.assessed else ABSENT,
                number(line.points_lost, 1),
            )
        )
    heads = ("Prinsip", "Indikator", "Nilai:", "n:", "Skor:", "Bobot:", "Poin hilang:")
    return table(heads, rows)


def supposed_table() -> str:
    card = run_of("contoh", "2025-Q4").scorecard
    rows = [
        (row["name"], *(number(row[name], 1) for name in ("before", "after", "gain")))
        for row in what_if(card, {"opening_on_time": 95.0}).to_frame().to_dict("records")
    ]
    return table(("Prinsip", "Sekarang:", "Andai:", "Bertambah:"), rows)


def needed_table() -> str:
    card = run_of("contoh", "2025-Q4").scorecard
    rows = []
    for need in needed_for(card, "rule_of_law", 80.0):
        item, now = card.catalogue[need.code], card.line(need.code).value.value
        printed = "" if need.value is None else value_words(need.value, item.unit, "id")
        why = need.reason.text() if need.reason else ""
        rows.append((item.name["id"], value_words(now, item.unit, "id"), printed or ABSENT, why))
    return table(("Indikator", "Nilai sekarang:", "Diperlukan:", "Keterangan"), rows)


def unverified_standards() -> str:
    rows = [
        (
            f"`{s.key}`",
            s.regulation,
            s.article,
            f"{s.valid_from}{f' – {s.valid_until}' if s.valid_until else ''}",
            s.note,
        )
        for s in all_standards()
        if not s.verified
    ]
    return table(("Ketentuan", "Peraturan", "Bagian", "Berlaku", "Yang belum pasti"), rows)


def unverified_clauses() -> str:
    rows = [
        (item.name["id"], item.legal_basis)
        for item in load_catalogue().indicators.values()
        if not item.legal_basis_verified
    ]
    return table(("Indikator", "Dasar yang dikutip"), rows)


def choices_table() -> str:
    card = run_of("contoh", "2025-Q4").scorecard
    found = choice_effects(card).set_index(["choice", "key"])
    keys = [*(item.key for item in card.principles), "overall"]
    names = [card.catalogue.principles[key]["id"] for key in keys[:-1]] + ["Keseluruhan"]
    rows = []
    for choice, words in CHOICES.items():
        cells = []
        for key in keys:
            row = found.loc[(choice, key)]
            ends = interval((float(row["low"]), float(row["high"])), 1)
            cells.append(f"{ends} ({number(float(row['span']), 1)})")
        rows.append((words, *cells))
    return table(("Pilihan yang diubah", *(f"{name}:" for name in names)), rows)


def floors_table() -> str:
    card = run_of("contoh", "2025-Q4").scorecard
    rows = []
    for row in floor_effects(card).to_dict("records"):
        item = card.catalogue[row["code"]]
        floors = [value_words(float(row[name]), item.unit, "id") for name in ("lower", "higher")]
        scores = interval((float(row["with_higher"]), float(row["with_lower"])), 1)
        rows.append(
            (
                item.name["id"],
                value_words(item.floor, item.unit, "id"),
                " – ".join(floors),
                card.catalogue.principles[item.principle]["id"],
                scores,
            )
        )
    heads = ("Indikator", "Batas bawah:", "Dicoba:", "Prinsip", "Skor prinsip:")
    return table(heads, rows)


def minimum_table() -> str:
    rows = []
    for office, period in (("contoh", "2025-Q4"), ("sekadau", "2019-S1")):
        card = run_of(office, period).scorecard
        for row in status_by_minimum(card).to_dict("records"):
            name = card.catalogue.principles[row["key"]]["id"]
            share = percent(row["weight_assessed"], 1)
            words = [status(row[least]) for least in ("50", "65", "80")]
            rows.append((f"{office} {period}", name, share, *words))
    heads = ("Kantor", "Prinsip", "Bobot dinilai:", "Batas 50%", "Batas 65%", "Batas 80%")
    return table(heads, rows)


@pytest.fixture(scope="session")
def blocks() -> dict[str, Callable[[], str]]:
    """Return what makes each generated table, by the name of its marker."""
    made: dict[str, Callable[[], str]] = {
        "katalog": catalogue_table,
        "contoh-prinsip": lambda: principle_table("contoh", "2025-Q4"),
        "contoh-indikator": lambda: indicator_table("contoh", "2025-Q4"),
        "contoh-andai": supposed_table,
        "contoh-perlu": needed_table,
        "sekadau-prinsip": lambda: principle_table("sekadau", "2019-S1"),
        "sekadau-indikator": lambda: indicator_table("sekadau", "2019-S1"),
        "banyuasin-prinsip": lambda: principle_table("banyuasin", "2017-Q4"),
        "ketentuan": unverified_standards,
        "dasar-hukum": unverified_clauses,
        "pilihan": choices_table,
        "batas-bawah": floors_table,
        "bobot-minimum": minimum_table,
    }
    if os.environ.get("EKTP_WRITE_TABLES"):
        for page in PAGES:
            write_tables(ROOT / "docs" / page, made)
    return made


def write_tables(page: Path, made: dict[str, Callable[[], str]]) -> None:
    """Replace every marked table of a page."""
    text = page.read_text(encoding="utf-8")
    new = MARKED.sub(lambda m: f"<!-- tabel: {m[1]} -->\n\n{made[m[1]]()}\n", text)
    # A line right below a table would become its last row.
    apart = re.sub(r"(\|\n)(?=[^|\n])", r"\1\n", new)
    page.write_text(apart, encoding="utf-8")


@pytest.fixture(scope="session")
def tables_of() -> Callable[[str], dict[str, str]]:
    """Return the function that reads the marked tables of a page."""

    def read(page: str) -> dict[str, str]:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        return {m[1]: m[2].strip() for m in MARKED.finditer(text)}

    return read
