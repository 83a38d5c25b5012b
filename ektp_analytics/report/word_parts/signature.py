"""Signatures by the template's own signature block."""

from __future__ import annotations

import copy
from typing import Any

from ektp_analytics.report.front import Signature
from ektp_analytics.report.markup import clean
from ektp_analytics.report.word_parts import markup
from ektp_analytics.report.word_parts.body import Body
from ektp_analytics.report.wording import say

BLANK = "…" * 12
# Names the office may use between {{ }} in its template's signature block.
FIELDS = (
    "ttd_tempat_tanggal",
    "ttd_pembuka",
    "ttd_jabatan",
    "ttd_kotak",
    "ttd_nama",
    "ttd_pangkat",
    "ttd_nip",
)
_OPEN, _CLOSE = "⟦", "⟧"
_TEXT, _PARAGRAPH = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t",
    ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"),
)


def held_open(name: str) -> str:
    """Return the mark that keeps a field's place while the template is filled in."""
    return f"{_OPEN}{name}{_CLOSE}"


def take_signature(document: Any) -> Any:
    """Take the signature block out of a filled template; None where it has none."""
    for element in document.element.body:
        words = "".join(node.text or "" for node in element.iter(_TEXT))
        if any(held_open(name) in words for name in FIELDS):
            element.getparent().remove(element)
            return element
    return None


def write_signature(body: Body, signed: Signature) -> None:
    """Write one signature in the look of the template's block."""
    body.keep_last()
    if body.signature is None:
        _write_plainly(body, signed)
        return
    block = copy.deepcopy(body.signature)
    values = signature_values(signed)
    for paragraph in list(block.iter(_PARAGRAPH)):
        nodes = list(paragraph.iter(_TEXT))
        before = "".join(node.text or "" for node in nodes)
        for node in nodes:
            for name, value in values.items():
                node.text = (node.text or "").replace(held_open(name), value)
        after = "".join(node.text or "" for node in nodes)
        if before and not after.strip():
            _leave_out(paragraph)
    body.put_element(block)


def signature_values(signed: Signature) -> dict[str, str]:
    """Return what stands in each field of the signature block."""
    acting = f"{signed.acting.rstrip('.')}. " if signed.acting else ""
    place = f"{signed.place}, {signed.date or BLANK}" if signed.place else signed.date
    given = {
        "ttd_tempat_tanggal": place,
        "ttd_pembuka": signed.opening,
        "ttd_jabatan": f"{acting}{signed.position},",
        "ttd_kotak": say("signature.box", signed.lang) if signed.box else "",
        "ttd_nama": signed.name or BLANK,
        "ttd_pangkat": signed.rank,
        "ttd_nip": f"NIP {signed.nip or BLANK}",
    }
    return {name: clean(value) for name, value in given.items()}


def _leave_out(paragraph: Any) -> None:
    """Remove a line with nothing in it; a cell keeps its last paragraph as room to sign."""
    siblings = paragraph.getparent().findall(_PARAGRAPH)
    if len(siblings) > 1:
        paragraph.getparent().remove(paragraph)


def _write_plainly(body: Body, signed: Signature) -> None:
    for name, value in signature_values(signed).items():
        if value:
            line = markup.run(value, bold=name == "ttd_nama")
            body.put(markup.paragraph(line, "TandaTangan", keep=name != "ttd_nip"))
