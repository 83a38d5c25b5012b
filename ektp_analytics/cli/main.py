"""Start a command, and turn whatever goes wrong into one sentence and an exit code."""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.cli import check, coverage, report, score, skm, times
from ektp_analytics.cli.console import REFUSED, error_line
from ektp_analytics.errors import EktpError, Refused

OUR_DEFECT = 70
USAGE = 2
STOPPED = 130

app = typer.Typer(
    name="ektp",
    help="Menilai tata kelola layanan KTP-el daring dari berkas kantor: survei, log layanan, "
    "dan rekapitulasi perekaman.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("check")(check.check)
app.command("skm")(skm.skm)
app.command("times")(times.times)
app.command("coverage")(coverage.coverage)
app.command("score")(score.score)
app.command("report")(report.report)


@app.callback()
def _general(
    version: Annotated[
        bool, typer.Option("--version", help="Tampilkan versi, lalu selesai.")
    ] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("ektp_analytics"))
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done; 1 input refused; 2 wrong usage; 3 some offices failed; 70 our own defect.
    """
    _speak_utf8()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches the user."""
    command = typer.main.get_command(app)
    try:
        command.main(args=None if arguments is None else list(arguments), prog_name="ektp")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else USAGE
    except KeyboardInterrupt:
        error_line("Dihentikan.")
        return STOPPED
    except EktpError as refused:
        error_line(str(refused))
        return REFUSED if isinstance(refused, Refused) else OUR_DEFECT
    except Exception as defect:  # noqa: BLE001 - the last line of defence says where to look
        error_line(_told(defect))
        return OUR_DEFECT
    return 0


def _told(defect: Exception) -> str:
    """Keep the details of a defect in a file and say so in one sentence."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="ektp-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(defect, file=log)
    return (
        f"Program berhenti karena kesalahan kami sendiri ({type(defect).__name__}). "
        f"Kirimkan berkas {Path(log.name)} kepada pengembang."
    )


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
