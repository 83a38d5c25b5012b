"""Everything a finished file says, for the scan before it is published.

A file is taken apart by its content, not by its name: what a reader sees, and also what
only a program sees (attributes, alternative texts, metadata, data behind charts).
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ektp_analytics.privacy import nik_runs
from ektp_analytics.report.pdf_file import opened_pdf

MOST_NESTED = 3  # a workbook inside a document inside an archive
# A number this large may be an identity number that became a number (16 digits).
LARGE_NUMBER = 10**15
_SHARE_OF_IDENTITIES = 0.5
_ROWS_READ_TOGETHER = 50_000  # a longer table is read one column at a time
_ZIP, _PDF, _PARQUET, _PNG = b"PK\x03\x04", b"%PDF-", b"PAR1", b"\x89PNG\r\n\x1a\n"
_PICTURES = (b"\xff\xd8\xff", b"GIF8", b"RIFF")
_EMBEDDED = re.compile(r"data:[\w/+.\-]+;base64,[A-Za-z0-9+/=]+")
_DATA_SCRIPT = re.compile(
    r"<script[^>]*\btype=[\"']application/json[\"'][^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Parts that come whole from the library or a template: names of fonts, which are also names.
_FONT_PARTS = re.compile(r"/theme/theme\d+\.xml$|/fontTable\.xml$")
_PARAGRAPH_END = re.compile(
    r"</(?:w:p|a:p|si|c|row|p|td|th|li|h[1-6]|div|tr)>|<(?:br|w:br|w:tab)/?>"
)
_META = re.compile(r"<meta\b[^>]*\bcontent=\"([^\"]*)\"", re.IGNORECASE)
_ELEMENT_TEXT = re.compile(r">([^<>]+)<")
# A text object as qpdf writes it: in brackets, or in hexadecimal digits.
_PDF_TEXT = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]+>", re.DOTALL)
# Streams of a PDF that hold words about it, or whole files.
_DESCRIBING = ("/Metadata", "/EmbeddedFile")
_PICTURE_OUTPUT = re.compile(r"image/(?!svg)|application/pdf|font/")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text of a file.

    Parameters
    ----------
    place
        Where it stands, as an official may look for it: page, part, column.
    text
        The text.
    metadata
        Whether it is one value of the file's own description (author, title …).
    """

    place: str
    text: str
    metadata: bool = False


class Unscannable(Exception):
    """A file whose text cannot be taken out; it must not be published."""


def passages(path: Path) -> Iterator[Passage]:
    """Yield every text of a file, its name first.

    Raises
    ------
    Unscannable
        When the file is damaged, protected, or nested too deep.
    """
    yield Passage("nama berkas", path.name)
    try:
        yield from _of_content(path.read_bytes(), "", 0)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError) as problem:
        raise Unscannable(path.name) from problem


def _of_content(content: bytes, place: str, depth: int) -> Iterator[Passage]:
    if depth > MOST_NESTED:
        raise Unscannable(place)
    readers: dict[bytes, Callable[[bytes, str], Iterator[Passage]]] = {
        _PDF: _of_pdf,
        _PARQUET: _of_parquet,
        _PNG: _of_png,
    }
    start = next((start for start in readers if content.startswith(start)), None)
    if start is not None:
        yield from readers[start](content, place)
    elif content.startswith(_ZIP):
        yield from _of_archive(content, place, depth)
    elif not content.startswith(_PICTURES):
        yield from _of_text(_decoded(content), place)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_text(text: str, place: str) -> Iterator[Passage]:
    """Yield plain text, JSON (also notebooks) or markup in every way it may be read."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            known = json.loads(text)
        except ValueError:
            known = None
        if known is not None:
            yield from _of_json(known, place)
            return
    if "<" in text:
        yield from _of_markup(text, place)
    else:
        yield Passage(place, text)


def _of_json(value: Any, place: str) -> Iterator[Passage]:
    yield from _views(_EMBEDDED.sub(" ", "\n".join(_leaves(value))), place)
    for description in _descriptions(value):
        yield Passage(place, description, metadata=True)


def _leaves(value: Any) -> Iterator[str]:
    """Yield every text and number; pictures hold no text."""
    if isinstance(value, dict):
        yield from _typed_array(value)
        for key, inner in value.items():
            yield str(key)
            if not _PICTURE_OUTPUT.match(str(key)):
                yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield value if isinstance(value, str) else json.dumps(value)


def _typed_array(value: dict[str, Any]) -> Iterator[str]:
    """Yield the large numbers of an array that plotly wrote as base64."""
    if not {"dtype", "bdata"} <= set(value) or not isinstance(value["bdata"], str):
        return
    import base64

    import numpy as np

    numbers = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]))
    large = numbers[np.abs(numbers.astype("float64")) >= LARGE_NUMBER]
    yield from _were_identities(large.tolist())


def _were_identities(numbers: list[float]) -> list[str]:
    """Return large floats as whole numbers where most of them are built like a NIK."""
    whole = [f"{int(number)}" for number in numbers if float(number).is_integer()]
    alike = sum(1 for text in whole if any(nik_runs(text)))
    return whole if alike >= _SHARE_OF_IDENTITIES * len(numbers) else []


def _descriptions(value: Any) -> Iterator[str]:
    """Yield what a notebook says of itself."""
    if isinstance(value, dict) and "nbformat" in value:
        yield from _leaves(value.get("metadata", {}))


def _of_markup(text: str, place: str) -> Iterator[Passage]:
    shown = text
    for script in shipped_scripts():
        shown = shown.replace(script, " ")
    shown = _EMBEDDED.sub(" ", shown)
    for block in _DATA_SCRIPT.findall(shown):
        yield from _of_text(block, place)
    yield from _views(_DATA_SCRIPT.sub(" ", shown), place)
    for value in _META.findall(shown):
        yield Passage(place, html.unescape(value), metadata=True)


def _views(text: str, place: str) -> Iterator[Passage]:
    """Yield markup as words that tags keep apart, as words that tags cut, and its attributes."""
    if "<" not in text:
        yield Passage(place, html.unescape(text))
        return
    yield Passage(place, html.unescape(_TAG.sub(" ", text)))
    yield Passage(place, html.unescape(_TAG.sub("", _PARAGRAPH_END.sub("\n", text))))
    hidden = (value for found in _ATTRIBUTE.finditer(text) for value in found.groups() if value)
    yield Passage(place, html.unescape("\n".join((*hidden, *_COMMENT.findall(text)))))


@cache
def shipped_scripts() -> tuple[str, ...]:
    """Return the programs every page carries; they say nothing about an office."""
    plotly = resources.files("plotly") / "package_data" / "plotly.min.js"
    return (plotly.read_text(encoding="utf-8"),)


def _of_archive(content: bytes, place: str, depth: int) -> Iterator[Passage]:
    """Yield the parts of a DOCX, XLSX or other archive, and what they hold inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            yield Passage(place, entry.filename)
            if _FONT_PARTS.search(entry.filename):
                continue
            inside = archive.read(entry)
            part = f"{place} {entry.filename}".strip()
            if entry.filename.startswith(("docProps/", "meta.xml")):
                for value in _ELEMENT_TEXT.findall(_decoded(inside)):
                    yield Passage(part, html.unescape(value), metadata=True)
            yield from _of_content(inside, part, depth + 1)


