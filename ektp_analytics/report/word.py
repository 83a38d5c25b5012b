"""The report as a Word document, from the same blocks as the PDF.

docxtpl fills in the template (the office's own, if it has one), then every block is written
where the template says ``{{ isi }}``, as real headings, Word tables and pictures with
alternative text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ektp_analytics.errors import Finding, Language, refuse
from ektp_analytics.report.blocks import Block
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.fixed_zip import without_clock
from ektp_analytics.report.markup import clean
from ektp_analytics.report.page import PageInfo, generator
from ektp_analytics.report.sections.phrases import tell
from ektp_analytics.report.still import StillCamera
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.report.word_pages import report_pages
from ektp_analytics.report.word_parts.body import Body
from ektp_analytics.report.word_parts.contents import write_contents
from ektp_analytics.report.word_parts.logo import LOGO_FIELD, logo_words, place_logo
from ektp_analytics.report.word_parts.render import write_blocks
from ektp_analytics.report.word_parts.signature import FIELDS, held_open, take_signature
from ektp_analytics.report.word_template import TEMPLATE_NAME, template_bytes
from ektp_analytics.report.wording import say
from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.workspace import Office, Workspace

WORD_NAME = "laporan.docx"
BODY_FIELD = "isi"


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A Word document that was written.

    Attributes
    ----------
    path
        Where it is.
    findings
        What should be known: pictures that are missing, a template without its mark.
    """

    path: Path
    findings: tuple[Finding, ...] = ()


def own_template(workspace: Workspace, office: Office) -> bytes | None:
    """Return the office's own template, None where it has none."""
    path = workspace.raw / office.id / TEMPLATE_NAME
    return path.read_bytes() if path.is_file() else None


def write_word(
    run: PeriodRun,
    path: Path,
    info: PageInfo,
    *,
    camera: StillCamera | None = None,
    template: bytes | None = None,
    pages: Iterable[Block] | None = None,
    history: Sequence[PeriodRun] = (),
) -> WrittenWord:
    """Write the report of a run as a Word document.

    Parameters
    ----------
    run
        The period's run.
    path
        The file; an old one is replaced only when the new one is whole.
    info
        Title, header, footer and language, as for the PDF.
    camera
        Takes the pictures of the charts; without one their descriptions stand there.
    template
        The office's own template (`own_template`); the built-in one if None.
    pages
        What to write; by default the pages of the report's notebook.
    history
        Runs of earlier periods, for those pages.

    Returns
    -------
    WrittenWord

    Raises
    ------
    Refused
        When the template is no Word file or has a mark that cannot be filled in, or the
        old document is open elsewhere.
    """
    shutter = _Shutter(camera)
    if pages is None:
        pages = report_pages(run, Edition(info.lang, run.data.as_of), history)
    document = _filled(template or template_bytes(), _values(run.office, info))
    place, findings = _place(document)
    findings += place_logo(document, run.office, say("cover.logo", info.lang))
    signature = take_signature(document)
    body = Body(document, place, shutter, signature, info.lang)
    write_blocks(body, pages)
    write_contents(body)
    place.getparent().remove(place)
    _set_properties(document, run, info)
    stream = BytesIO()
    document.save(stream)
    write_whole(without_clock(stream.getvalue()), path)
    return WrittenWord(path, (*findings, *shutter.findings))


class _Shutter:
    """Takes pictures until one fails; says so once."""

    def __init__(self, camera: StillCamera | None) -> None:
        self._camera = camera
        self.findings: tuple[Finding, ...] = ()

    def __call__(self, plot: Plot) -> bytes | None:
        if self._camera is None:
            return None
        try:
            return self._camera.picture(plot)
        except BrowserProblem as problem:
            self._camera = None
            self.findings = (problem.finding,)
            return None


def _values(office: Office, info: PageInfo) -> dict[str, Any]:
    """Return what the marks of a template stand for."""
    given: Mapping[str, Any] = office.profile.get("letterhead") or {}
    lines = [clean(line) for line in given.get("lines", ())] or [clean(office.name)]
    texts = {
        "kop_kantor": lines[-1],
        "alamat": given.get("address") or "",
        LOGO_FIELD: logo_words(office),
        "kop_halaman": info.running_head or info.unit,
        "periode": info.period,
        "label": info.label,
        "judul": info.title,
        "unit": info.unit,
        "halaman": tell("word.page", info.lang),
        "dari": tell("word.of", info.lang),
        "draf": tell("word.draft", info.lang) + " · " if info.draft else "",
        BODY_FIELD: held_open(BODY_FIELD),
    }
    values: dict[str, Any] = {name: clean(words) for name, words in texts.items()}
    return values | {"kop": lines[:-1]} | {name: held_open(name) for name in FIELDS}


def _filled(template: bytes, values: Mapping[str, Any]) -> Any:
    """Fill in a template; its marks may name values and loop over them, nothing more."""
    import docx
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    rules = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        filled = DocxTemplate(BytesIO(template))
        filled.render(dict(values), jinja_env=rules)
        stream = BytesIO()
        filled.save(stream)
    except (TemplateError, BadZipFile, ValueError, KeyError, OSError) as problem:
        what = (str(problem).splitlines() or [type(problem).__name__])[0][:200]
        raise refuse("word_template_broken", file=TEMPLATE_NAME, what=what) from problem
    return docx.Document(stream)


def _place(document: Any) -> tuple[Any, tuple[Finding, ...]]:
    """Return the paragraph in front of which the report goes."""
    for paragraph in document.paragraphs:
        if held_open(BODY_FIELD) in paragraph.text:
            return paragraph._p, ()  # noqa: SLF001 - python-docx has no name for it
    last = document.add_paragraph()
    note = Finding(rule="word_template_without_body", severity="warning", file=TEMPLATE_NAME)
    return last._p, (note,)  # noqa: SLF001


def _set_properties(document: Any, run: PeriodRun, info: PageInfo) -> None:
    """Name the office as the author, never the person at the computer, and fix the dates."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = info.title, info.unit, info.unit
    about.subject, about.keywords, about.category = info.period, "", ""
    about.comments = f"{info.label} {generator()}".strip()
    about.language = _LANGUAGE_TAGS[info.lang]
    about.created = about.modified = datetime.combine(run.period.end, time())
    about.revision = 1
    for language in document.styles.element.iter(_LANG):
        language.set(_VAL, _LANGUAGE_TAGS[info.lang])


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LANG, _VAL = f"{_W}lang", f"{_W}val"
_LANGUAGE_TAGS: Mapping[Language, str] = {"id": "id-ID", "en": "en-GB"}
