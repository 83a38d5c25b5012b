"""Archives without a clock."""

import zipfile
from io import BytesIO

from ektp_analytics.report.fixed_zip import without_clock


def archive(day: int) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in ("b.xml", "a.xml"):
            made.writestr(zipfile.ZipInfo(name, (2025, 1, day, 8, 0, 0)), name * 50)
    return stream.getvalue()


def test_the_time_of_writing_leaves_no_trace() -> None:
    assert archive(1) != archive(2)
    assert without_clock(archive(1)) == without_clock(archive(2))


def test_entries_keep_order_and_content() -> None:
    with zipfile.ZipFile(BytesIO(without_clock(archive(1)))) as read:
        assert read.namelist() == ["b.xml", "a.xml"]
        assert read.read("a.xml") == b"a.xml" * 50
