"""Make a workspace and a new office in it: profile, templates, survey form."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ektp_analytics.errors import refuse
from ektp_analytics.report.publish import STAGING_PREFIX, publication
from ektp_analytics.sources.dispatch import detect_source, read_source
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.sources.schema import schemas
from ektp_analytics.sources.templates import survey_form, template_workbook
from ektp_analytics.workspace import PROFILE_NAME, Office, Workspace, read_office
from ektp_analytics.workspace.new_profile import mapping_text, new_profile_text
from ektp_analytics.workspace.profile import OFFICE_CODE, OFFICE_ID

TEMPLATE_FOLDER = "templat"
FORM_NAME = "formulir-survei-xlsform.xlsx"
FOLDERS = ("data/raw", "data/processed", "reports")
# Words of an office's name that do not tell offices apart.
_COMMON_WORDS = {
    *("dinas", "kependudukan", "dan", "pencatatan", "sipil", "disdukcapil", "dukcapil"),
    *("pemerintah", "pemkab", "pemkot", "kabupaten", "kab", "kota", "suku"),
}


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What was made.

    Parameters
    ----------
    folder
        The office's folder under ``data/raw``.
    office
        Its profile as read back.
    source, mapping
        With an own export: the source it was read as, and its header by key.
    """

    folder: Path
    office: Office
    source: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


def make_office(
    root: Path,
    name: str,
    code: str,
    *,
    office_id: str | None = None,
    own: Path | None = None,
    headers: Mapping[str, str] | None = None,
) -> NewOffice:
    """Make an office, and its workspace where that is absent.

    Parameters
    ----------
    root
        Folder of the workspace.
    name, code
        Name as printed, and region code (``16.07``).
    office_id
        Folder name; from the office's name where None.
    own
        The office's own export of one source: its headers are kept as the mapping and
        become the headers of that template. The file itself stays where it is.
    headers
        Header by key, for columns of the export that are not recognised.

    Returns
    -------
    NewOffice

    Raises
    ------
    Refused
        An id or code that cannot be one, an office or code that is already there, an
        unusable export, a folder that cannot be written. Nothing is left behind then.
    """
    if not OFFICE_CODE.fullmatch(code):
        raise refuse("office_code_unreadable", value=code)
    chosen = office_id or id_from(name)
    if not OFFICE_ID.fullmatch(chosen):
        raise refuse("office_id_wrong", value=chosen)
    source, mapping = _headers_of(own, headers or {}) if own else ("", {})
    place = Workspace(root.resolve())
    folder = place.office_folder(chosen)
    if folder.exists():
        raise refuse("office_exists", value=chosen, folder=place.relative(folder))
    _refuse_known_code(place, code, chosen)
    text = new_profile_text(chosen, name, code)
    if mapping:
        text += mapping_text(source, mapping)
    try:
        _write_office(place, folder, text, {source: mapping})
    except OSError as problem:
        raise refuse(
            "folder_not_writable", file=str(root), problem=problem.strerror or "-"
        ) from problem
    return NewOffice(folder, read_office(folder / PROFILE_NAME), source, mapping)


def write_templates(place: Workspace, office_id: str) -> Path:
    """Write an office's templates and survey form again, as its profile now says.

    Returns
    -------
    Path
        The folder ``templat`` of the office.
    """
    office = place.office(office_id)
    target = place.office_folder(office_id) / TEMPLATE_FOLDER
    own = {source: office.mapping(source) for source in schemas() if office.mapping(source)}
    with publication(target) as folder:
        _fill(folder, office, own)
    return target


def id_from(name: str) -> str:
    """Return a folder name made from an office's name.

    Examples
    --------
    >>> id_from("Dinas Kependudukan dan Pencatatan Sipil Kabupaten Ogan Ilir")
    'ogan-ilir'
    """
    words = re.findall(r"[a-z0-9]+", name.casefold())
    telling = "-".join(word for word in words if word not in _COMMON_WORDS)
    if not OFFICE_ID.fullmatch(telling):
        raise refuse("office_name_without_id", value=name)
    return telling


def _refuse_known_code(place: Workspace, code: str, office_id: str) -> None:
    same = [name for name in place.offices() if place.office(name).code == code]
    if same:
        raise refuse("office_code_shared", value=code, offices=", ".join([*same, office_id]))


def _headers_of(own: Path, headers: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return what source an office's export is, and the header of each key."""
    how = ReadOptions(mapping=headers)
    source = detect_source(own, how)
    return source, dict(read_source(source, own, how).mapping)


def _write_office(
    place: Workspace, folder: Path, text: str, own: Mapping[str, Mapping[str, str]]
) -> None:
    """Write the office beside its place and move it there when it is whole."""
    for name in FOLDERS:
        (place.root / name).mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=place.raw, prefix=STAGING_PREFIX))
    try:
        new = staging / folder.name
        (new / TEMPLATE_FOLDER).mkdir(parents=True)
        (new / PROFILE_NAME).write_text(text, encoding="utf-8")
        _fill(new / TEMPLATE_FOLDER, read_office(new / PROFILE_NAME), own)
        new.replace(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fill(folder: Path, office: Office, own: Mapping[str, Mapping[str, str]]) -> None:
    """Write every template and the survey form into a folder."""
    for source in schemas():
        content = template_workbook(source, office, own.get(source) or None)
        (folder / f"{source}.xlsx").write_bytes(content)
    (folder / FORM_NAME).write_bytes(survey_form(office))
