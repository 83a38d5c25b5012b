"""Sentences say what the numbers say, and no more."""

import re
import string
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ektp_analytics.report import wording
from ektp_analytics.report.wording import Figure

TEXTS = yaml.safe_load(
    (resources.files("ektp_analytics") / "texts" / "wording.yaml").read_text(encoding="utf-8")
)


def sentences():
    for group, members in TEXTS.items():
        for name, entry in members.items():
            if group == "names":
                yield from ((f"names.{name}.{key}", pair) for key, pair in entry.items())
            elif group != "words":
                yield f"{group}.{name}", entry


@pytest.mark.parametrize(("key", "entry"), list(sentences()), ids=lambda value: str(value)[:40])
def test_both_languages_have_the_same_blanks(key, entry):
    """A number named in one language is named in the other."""
    assert set(entry) == {"id", "en"}, key
    blanks = [{f for _, f, _, _ in string.Formatter().parse(text) if f} for text in entry.values()]
    assert blanks[0] == blanks[1], key


def test_no_glyph_outside_the_font_stands_in_a_sentence():
    """Source Sans Pro has no geometric triangles or diamonds; they would fall back."""
    everything = " ".join(text for _, entry in sentences() for text in entry.values())
    assert not re.search("[▲▼◆◇●○✓]", everything)


def test_a_fall_beyond_the_limits():
    """The model sentence of the report's style."""
    fall = Figure(
        name="permohonan selesai dalam 24 jam",
        now=70.7,
        before=79.0,
        unit="%",
        move="down",
        limit=76.6,
    )
    assert wording.change(fall) == (
        "**Turun di luar variasi wajar:** permohonan selesai dalam 24 jam, dari 79,0% menjadi "
        "70,7% (batas kendali bawah 76,6%)."
    )


def test_within_noise_no_direction_is_named():
    """A difference inside the noise is neither naik nor turun."""
    same = wording.change(Figure(name="IKM", now=84.44, before=84.0, decimals=2, move="same"))
    assert "selisih 0,44" in same
    assert not re.search(r"\b([Nn]aik|[Tt]urun)\b", same)


@given(
    st.floats(0, 100), st.floats(0, 100), st.sampled_from(["same", "not comparable", "no previous"])
)
def test_a_direction_is_only_named_when_told(now, before, move):
    """The caller decides on noise; the sentence never does."""
    text = wording.change(Figure(name="x", now=now, before=before, move=move))
    assert not re.search(r"\b([Nn]aik|[Tt]urun)\b", text)


def test_absent_figures_are_not_zero():
    """Not assessed is named with its reason and is not counted as zero."""
    text = wording.change(Figure(name="Loket buka", now=None, reason="berkas tidak disampaikan."))
    assert text == (
        "**Loket buka:** belum dinilai karena berkas tidak disampaikan; tidak dihitung sebagai nol."
    )
    assert "tidak dapat dihitung karena" in wording.not_computable("IKM", "tidak ada jawaban")


def test_partial_names_its_share():
    """57 percent assessed is printed with the word."""
    assert wording.status("partial", 57) == "sebagian (57% bobot dinilai)"
    assert wording.status("partial", 57, "en") == "partial (57% of weight assessed)"
    assert wording.status("not assessed") == "belum dinilai"


def test_a_median_not_reached_is_said_in_words():
    """Kaplan–Meier: with fewer than half finished there is no median."""
    assert wording.median_words(None) == "median belum tercapai: kurang dari separuh selesai"
    assert wording.median_words(12.4) == "12,4 jam"


def test_small_words():
    """Numerals up to ten are spelled; near cuts are named by their letters."""
    assert wording.spelled(5) == "lima"
    assert wording.spelled(21) == "21"
    assert wording.near_cut(("C", "B")) == "batas C/B"
    assert wording.capital("**x** y") == "**X** y"
    assert wording.name_of("element", "unknown") == "unknown"


def test_an_unknown_sentence_is_an_error():
    """A missing sentence is found in tests, not on the page."""
    with pytest.raises(KeyError):
        wording.say("change.sideways")
