"""Write a finished file under its name in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ektp_analytics.report.publish import STAGING_PREFIX, put_in_place


def write_whole(content: bytes, target: Path) -> Path:
    """Write bytes beside the target and move them over it.

    Parameters
    ----------
    content
        The whole file.
    target
        Where readers look; its folder is made if absent.

    Returns
    -------
    Path
        `target`.

    Raises
    ------
    Refused
        When the old file is open in another program; it stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(dir=target.parent, prefix=STAGING_PREFIX, suffix=target.suffix)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return put_in_place(Path(new), target)
