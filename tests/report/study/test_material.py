"""The evidence log by part of the article, by theme, and what its coders agree on.

Counts are of ``data/raw/banyuasin/2017-Q4/evidence.csv``: 75 statements, of which 27 support.
"""

from pathlib import Path

import pandas as pd

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import study
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.study.material import agreement_words

ROOT = Path(__file__).parents[3]
RUN = run_period(ROOT, "banyuasin", "2017-Q4")


def log(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["paraphrase", "coder", "valence"])
    return frame.assign(document="D", principle="participation")


def test_the_material_adds_up() -> None:
    """9 statements in the abstract, 7 of them supporting; 75 in all, 27 supporting."""
    table = study.organised(RUN, Edition()).blocks[1].to_frame()
    assert table.iloc[0].to_list()[1:] == ["9", "7", "2"]
    assert table.iloc[-1].to_list()[1:] == ["75", "27", "48"]


def test_the_tone_of_abstract_results_and_conclusion() -> None:
    text = study.memos(RUN, Edition()).text()
    assert "Abstrak: 7 pernyataan mendukung, 2 menghambat" in text
    assert "Kesimpulan: 4 mendukung, 1 menghambat" in text
    assert "Minahasa Utara" in text


def test_themes_by_principle_keep_every_statement() -> None:
    table = study.classified(RUN, Edition()).blocks[1].to_frame()
    signed = " ".join(table.iloc[:, 1:].to_numpy().ravel())
    numbers = [int(part.lstrip("+−")) for part in signed.split()]
    assert sum(numbers) == 75


def test_a_single_coder_is_said_in_words() -> None:
    text = agreement_words(RUN.data.tables["evidence"], "id")
    assert "satu pengode" in text


def test_two_coders_get_cohens_kappa() -> None:
    """Seven both hindering, one both supporting, once different each way: κ = 0.375 (by hand)."""
    first = ["hindering"] * 7 + ["supporting", "hindering", "supporting"]
    second = ["hindering"] * 7 + ["supporting", "supporting", "hindering"]
    rows = [(f"s{i}", c, v) for i, pair in enumerate(zip(first, second, strict=True))
            for c, v in zip("AB", pair, strict=True)]  # fmt: skip
    assert "κ = 0,375" in agreement_words(log(*rows), "id")
    assert "8 of 10" in agreement_words(log(*rows), "en")


def test_three_coders_get_krippendorffs_alpha() -> None:
    """Perfect agreement of three coders is 1."""
    rows = [(s, c, v) for s, v in (("a", "hindering"), ("b", "supporting")) for c in "ABC"]
    assert "α = 1,000" in agreement_words(log(*rows), "id")