def _of_pdf(content: bytes, place: str) -> Iterator[Passage]:
    import pikepdf
    import pypdfium2

    try:
        with opened_pdf(content) as inside:
            for value in inside.docinfo.values() if "/Info" in inside.trailer else ():
                yield Passage(place, str(value), metadata=True)
            strings = "\n".join(_pdf_strings(inside))
        document = pypdfium2.PdfDocument(content)
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as problem:
        raise Unscannable(place) from problem
    with closing(document):
        for number, page in enumerate(document, start=1):
            words = page.get_textpage().get_text_range()
            yield Passage(f"{place} halaman {number}".strip(), words)
    yield Passage(f"{place} keterangan di dalam PDF".strip(), strings)


def _pdf_strings(pdf: Any) -> Iterator[str]:
    """Yield every text object and every attached or described stream: alternative texts too."""
    import pikepdf

    known: dict[bytes, str] = {}  # the names of tags come a thousand times
    for found in pdf.objects:
        stream = isinstance(found, pikepdf.Stream)
        # What an object points to is asked by itself: only its own texts are written here.
        written = (found.stream_dict if stream else found).unparse(resolved=True)
        for text in _PDF_TEXT.findall(written):
            if text not in known:
                known[text] = str(pikepdf.Object.parse(text))
            yield known[text]
        if stream and found.get("/Type") in _DESCRIBING:
            yield _decoded(found.read_bytes())


def _of_png(content: bytes, place: str) -> Iterator[Passage]:
    """Yield the text chunks of a PNG; what is drawn in it stands in the PDF beside it."""
    position = len(_PNG)
    while position + 8 <= len(content):
        length = int.from_bytes(content[position : position + 4])
        kind = content[position + 4 : position + 8]
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
            body = content[position + 8 : position + 8 + length]
            yield Passage(place, body.decode("utf-8", errors="replace"), metadata=True)
        position += length + 12


def _of_parquet(content: bytes, place: str) -> Iterator[Passage]:
    """Yield the distinct texts of each column, large numbers, and the file's description."""
    import pyarrow
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        for value in (file.schema_arrow.metadata or {}).values():
            yield from _of_text(_decoded(value), f"{place} keterangan tabel".strip())
        short = file.metadata.num_rows <= _ROWS_READ_TOGETHER
        whole = file.read(use_threads=False) if short else None
        for number, name in enumerate(file.schema_arrow.names):
            column = (
                whole.column(number) if whole is not None else file.read(columns=[name]).column(0)
            )
            yield Passage(f"{place} kolom {name}".strip(), "\n".join((name, *_of_column(column))))
    except pyarrow.ArrowException as problem:
        raise Unscannable(place) from problem


def _of_column(column: Any) -> Iterator[str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        large = column.filter(pc.greater_equal(pc.abs(column), LARGE_NUMBER)).unique().to_pylist()
        whole = pa.types.is_integer(kind)
        yield from map(str, large) if whole else _were_identities(large)
    elif pa.types.is_nested(kind):
        yield from (leaf for value in column.to_pylist() for leaf in _leaves(value))
    elif not (pa.types.is_temporal(kind) or pa.types.is_boolean(kind)):
        yield from (_shown(value) for value in column.unique().to_pylist() if value is not None)


def _shown(value: object) -> str:
    return _decoded(value) if isinstance(value, bytes) else str(value)
