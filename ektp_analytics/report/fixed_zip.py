"""Office files are archives that note the time of writing; take it out of them."""

from __future__ import annotations

import zipfile
from io import BytesIO

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest time an archive can note


def without_clock(archive: bytes) -> bytes:
    """Return the same archive with every entry dated 1 January 1980.

    Parameters
    ----------
    archive
        A DOCX or XLSX file.

    Returns
    -------
    bytes
        The same entries in the same order; equal contents give equal bytes.
    """
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, FIRST_DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return stream.getvalue()
