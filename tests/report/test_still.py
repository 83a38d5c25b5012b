"""Pictures of charts by kaleido, in the report's own letters."""

import struct
import zlib
from pathlib import Path

import pytest

from ektp_analytics.report import still
from ektp_analytics.report.browser import BrowserProblem
from ektp_analytics.report.figure import Plot
from ektp_analytics.report.still import StillCamera

PLAIN = {"paper_bgcolor": "#ffffff", "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
         "xaxis": {"visible": False}, "yaxis": {"visible": False}}  # fmt: skip


def words_in(family: str) -> Plot:
    """Draw one line of words in a face."""
    font = {"family": family, "size": 20}
    note = {"text": "Kepuasan 84,44 gjil", "x": 0.5, "y": 0.5, "showarrow": False, "font": font}
    note |= {"xref": "paper", "yref": "paper"}
    return Plot([], {**PLAIN, "annotations": [note]}, 320, 60, "Kata.")


def inked(png: bytes) -> int:
    """Return how many bytes of the unpacked picture are not white."""
    data, place = b"", 8
    while place < len(png):
        (size,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        data += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += 12 + size
    return sum(byte not in (0, 255) for byte in zlib.decompress(data))


@pytest.fixture(scope="module")
def camera():
    try:
        opened = StillCamera()
    except BrowserProblem as problem:
        pytest.skip(str(problem))
    with opened:
        yield opened


@pytest.mark.browser
def test_a_picture_has_the_size_asked_for(camera: StillCamera) -> None:
    png = camera.picture(words_in("Source Sans Pro"), scale=2)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (640, 120)


@pytest.mark.browser
def test_the_report_s_face_is_drawn_and_not_another(camera: StillCamera) -> None:
    """A face that is nowhere gives the browser's own; ours must differ from it."""
    ours = camera.picture(words_in("Source Sans Pro"))
    other = camera.picture(words_in("Tidak Ada Huruf Ini"))
    assert inked(ours) > 1000
    assert ours != other


def test_without_a_browser_or_kaleido_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "tidak-ada"))
    with pytest.raises(BrowserProblem):
        StillCamera()
    monkeypatch.setitem(__import__("sys").modules, "kaleido", None)
    with pytest.raises(BrowserProblem, match="kaleido"):
        still.StillCamera(tmp_path / "peramban")


def test_a_camera_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hanging export must not hang the report (Kaleido issue 98)."""
    stuck = StillCamera.__new__(StillCamera)
    import threading

    never = threading.Event()
    with pytest.raises(BrowserProblem, match="tidak dapat dibuat"):
        stuck._within(0.05, never.wait)
    never.set()
