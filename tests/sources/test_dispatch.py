"""Any source by its key, and which source a file is."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.sources.dispatch import detect_source, read_source
from ektp_analytics.sources.schema import schema, schemas

RAW = Path(__file__).parents[2] / "data" / "raw"
SAMPLE = {
    "text": "uraian", "key": "K-001", "region_code": "16.07.01", "count": 3,
    "money": 0, "number": 87.5, "answer": 4,
    "datetime": "2025-03-03 08:00", "date": "2025-03-03", "time": "08.00", "boolean": "ya",
}  # fmt: skip


def template(source):
    """Header of our template and one row."""
    columns = schema(source).columns.values()
    cells = [next(iter(c.values)) if c.kind == "category" else SAMPLE[c.kind] for c in columns]
    return [[c.label for c in columns], cells]


@pytest.mark.parametrize("source", sorted(schemas()))
def test_our_own_template_is_recognised_and_read(write, source):
    """The labels of a source name it and nothing else."""
    path = write("berkas.xlsx", template(source))
    assert detect_source(path) == source
    result = read_source(source, path)
    assert result.source == source
    assert result.read == 1


def test_the_bundled_files_are_what_their_names_say():
    """Each file of data/raw is recognised by its header alone, and every row is kept."""
    files = [p for p in RAW.glob("*/*/*") if p.suffix in (".csv", ".xlsx")]
    assert len(files) >= 19
    for path in files:
        source = detect_source(path)
        result = read_source(source, path)
        assert source == path.stem
        assert (result.kept, result.rejected) == (result.read, 0)


def test_what_fits_two_sources_is_asked_back(write):
    """Ambiguous: the refusal names the candidates; the file's own name decides a tie."""
    header = ["Tanggal pelanggaran", "Hukuman", "Hari/tanggal", "Lokasi"]
    rows = [header, ["2025-03-03", "x", "2025-03-03", "y"]]
    with pytest.raises(Refused) as refused:
        detect_source(write("berkas.csv", rows))
    finding = refused.value.findings[0]
    assert finding.rule == "source_ambiguous"
    assert "(opening)" in finding.details["candidates"]
    assert "(discipline)" in finding.details["candidates"]
    assert detect_source(write("discipline.csv", rows)) == "discipline"


def test_what_fits_no_source_is_refused_with_what_was_seen(write):
    """The refusal shows the headers that were read."""
    with pytest.raises(Refused) as refused:
        detect_source(write("berkas.csv", [["apa", "ini"], [1, 2]]))
    finding = refused.value.findings[0]
    assert finding.rule == "source_not_recognised"
    assert "“apa”" in finding.details["seen"]


def test_an_unknown_mapping_names_what_there_is(write):
    """DESIGN, files: an unknown --map header: exit 1, naming the headers there are."""
    path = write("s.csv", [["Persyaratan", "Prosedur"], [4, 4]])
    with pytest.raises(Refused) as refused:
        read_source("survey", path, mapping={"waktu": "Tidak ada"})
    assert refused.value.findings[0].rule == "map_header_unknown"
    with pytest.raises(Refused) as refused:
        read_source("survey", path, mapping={"kecepatan": "Prosedur"})
    assert refused.value.findings[0].rule == "map_key_unknown"
