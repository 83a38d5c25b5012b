"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.errors import Language, refuse

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
SheetName = Annotated[str | None, typer.Option("--sheet", help="Nama lembar yang dibaca.")]
Zone = Annotated[str, typer.Option("--zone", metavar="WIB|WITA|WIT", help="Zona waktu kantor.")]
WorkspacePath = Annotated[
    Path | None,
    typer.Option(
        "--workspace", help="Folder kerja (yang berisi data/raw); bila kosong dicari sendiri."
    ),
]
OfficeId = Annotated[str, typer.Argument(metavar="KANTOR", help="Nama folder kantor di data/raw.")]
PeriodText = Annotated[str, typer.Argument(metavar="PERIODE", help="Misalnya 2025-Q4.")]


def mapping(pairs: Sequence[str] | None) -> dict[str, str]:
    """Read ``key=Header`` pairs.

    Raises
    ------
    typer.BadParameter
        When a pair has no equals sign.
    """
    found: dict[str, str] = {}
    for pair in pairs or ():
        key, equals, header = pair.partition("=")
        if not equals or not key.strip() or not header.strip():
            raise typer.BadParameter(
                f"“{pair}” harus berbentuk kunci=Judul kolom", param_hint="--map"
            )
        found[key.strip()] = header.strip()
    return found


def language(text: str) -> Language:
    """Read the language option."""
    if text == "id":
        return "id"
    if text == "en":
        return "en"
    raise typer.BadParameter("pilih id atau en", param_hint="--lang")


def zone(text: str) -> str:
    """Read the zone option."""
    from ektp_analytics.workspace import ZONES

    if text.upper() not in ZONES:
        raise typer.BadParameter("pilih WIB, WITA, atau WIT", param_hint="--zone")
    return text.upper()


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
