"""``ektp lab``: JupyterLab on the workspace's own copy of the notebooks."""

from __future__ import annotations

from typing import Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output


def lab(
    workspace: options.WorkspacePath = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Buka peramban, atau tidak.")
    ] = True,
    lang: options.Lang = "id",
) -> None:
    """Buka JupyterLab pada buku catatan di folder kerja."""
    output = Output(lang=options.language(lang))
    with output.refusals():
        from ektp_analytics.pipeline.lab import copy_notebooks, run_lab
        from ektp_analytics.workspace import Workspace

        folder = copy_notebooks(Workspace.find(workspace))
    output.say("lab_opens", folder=folder)
    raise typer.Exit(run_lab(folder, browser=browser))
