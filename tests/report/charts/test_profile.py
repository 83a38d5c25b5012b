"""Who answered."""

import pandas as pd

from ektp_analytics.report.charts.profile import profile


def rows():
    return pd.DataFrame(
        {
            "attribute": ["Jenis kelamin"] * 2 + ["Pekerjaan"] * 3,
            "category": ["Laki-laki", "Perempuan", "PNS", "Wirausaha <jasa>", "Lainnya"],
            "count": [189, 215, 27, None, None],
            "shown": [None, None, None, None, "tt"],
        }
    )


def test_count_and_share(edition, sound, words_of):
    """189 of 404 is 46.8 percent."""
    words = words_of(sound(profile(rows(), edition, n=404)))
    assert "<b>189</b> · 46,8%" in words
    assert "<b>Jenis kelamin</b>" in words


def test_small_cells_are_hidden(edition, sound, words_of):
    """A hidden count has neither number, share nor bar; a second one is tt."""
    chart = profile(rows(), edition, n=404)
    figure = sound(chart)
    assert "<b>&lt; 5</b>" in words_of(figure)
    assert "<b>tt</b>" in words_of(figure)
    lengths = [x for trace in figure["data"] for x in trace["x"]]
    assert lengths == [189, 215, 27, 0, 0]
    assert "melindungi perseorangan" in chart.source


def test_one_scale_for_all_panels(edition, sound):
    """Bars of different panels may be compared."""
    figure = sound(profile(rows(), edition, n=404))
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["xaxis2"]["range"] == [0, 215]


def test_names_are_cut_not_overprinted(edition, sound, words_of):
    """A name wider than its place ends in an ellipsis; the whole name is in the alt text."""
    long = "Pekerja harian lepas di perkebunan kelapa sawit"
    table = pd.DataFrame({"attribute": ["Pekerjaan"], "category": [long], "count": [9]})
    chart = profile(table, edition, n=9)
    assert any(w.endswith("…") for w in words_of(sound(chart)))
    assert long in chart.alt


def test_nobody(edition, sound):
    """No respondents, no division by zero."""
    assert sound(profile(rows().iloc[:0], edition, n=0))["data"] == []
    nobody = profile(rows().iloc[:1].assign(count=0), edition, n=0)
    assert "Laki-laki 0 · –" in nobody.alt
