"""Whatever a file holds: a finding or a kept value, and an account of every row."""

import datetime as dt
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ektp_analytics.errors import Refused
from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.sources.schema import schemas

JUNK = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "", "-", "NA", "#N/A", "nan", "5", "3,5", "1.325", "1.325.996,25", "-4", "9" * 30,
            "1e400", "31/02/2025", "13/13/2025", "0000-00-00", "12/31/2025", "31/12/2025 24.00",
            "31/12/9999 24:00", "3.57801E+15", "16.07.1", "=1+1", "Jumlah", "NRR", "ya",
            "tidak mudah", "1. Sangat Baik", "\u0000", '"', "a;b,c\td", "\u2028",
            "Total\n2", "٣", "²", "0" * 5000,
            "25:61", "Minggu", "p-1", "Infinity", "3201010101900001",
        ]
    ),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
NAMES = {
    "text": st.sampled_from(["Rambutan", "Talang Kelapa", "SLTA", "loket", "uraian"]),
    "key": st.integers(1, 10**6).map(lambda n: f"K-{n:07d}"),
    "region_code": st.integers(1, 21).map(lambda n: f"16.07.{n:02d}"),
    "count": st.integers(0, 5_000),
    "money": st.sampled_from([0, 10_000, "Rp 25.000"]),
    "number": st.sampled_from([0, 87.5, "87,5", "-3,25", "1.325"]),
    "answer": st.integers(1, 4),
    "datetime": st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2025, 3, 31)).map(
        lambda t: t.strftime("%d/%m/%Y %H.%M")
    ),
    "date": st.dates(dt.date(2025, 1, 1), dt.date(2025, 3, 31)).map(str),
    "time": st.integers(0, 23).map(lambda h: f"{h:02d}.30"),
    "boolean": st.sampled_from(["ya", "tidak"]),
}


def cells_of(column):
    if column.kind == "category":
        return st.sampled_from(sorted(column.values))
    return NAMES[column.kind]


@st.composite
def corrupted_files(draw):
    """Draw a file of any source as an office may send it: shuffled, repeated, with junk cells."""
    source = draw(st.sampled_from(sorted(schemas())))
    columns = draw(st.permutations(list(schemas()[source].columns.values())))
    columns = columns[: draw(st.integers(1, len(columns)))]
    body = draw(
        st.lists(st.tuples(*(cells_of(c) for c in columns)).map(list), min_size=1, max_size=8)
    )
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.integers(0, len(body) - 1))
        body[row][draw(st.integers(0, len(columns) - 1))] = draw(JUNK)
    for _ in range(draw(st.integers(0, 3))):
        body.append(list(draw(st.sampled_from(body))))
    above = draw(st.lists(st.lists(JUNK, max_size=3), max_size=2))
    below = draw(st.lists(st.lists(JUNK, max_size=2), max_size=2))
    header = [draw(st.sampled_from([c.label, c.key, *c.synonyms])) for c in columns]
    rows = [*above, header, *body, *below]
    return source, rows


FORMATS = st.one_of(
    st.tuples(
        st.sampled_from([".csv", ".tsv", ".txt"]),
        st.fixed_dictionaries(
            {
                "separator": st.sampled_from([",", ";", "\t"]),
                "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
            }
        ),
    ),
    st.tuples(st.just(".xlsx"), st.just({})),
)


def readable_as_xlsx(rows):
    """Cut what a workbook cannot hold; the junk itself stays."""
    return [
        [c.replace("\u0000", "")[:32_000] if isinstance(c, str) else c for c in row] for row in rows
    ]


def account_or_refusal(source, path):
    """Read a file; assert the account of its rows, or a refusal with findings in words."""
    result = None
    try:
        result = read_source(source, path)
        findings = result.findings
    except Refused as refused:
        findings = refused.findings
    assert all(f.message and f.remedy and f.text("message", "en") for f in findings)
    if result is None:
        assert any(f.severity == "error" for f in findings)
        return
    assert result.read == result.kept + result.rejected + result.repeats
    if "counted_into_days" not in {f.rule for f in result.findings}:
        assert result.kept == len(result.table)
    assert not any(re.search(r"\d{10}", f"{f.value} {f.message}") for f in findings)


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(file=corrupted_files(), form=FORMATS)
def test_read_is_kept_plus_rejected_plus_repeats(rows_writer, file, form):
    """DESIGN: read = kept + rejected + repeats, always, whatever the cells hold."""
    source, rows = file
    suffix, options = form
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"berkas{suffix}"
        rows_writer(path, readable_as_xlsx(rows) if suffix == ".xlsx" else rows, **options)
        account_or_refusal(source, path)


@pytest.fixture(scope="module", params=[".csv", ".xlsx", ".xls", ".ods", ".parquet"])
def whole_file(request, rows_writer, tmp_path_factory):
    """Return a sound survey in one format: its ending and its bytes."""
    header = ["Persyaratan", "Prosedur", "Waktu", "Saran", "Cap waktu"]
    rows = [header] + [[1 + k % 4, 3, 4, "baik é", "12/03/2025 14.05.33"] for k in range(9)]
    path = rows_writer(tmp_path_factory.mktemp("utuh") / f"survei{request.param}", rows)
    return request.param, path.read_bytes()


@settings(max_examples=60)
@given(data=st.data())
def test_damaged_bytes_are_refused_or_read(whole_file, data):
    """A file cut short or with bytes changed on the way is refused in words, never a crash."""
    suffix, raw = whole_file[0], bytearray(whole_file[1])
    for _ in range(data.draw(st.integers(0, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"survei{suffix}"
        path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
        account_or_refusal("survey", path)
