"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.cli.wording import say
from ektp_analytics.errors import Language, refuse

LANGUAGES: tuple[Language, ...] = ("id", "en")

File = Annotated[
    Path, typer.Argument(metavar="BERKAS", help="Berkas Excel, ODS, CSV, atau Parquet.")
]
Json = Annotated[bool, typer.Option("--json", help="Cetak satu objek JSON.")]
Lang = Annotated[str, typer.Option("--lang", metavar="id|en", help="Bahasa kalimat: id atau en.")]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="KUNCI=JUDUL", help="Tunjuk judul kolom untuk satu kunci; boleh diulang."
    ),
]
SheetName = Annotated[
    str | None, typer.Option("--sheet", metavar="LEMBAR", help="Nama lembar yang dibaca.")
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--zone", metavar="WIB|WITA|WIT", help="Zona waktu; bila kosong menurut profil, atau WIB."
    ),
]
WorkspacePath = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="FOLDER",
        help="Folder kerja (yang berisi data/raw); bila kosong dicari sendiri.",
    ),
]
OfficeId = Annotated[str, typer.Argument(metavar="KANTOR", help="Nama folder kantor di data/raw.")]
PeriodText = Annotated[
    str, typer.Argument(metavar="PERIODE", help="Misalnya 2025-Q4, 2025-S1, 2025-03, atau 2025.")
]


def mapping(pairs: Sequence[str] | None, option: str = "--map") -> dict[str, str]:
    """Read ``key=value`` pairs.

    Raises
    ------
    typer.BadParameter
        When a pair has no equals sign, or a key is given twice.
    """
    found: dict[str, str] = {}
    for pair in pairs or ():
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not (equals and key and value):
            raise typer.BadParameter(say("pair_shape", pair=pair), param_hint=option)
        if key in found:
            raise typer.BadParameter(say("pair_twice", name=key), param_hint=option)
        found[key] = value
    return found


def language(text: str) -> Language:
    """Read the language option."""
    return "en" if one_of(text, LANGUAGES, "--lang") == "en" else "id"


def zone(text: str | None) -> str | None:
    """Read the zone option; None leaves it to the office's profile."""
    if text is None:
        return None
    from ektp_analytics.workspace import ZONES

    return one_of(text.upper(), ZONES, "--zone")


def one_of(text: str, names: Collection[str], option: str) -> str:
    """Return a word that must be one of several.

    Raises
    ------
    typer.BadParameter
        When it is none of them.
    """
    if text not in names:
        raise typer.BadParameter(say("choose", names=", ".join(names)), param_hint=option)
    return text


def day(text: str) -> date:
    """Read a date as an Indonesian writes it.

    Raises
    ------
    Refused
        When it is none.
    """
    import pandas as pd

    from ektp_analytics.sources.dates import parse_datetimes

    value = parse_datetimes(pd.Series([text], dtype=str)).values.iloc[0]
    if pd.isna(value):
        raise refuse("date_unreadable", value=text, key="--as-of")
    found: date = value.date()
    return found
