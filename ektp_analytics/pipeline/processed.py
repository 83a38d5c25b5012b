"""Keep what was computed under ``data/processed``: kept rows, findings, numbers, provenance.

The same input files give the same bytes: nothing in them tells when or where they were
written. The day they speak of is the last day of the period.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import pandas as pd

from ektp_analytics.errors import SEVERITIES, Finding, Refused, refuse
from ektp_analytics.framework.own_changes import own_changes
from ektp_analytics.pipeline.earlier_files import files_looked_back, periods_looked_back
from ektp_analytics.report.exit_scan import Watch, exit_check, watch_for
from ektp_analytics.report.publish import publication
from ektp_analytics.report.run_lock import A_MOMENT, only_run
from ektp_analytics.scoring.earlier_file import EarlierFile
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.files import sha256
from ektp_analytics.sources.schema import schemas
from ektp_analytics.workspace import Workspace

RUN_NAME, FINDINGS_NAME = "run.json", "findings.json"
# The row as the spreadsheet shows it, so that every kept row can be found again.
ROW_COLUMN = "row"
# Free text may name persons whatever is masked in it; it stays in data/raw.
_LEFT_IN_RAW = ("comment",)
# What reads and computes the numbers, and what knows holidays and zones.
_LIBRARIES = (
    *("ektp_analytics", "numpy", "pandas", "pyarrow", "scipy"),
    *("python-calamine", "pandera", "holidays", "babel", "tzdata"),
)
_ACCOUNT = ("file", "source", "sha256", "sheet", "read", "kept", "rejected", "repeats")


def save_processed(run: PeriodRun, place: Workspace) -> tuple[Path, ...]:
    """Write a run to ``data/processed/<office>/<period>``, all of it or nothing.

    Parameters
    ----------
    run
        The run.
    place
        Its workspace.

    Returns
    -------
    tuple of Path
        ``<source>.parquet`` for each source read, ``findings.json`` and ``run.json``.

    Raises
    ------
    Refused
        When a file would name a person of the sources, an old file is open elsewhere, the
        folder cannot be written, another run keeps its results there, or a link leads out
        of the workspace; the old files stay as they were.
    """
    target = place.processed_folder(run.office.id, run.period)
    try:
        with only_run(target, run.office.id, run.period, patience=A_MOMENT):
            with publication(target, exit_check(_watch(run, place))) as folder:
                _write(run, folder, place)
                names = {path.name for path in folder.iterdir()}
            _remove_others(target, names)
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=place.relative(target), problem=problem.strerror or "-"
        ) from problem
    return tuple(target / name for name in sorted(names))


def _watch(run: PeriodRun, place: Workspace) -> Watch:
    """Return what must not be in the files: the persons seen when the sources were read."""
    return watch_for(run.office, run.identities, place.root)


def try_to_save(run: PeriodRun, place: Workspace) -> tuple[Finding, ...]:
    """Save a run; where it cannot be saved return that as a warning, the run stands."""
    try:
        save_processed(run, place)
    except Refused as refused:
        return tuple(replace(finding, severity="warning") for finding in refused.findings)
    return ()


def _write(run: PeriodRun, folder: Path, place: Workspace) -> None:
    for source, result in run.sources.items():
        stored_table(result.table).to_parquet(folder / f"{source}.parquet", index=False)
    _write_json(folder / FINDINGS_NAME, findings_record(run))
    _write_json(folder / RUN_NAME, run_record(run, place))


def stored_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a validated table as it is stored: its row numbers first, no free text."""
    left = [name for name in _LEFT_IN_RAW if name in table]
    kept = table.drop(columns=left) if left else table
    return kept.rename_axis(ROW_COLUMN).reset_index()


def findings_record(run: PeriodRun) -> list[dict[str, Any]]:
    """Return every finding of a run, with its sentences in both languages."""
    return [
        f.to_record() | {"message_en": f.text("message", "en"), "remedy_en": f.text("remedy", "en")}
        for f in run.findings
    ]


def run_record(run: PeriodRun, place: Workspace) -> dict[str, Any]:
    """Return what a run was made from and with, and every number it gave.

    With the files named here and the same versions the report is made again, number by
    number: the office's own files, those of the period, and those of the earlier periods
    it carries, compares, keeps from telling, or shows in a trend.
    """
    card = run.scorecard
    counts = Counter(dict.fromkeys(SEVERITIES, 0))
    for finding in run.findings:
        counts[finding.severity] += finding.count
    return {
        "office": {"id": run.office.id, "name": run.office.name, "code": run.office.code},
        "period": str(run.period),
        "as_of": run.period.end.isoformat(),
        "zone": run.office.zone,
        "label": run.office.label,
        "versions": {"python": python_version(), **_versions()},
        "catalogue": run.catalogue.version,
        "catalogue_own": {
            "files": [{"file": f.file, "sha256": f.sha256} for f in run.catalogue_files],
            **own_changes(run.catalogue).to_record(),
        },
        "mapping": run.catalogue.mapping,
        "seed": card.settings.seed,
        "draws": card.settings.draws,
        "inputs": [{name: getattr(f, name) for name in _ACCOUNT} for f in run.files],
        "office_files": _office_files(place, run.office.id),
        "earlier_inputs": [asdict(file) for file in _earlier_inputs(run, place)],
        "headers": {source: dict(result.mapping) for source, result in run.sources.items()},
        "findings": dict(counts),
        "standards": [item.to_record() for item in run.standards],
        "scorecard": card.to_record(),
        "values_before": {v.code: v.value for v in run.earlier if v.value is not None},
    }


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


def _office_files(place: Workspace, office_id: str) -> list[dict[str, str]]:
    """Return name and SHA-256 of what lies beside the periods: profile, catalogue, template."""
    files = sorted(path for path in place.office_folder(office_id).iterdir() if path.is_file())
    shown = (path for path in files if not path.name.startswith((".", "~$")))
    return [{"file": place.relative(path), "sha256": sha256(path)} for path in shown]


def _earlier_inputs(run: PeriodRun, place: Workspace) -> list[EarlierFile]:
    """Return the files of earlier periods that were read, and those a trend goes back to."""
    back = periods_looked_back(place, run.office.id, run.period)
    return sorted({*run.earlier_files, *files_looked_back(place, run.office.id, back)})


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, default=_plain)
    path.write_text(text + "\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    """Return what JSON has no word for: instants as ISO text, numbers of numpy as numbers."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def _remove_others(target: Path, names: set[str]) -> None:
    """Remove tables of sources the office no longer gives, so that none is taken for new."""
    for source in schemas():
        if (name := f"{source}.parquet") not in names:
            (target / name).unlink(missing_ok=True)
