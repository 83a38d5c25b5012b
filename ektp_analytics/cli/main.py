"""Start a command, and turn whatever goes wrong into one sentence and an exit code."""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from ektp_analytics.cli import (
    audit,
    batch,
    check,
    coverage,
    init,
    lab,
    report,
    rollup,
    score,
    skm,
    synth,
    tally,
    times,
)  # fmt: skip
from ektp_analytics.cli.console import REFUSED, error_line
from ektp_analytics.cli.usage import PlainCommand, PlainGroup, usage_message
from ektp_analytics.cli.wording import say
from ektp_analytics.errors import EktpError, Language, Refused
from ektp_analytics.garbage import collect_rarely

USAGE = 2
OUR_DEFECT = 70
STOPPED = 130

app = typer.Typer(
    name="ektp",
    help="Menilai tata kelola layanan KTP-el daring dari berkas kantor: survei, log layanan, "
    "dan rekapitulasi perekaman.",
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _name, _command in (
    ("init", init.init),
    ("check", check.check),
    ("skm", skm.skm),
    ("times", times.times),
    ("coverage", coverage.coverage),
    ("audit", audit.audit),
    ("score", score.score),
    ("report", report.report),
    ("batch", batch.batch),
    ("rollup", rollup.rollup),
    ("synth", synth.synth),
    ("lab", lab.lab),
):
    app.command(_name, cls=PlainCommand)(_command)
app.add_typer(tally.app, name="tally")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("ektp_analytics"))
        raise typer.Exit


@app.callback()
def _general(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_show_version,
            help="Tampilkan versi, lalu selesai.",
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done; 1 input refused; 2 wrong usage; 3 some offices failed; 70 our own defect.
    """
    _speak_utf8()
    collect_rarely()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches the user."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(given)
    command = typer.main.get_command(app)
    try:
        code = command.main(args=given, prog_name="ektp", standalone_mode=False)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else USAGE
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except EktpError as refused:
        error_line(str(refused))
        return REFUSED if isinstance(refused, Refused) else OUR_DEFECT
    except Exception as problem:  # noqa: BLE001 - the last line of defence says where to look
        return _told(problem, lang)
    if code == STOPPED:
        error_line(say("stopped", lang))
    return code if isinstance(code, int) else 0


def _told(problem: Exception, lang: Language) -> int:
    """Say what was wrong with the command line, or keep a defect of ours in a log."""
    if getattr(problem, "exit_code", None) == USAGE:
        page = type(problem).__name__ == "NoArgsIsHelpError"
        error_line(str(problem) if page else usage_message(problem, lang))
        return USAGE
    with tempfile.NamedTemporaryFile(
        "w", prefix="ektp-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(problem, file=log)
    error_line(say("our_defect", lang, kind=type(problem).__name__, log=Path(log.name)))
    return OUR_DEFECT


def _language(arguments: Sequence[str]) -> Language:
    """Return the language asked for, also where the command line cannot be read."""
    pairs = pairwise(arguments)
    english = ("--lang", "en") in pairs or "--lang=en" in arguments
    return "en" if english else "id"


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
