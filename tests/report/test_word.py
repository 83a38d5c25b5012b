"""The Word document: real headings, captions, language, properties, and the office's template."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report.page import PageInfo
from ektp_analytics.report.word import WORD_NAME, own_template, write_word
from ektp_analytics.report.word_template import TEMPLATE_NAME
from ektp_analytics.workspace import Workspace

FORMS = "persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,pengaduan,sarana\n"


def info(run: Any, **more: Any) -> PageInfo:
    label = run.period.label("id")
    return PageInfo(title="Laporan uji", unit=run.office.name, period=label,
                    running_head="Kepala halaman", label=run.office.label, **more)  # fmt: skip


def made(**marks: str) -> bytes:
    """Make an office's own template of one line per mark."""
    document = docx.Document()
    for words in marks.values():
        document.add_paragraph(words)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def written(sekadau: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("word") / WORD_NAME
    write_word(sekadau, path, info(sekadau, draft=True))
    return docx.Document(path)


def headings(document: Any, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def test_the_outline_is_the_ministry_s(written: Any) -> None:
    """Bab I to V in order, findings under them, parts under those (outline in use since 2022)."""
    chapters = [h for h in headings(written, 1) if h.startswith("Bab")]
    assert [c.split(" ·")[0] for c in chapters] == ["Bab I", "Bab II", "Bab III", "Bab IV", "Bab V"]
    assert any("78,74" in h for h in headings(written, 2))
    assert headings(written, 3)


def test_captions_are_numbered_from_one_without_a_gap(written: Any) -> None:
    captions = [p.text for p in written.paragraphs if p.style.name == "Caption"]
    for word in ("Gambar", "Tabel"):
        numbers = [int(c.split(".")[0].split()[1]) for c in captions if c.startswith(word)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert "78,74" in "\n".join(c.text for t in written.tables for r in t.rows for c in r.cells)


def test_header_footer_language_and_properties(written: Any, sekadau: Any) -> None:
    section = written.sections[0]
    assert section.header.paragraphs[0].text == "DRAF · Kepala halaman\tSemester I 2019"
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith(sekadau.office.label)
    assert "PAGE" in foot._p.xml
    assert "NUMPAGES" in foot._p.xml
    languages = {
        n.get(n.keys()[0]) for n in written.styles.element.iter() if n.tag.endswith("}lang")
    }
    assert "id-ID" in written.styles.element.xml
    assert languages
    about = written.core_properties
    assert (about.author, about.last_modified_by) == (sekadau.office.name, sekadau.office.name)
    assert str(about.created)[:10] == str(about.modified)[:10] == "2019-06-30"
    assert section.page_width.mm == pytest.approx(210, abs=0.1)


def test_the_same_run_gives_the_same_bytes(sekadau: Any, tmp_path: Path) -> None:
    for name in ("satu.docx", "dua.docx"):
        write_word(sekadau, tmp_path / name, info(sekadau), pages=[])
    assert (tmp_path / "satu.docx").read_bytes() == (tmp_path / "dua.docx").read_bytes()


def test_the_office_s_own_template_is_used(office_run: Any, tmp_path: Path) -> None:
    run = office_run({"name": "Dinas & <Uji>"}, survey=FORMS + "4,4,4,4,4,4,4,4,4\n")
    template = made(kop="Kop kami: {{ unit }}", isi="{{ isi }}", akhir="Tembusan")
    (tmp_path / "data" / "raw" / "uji" / TEMPLATE_NAME).write_bytes(template)
    found = own_template(Workspace(tmp_path), run.office)
    assert found == template
    path = tmp_path / "keluar.docx"
    write_word(run, path, info(run), template=found, pages=["Isi laporan."])
    words = [p.text for p in docx.Document(path).paragraphs if p.text]
    assert words == ["Kop kami: Dinas & <Uji>", "Isi laporan.", "Tembusan"]


def test_a_template_without_its_mark_gets_the_report_at_the_end(
    sekadau: Any, tmp_path: Path
) -> None:
    path = tmp_path / "keluar.docx"
    done = write_word(sekadau, path, info(sekadau), template=made(a="Kop"), pages=["Isi."])
    assert [f.rule for f in done.findings] == ["word_template_without_body"]
    assert [p.text for p in docx.Document(path).paragraphs if p.text] == ["Kop", "Isi."]


@pytest.mark.parametrize(
    "template",
    [b"bukan docx", made(a="{{ tidak_dikenal }}"), made(a="{{ unit"),
     made(a="{{ unit.__class__.__mro__ }}")],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_in_is_refused(
    sekadau: Any, tmp_path: Path, template: bytes
) -> None:
    """One sentence names the file; nothing is written, and no mark may reach into Python."""
    with pytest.raises(Refused, match=TEMPLATE_NAME):
        write_word(sekadau, tmp_path / "x.docx", info(sekadau), template=template, pages=["Isi."])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answers", ["", "3,3,3,3,3,3,3,3,3\n"])
@pytest.mark.parametrize("name", ['Dinas "A" & <B>', "مكتب 🏛"])
def test_one_respondent_none_and_unusual_names(
    office_run: Any, tmp_path: Path, answers: str, name: str
) -> None:
    blank = ",,,,,,,,\n"
    run = office_run({"name": name}, survey=FORMS + (answers or "4" + blank[:-1] + "\n"))
    path = tmp_path / "laporan.docx"
    write_word(run, path, info(run))
    assert name in "\n".join(
        [p.text for p in docx.Document(path).paragraphs]
        + [c.text for t in docx.Document(path).tables for r in t.rows for c in r.cells]
    )
