"""The note a finished office leaves: what it was made from, and which files it gave.

It is written last, in one step. An office is done when its note is there, names the same
inputs, and every file it names is there with the bytes it had; anything else is done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ektp_analytics.periods import Period
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.sources.files import sha256
from ektp_analytics.workspace import Workspace

RECORD_NAME = "batch.json"


def record_path(place: Workspace, office_id: str, period: Period) -> Path:
    """Return where the note of an office and period is kept."""
    return place.processed_folder(office_id, period) / RECORD_NAME


def write_record(
    place: Workspace, path: Path, made_from: str, files: Iterable[Path], missing: Iterable[str]
) -> None:
    """Note that an office is done.

    Parameters
    ----------
    place, path
        Workspace, and the note's own place.
    made_from
        Digest of the inputs.
    files
        What was written.
    missing
        Formats that could not be made, such as the PDF without a browser.
    """
    digests = {place.relative(file): sha256(file) for file in sorted(files)}
    content = {"made_from": made_from, "files": digests, "missing": sorted(missing)}
    write_whole((json.dumps(content, indent=1) + "\n").encode(), path)


def is_done(place: Workspace, path: Path, made_from: str) -> bool:
    """Tell whether the note says that everything is there, and it is.

    A note that cannot be read says nothing. One with a missing format is not done: the
    browser may be there now.
    """
    try:
        content = json.loads(path.read_bytes())
        files, missing = dict(content["files"]), list(content["missing"])
        if content["made_from"] != made_from or missing or not files:
            return False
        return all(sha256(place.root / name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False
