"""What a result was made from, as one digest: it is made again only when that changes.

Taken in are the office's files of the period and of all earlier ones (whose values may be
carried or compared), its profile and what lies beside it, its own catalogue, and every file
of this package: code, standards, catalogue, sentences, templates and notebooks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path

from ektp_analytics.periods import Period
from ektp_analytics.report.notebook_run import bundled_notebooks
from ektp_analytics.sources.files import sha256
from ektp_analytics.workspace import PROFILE_NAME, Workspace
from ektp_analytics.workspace.folders import CATALOGUE_NAME

# Compiled code differs from one computer to the next and says nothing new.
_PASSED_OVER = ("__pycache__", ".pyc")
# Taken in by name.
_TAKEN_IN = (PROFILE_NAME, CATALOGUE_NAME)
_LIBRARIES = ("numpy", "pandas", "pyarrow", "scipy", "plotly")


def fingerprint(place: Workspace, office_id: str, period: Period, how: Collection[str]) -> str:
    """Return the digest of everything an office's results of a period are made from.

    Parameters
    ----------
    place, office_id, period
        Whose results.
    how
        Settings of the run, such as language and formats.
    """
    parts = [code_digest(), str(period), *sorted(how)]
    for path in _inputs(place, office_id, period):
        parts += [place.relative(path), sha256(path)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _inputs(place: Workspace, office_id: str, period: Period) -> Iterable[Path]:
    folder = place.office_folder(office_id)
    yield folder / PROFILE_NAME
    # The logo and the office's own Word template lie beside the profile.
    yield from (p for p in sorted(folder.iterdir()) if p.is_file() and p.name not in _TAKEN_IN)
    yield from place.catalogue_files(office_id)
    for when in place.periods(office_id):
        if when.end <= period.end:
            yield from place.files(office_id, when)


@cache
def code_digest() -> str:
    """Return the digest of this package and of the libraries that compute its numbers."""
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for name, file in _files(resources.files("ektp_analytics"), ""):
        digest.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    for name, file in bundled_notebooks().items():
        digest.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterable[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(_PASSED_OVER):
            continue
        if item.is_dir():
            yield from _files(item, f"{prefix}{item.name}/")
        else:
            yield f"{prefix}{item.name}", item
