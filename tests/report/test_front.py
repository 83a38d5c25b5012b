"""Cover, approval and signature, also where an office gave nothing."""

from ektp_analytics.report.blocks import KeyNumber
from ektp_analytics.report.front import Approval, Cover, Facts, Letterhead, Signature

HEAD = Letterhead(["PEMERINTAH KABUPATEN CONTOH", "DINAS DUKCAPIL"], "Jalan Contoh 1")


def test_the_cover_has_the_only_first_heading():
    """One h1 per document (WCAG 2.2, H42)."""
    html = str(Cover(HEAD, "Survei & Tata Kelola", "Triwulan IV 2025").html())
    assert html.count("<h1>") == 1
    assert "Survei &amp; Tata Kelola" in html


def test_without_a_coat_of_arms_the_lines_stand_alone():
    """A letterhead that goes out must not hold an empty place with a word in it."""
    assert "Lambang" not in str(HEAD.html())
    assert "<img" not in str(HEAD.html())
    given = Letterhead(["A"], logo="data:image/png;base64,AA==")
    assert '<img src="data:image/png;base64,AA=="' in str(given.html())
    assert 'alt="Lambang daerah"' in str(given.html())


def test_label_keys_and_facts_are_printed():
    """Sample data is said on the cover."""
    cover = Cover(
        HEAD,
        "Judul",
        "TW IV",
        keys=[KeyNumber("IKM", "84,44")],
        label="DATA CONTOH (sintetis)",
        facts=[("Disusun menurut", "PermenPAN-RB 14/2017")],
    )
    html = str(cover.html())
    assert "DATA CONTOH (sintetis)" in html
    assert "84,44" in html
    assert "<dt>Disusun menurut</dt><dd>PermenPAN-RB 14/2017</dd>" in html
    assert str(Facts([("a", "b")]).html()) == '<dl class="facts"><dt>a</dt><dd>b</dd></dl>'


def test_a_signature_without_names_leaves_lines():
    """Blank lines, to be filled in by hand, never a made-up name."""
    html = str(Signature(position="Kepala Dinas", place="Contoh").html())
    assert html.count('class="blank"') == 3
    assert "sign-box" in html


def test_an_acting_official_is_named_so():
    """Plt. and Plh. stand before the position (Permendagri letter form)."""
    made = Signature(
        position="Kepala Dinas", name="CONTOH", nip="-", date="1 Mei 2026", acting="Plt"
    )
    assert "Plt. Kepala Dinas," in str(made.html())


def test_approval_holds_its_signatures():
    """Lembar pengesahan with number line and two officials."""
    one = Signature(position="A")
    html = str(Approval("LEMBAR PENGESAHAN", "Kalimat satu.\nKalimat dua.", [one, one]).html())
    assert html.count('class="signature"') == 2
    assert "<p>Kalimat dua.</p>" in html
