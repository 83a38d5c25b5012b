"""``ektp synth``: a made-up office to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json

_LARGEST_SCALE = 100.0
# As many region codes as no province bears: six of them, with 99 regencies each.
_MOST_OFFICES = 594


def synth(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder kerja; dibuat bila belum ada.")
    ],
    office: Annotated[
        str, typer.Option("--office", metavar="KANTOR", help="Nama folder kantor rekaan.")
    ] = "contoh",
    offices: Annotated[
        int | None,
        typer.Option(
            "--offices",
            metavar="ANGKA",
            min=1,
            max=_MOST_OFFICES,
            help="Tulis sekian kantor rekaan, rekaan-001 dan seterusnya.",
        ),
    ] = None,
    periods: Annotated[
        list[str] | None,
        typer.Option("--period", metavar="PERIODE", help="Periode yang ditulis; boleh diulang."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="ANGKA", help="Benih acak; benih sama, berkas sama."),
    ] = None,
    scale: Annotated[
        float,
        typer.Option(
            "--scale",
            metavar="ANGKA",
            min=0.01,
            max=_LARGEST_SCALE,
            help="Besar kantor; 1 sekitar 3.000 permohonan per triwulan.",
        ),
    ] = 1.0,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Tulis kantor rekaan yang berlabel jelas, untuk belajar dan mencoba."""
    output = Output(as_json, options.language(lang))
    with output.refusals():
        from ektp_analytics.synthetic import (
            DEFAULT_PERIODS,
            DEFAULT_SEED,
            SYNTHETIC_LABEL,
            write_office,
        )

        wanted = tuple(periods or DEFAULT_PERIODS)
        chosen = DEFAULT_SEED if seed is None else seed
        if offices is not None:
            _many(folder, offices, wanted, chosen, scale, output)
            return
        code = code_for(folder, office)
        made = write_office(
            folder, office=office, code=code, periods=wanted, seed=chosen, scale=scale
        )
    if as_json:
        write_json({"ok": True, "office": office, "code": code, "folder": str(made)})
        return
    output.say("synth_made", office=office, folder=made, label=SYNTHETIC_LABEL)


def _many(
    folder: Path, count: int, periods: tuple[str, ...], seed: int, scale: float, output: Output
) -> None:
    """Write a made-up province or nation."""
    from ektp_analytics.batch.national import write_offices

    made = write_offices(folder, count, periods=periods, seed=seed, scale=scale)
    if output.as_json:
        write_json({"ok": True, "offices": list(made), "folder": str(folder)})
        return
    output.say("synth_offices", count=output.whole(len(made)), folder=folder)


def code_for(folder: Path, office_id: str) -> str:
    """Return a made-up office's own code, or the first that no office of the folder uses."""
    from ektp_analytics.synthetic import made_up_code
    from ektp_analytics.workspace import Workspace

    place = Workspace(folder.resolve())
    place.office_folder(office_id)  # refuses an id that cannot be one
    taken = {name: place.office(name).code for name in place.offices()}
    if office_id in taken:
        return taken[office_id]
    codes = (made_up_code(number) for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken.values())
