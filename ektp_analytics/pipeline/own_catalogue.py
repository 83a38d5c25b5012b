"""The catalogue an office is scored by: the package's, with the files of its own on top."""

from __future__ import annotations

from pathlib import Path

from ektp_analytics.errors import refuse
from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.framework.extension import extend
from ektp_analytics.indicators.own_values import OWN_VALUES
from ektp_analytics.indicators.registry import computations
from ektp_analytics.indicators.value import SourceFile
from ektp_analytics.sources.files import sha256
from ektp_analytics.standards.located_yaml import read_located_yaml
from ektp_analytics.workspace import Workspace

# A catalogue is text; more than this is none.
LARGEST_BYTES = 1_000_000


def office_catalogue(place: Workspace, office_id: str) -> Catalogue:
    """Return the catalogue of the package, extended by ``katalog.yaml`` where there is one.

    Parameters
    ----------
    place, office_id
        The workspace and the office. ``data/raw/katalog.yaml`` holds for every office,
        ``data/raw/<office>/katalog.yaml`` on top of it for one.

    Raises
    ------
    Refused
        With file and line: whatever `load_catalogue` refuses, and an added indicator that
        nothing gives a value to.
    """
    catalogue = load_catalogue()
    for path in place.catalogue_files(office_id):
        catalogue = extended_by(catalogue, path, place.relative(path))
    return catalogue


def extended_by(catalogue: Catalogue, path: Path, shown: str) -> Catalogue:
    """Return a catalogue with one own file on top, named in refusals as it is shown."""
    text = _text(path, shown)
    extended = extend(catalogue, text, shown)
    known = computations()
    for code, item in extended.indicators.items():
        if code in catalogue.indicators or code in known or item.sources[0] == OWN_VALUES:
            continue
        line = read_located_yaml(text, shown).line("indicators", code, "sources")
        raise refuse("catalogue_without_value", file=shown, row=line, code=code, key=OWN_VALUES)
    return extended


def catalogue_sources(place: Workspace, office_id: str) -> tuple[SourceFile, ...]:
    """Return name and SHA-256 of the own catalogues an office is scored by."""
    files = place.catalogue_files(office_id)
    return tuple(SourceFile(place.relative(path), sha256(path)) for path in files)


def _text(path: Path, shown: str) -> str:
    if path.stat().st_size > LARGEST_BYTES:
        problem = f"> {LARGEST_BYTES // 1000} kB"
        raise refuse("yaml_unreadable", file=shown, row=1, problem=problem)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise refuse("yaml_unreadable", file=shown, row=line, problem="UTF-8") from problem
