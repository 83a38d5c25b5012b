"""Every weak indicator has an answer, and every answer says whose it is."""

from pathlib import Path

import pytest

from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.framework.remedies import Remedy, remedies, source_remedies
from ektp_analytics.report.wording import name_of

NOTES = Path(__file__).parents[2].parent / "shared" / "domain" / "paper.txt"


def all_remedies() -> list[Remedy]:
    return [r for found in remedies().values() for r in found] + [*source_remedies().values()]


def test_every_scored_indicator_has_a_remedy_and_no_stranger_has() -> None:
    """Whatever is weak, the draft has something to say."""
    assert list(remedies()) == [item.code for item in load_catalogue().scored]
    assert all(remedies().values())


def test_every_main_source_of_the_catalogue_can_be_started() -> None:
    """An indicator that waits for a file leads to recording that file."""
    main = {item.sources[0] for item in load_catalogue().scored}
    assert main == set(source_remedies())


def test_sources_are_named_as_in_the_report() -> None:
    """One thing, one name."""
    for lang in ("id", "en"):
        named = {s: (r.subject or {})[lang] for s, r in source_remedies().items()}
        assert named == {source: name_of("source", source, lang) for source in named}


def test_remedies_are_whole_sentences_in_both_languages() -> None:
    """An order with a full stop, at most two lines of the plan's table."""
    for remedy in all_remedies():
        assert set(remedy.action) == set(remedy.responsible) == {"id", "en"}
        for words in remedy.action.values():
            assert words[0].isupper()
            assert words.endswith(".")
            assert len(words) < 170
        assert 1 <= remedy.months <= 12


def test_a_duty_names_its_clause_and_nothing_else_does() -> None:
    """UU 24/2013 article 79A forbids charging; the other proposals have no clause."""
    for remedy in all_remedies():
        assert bool(remedy.basis) == (remedy.source == "law")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("recording_coverage", "perangkat desa"),
        ("skm_prosedur", "SOP"),
        ("skm_pengaduan", "pengaduan"),
        ("opening_on_time", "sebelum jam buka"),
        ("staff_on_time", "penghargaan"),
        ("sanction_follow_through", "tim"),
        ("accountability_documents_published", "situs web"),
    ],
)
def test_the_papers_remedies_are_there(code: str, word: str) -> None:
    """Asmawati (2023), hasil dan pembahasan: teams, SOP on display, website, leader, reward."""
    papers = [r for r in remedies()[code] if r.source == "paper"]
    assert any(word in r.action["id"] for r in papers)


def test_no_sentence_is_taken_from_the_paper() -> None:
    """Proposals are told in our own words: no six words in a row stand in the paper."""
    if not NOTES.is_file():
        pytest.skip("the paper's text is not beside this checkout")
    text = " ".join(NOTES.read_text(encoding="utf-8").casefold().split())
    for remedy in all_remedies():
        words = remedy.action["id"].casefold().split()
        runs = [" ".join(words[n : n + 6]) for n in range(len(words) - 5)]
        assert not [run for run in runs if run in text]
