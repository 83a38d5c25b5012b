"""Read any source by its key, and tell by its header which source a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ektp_analytics.errors import refuse
from ektp_analytics.sources.complaints import read_complaints
from ektp_analytics.sources.discipline import read_discipline
from ektp_analytics.sources.evidence import read_evidence
from ektp_analytics.sources.files import Sheet, open_sheets
from ektp_analytics.sources.findings import FindingLog
from ektp_analytics.sources.fit import columns_found, headers_of
from ektp_analytics.sources.follow_up import read_follow_up
from ektp_analytics.sources.headers import OWN_NAME, rank_of
from ektp_analytics.sources.layout import first_texts
from ektp_analytics.sources.opening import is_attendance, read_opening
from ektp_analytics.sources.outreach import read_outreach
from ektp_analytics.sources.own_values import read_own_values
from ektp_analytics.sources.plain import read_plain
from ektp_analytics.sources.publications import read_publications
from ektp_analytics.sources.registrations import read_registrations
from ektp_analytics.sources.result import ReadOptions, ReadResult
from ektp_analytics.sources.schema import SourceSchema, schema, schemas
from ektp_analytics.sources.service_log import read_service_log
from ektp_analytics.sources.survey import read_survey

_HEADERS_SHOWN = 20
_FEWEST_COLUMNS, _FEWEST_ELEMENTS = 2, 3
_READERS: Mapping[str, Callable[..., ReadResult]] = {
    "survey": read_survey,
    "service_log": read_service_log,
    "registrations": read_registrations,
    "evidence": read_evidence,
    "publications": read_publications,
    "complaints": read_complaints,
    "opening": read_opening,
    "discipline": read_discipline,
    "outreach": read_outreach,
    "follow_up": read_follow_up,
    "own_values": read_own_values,
}


def read_source(
    source: str, path: str | Path, options: ReadOptions | None = None, **settings: Any
) -> ReadResult:
    """Read a file as one source.

    Parameters
    ----------
    source
        Key of the source (``survey``, ``service_log``, …, ``published_figures``).
    path, options, **settings
        As for `read_survey`.

    Raises
    ------
    Refused
        No source of that key, or the file cannot be used as it.
    """
    reader = _READERS.get(source) or partial(read_plain, schema(source).key)
    return reader(path, options, **settings)


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a file fits a source: named columns, those under our own label."""

    source: str
    columns: int
    own_names: int


def detect_source(path: str | Path, options: ReadOptions | None = None, **settings: Any) -> str:
    """Return the key of the source whose columns the header of a file names.

    Parameters
    ----------
    path
        A file of a known format.
    options, **settings
        As for `read_survey`; `sheet` limits the search.

    Raises
    ------
    Refused
        No source fits, or several fit equally well; then they are named.

    Notes
    -----
    The source with most recognised columns wins; then the one with most columns under
    our templates' own labels; then the one the file is named after.
    """
    chosen = replace(options or ReadOptions(), **settings)
    place = Path(path)
    log = FindingLog("", chosen.display_name or place.name)
    sheets = open_sheets(place, log, chosen.limits)
    fits = [fit for known in schemas().values() if (fit := _fit(sheets, known, chosen))]
    machine = columns_found(sheets, "attendance", chosen)
    if is_attendance(machine) and len(machine) > max((f.columns for f in fits), default=0):
        return "opening"
    if not fits:
        seen = next((texts for s in sheets if (texts := first_texts(s))), [])
        shown = ", ".join(f"“{h}”" for h in seen[:_HEADERS_SHOWN]) or "-"
        raise refuse("source_not_recognised", file=log.file, seen=shown)
    return _best(fits, place, log.file)


def _best(fits: list[_Fit], path: Path, file: str) -> str:
    top = max((fit.columns, fit.own_names) for fit in fits)
    best = [fit.source for fit in fits if (fit.columns, fit.own_names) == top]
    named = [source for source in best if path.stem.casefold().startswith(source)]
    if len(best) > 1 and len(named) != 1:
        names = ", ".join(f"{schema(s).name['id']} ({s})" for s in best)
        raise refuse("source_ambiguous", file=file, candidates=names)
    return best[0] if len(best) == 1 else named[0]


def _fit(sheets: list[Sheet], known: SourceSchema, options: ReadOptions) -> _Fit | None:
    """Return how well the best sheet fits one source; None where a needed column lacks."""
    found = [
        _Fit(known.key, len(header.positions), _own_names(header.named(), known))
        for header in headers_of(sheets, known, options)
        if _has_core({*header.positions, *header.ambiguous}, known)
        and len(header.positions) >= _FEWEST_COLUMNS
    ]
    return max(found, key=lambda fit: (fit.columns, fit.own_names), default=None)


def _own_names(named: Mapping[str, str], known: SourceSchema) -> int:
    return sum(rank_of(header, known) == OWN_NAME for header in named.values())


def _has_core(keys: set[str], known: SourceSchema) -> bool:
    """Tell whether the columns without which the file is no such source are there."""
    required = {key for key, column in known.columns.items() if column.required}
    if known.of_kind("answer"):
        return len(keys & set(known.of_kind("answer"))) >= _FEWEST_ELEMENTS
    if known.key == "service_log":
        stamps = keys & set(known.of_kind("datetime"))
        numbered = keys & {"application_id", "queue_number", "status"}
        return len(stamps) > 1 or bool(stamps and numbered)
    if known.key == "registrations":
        return bool(keys & set(known.of_kind("count")))
    return required <= keys
