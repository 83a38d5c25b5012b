"""The questionnaire annex: the nine questions with the four answers of each."""

from collections.abc import Callable
from dataclasses import replace

from ektp_analytics.report.edition import Edition
from ektp_analytics.report.sections.questionnaire import questionnaire_page
from ektp_analytics.report.sections.section import Section
from ektp_analytics.scoring.period_run import PeriodRun

Words = Callable[[Section], str]


def test_every_element_is_printed_with_its_four_answers(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """PermenPAN-RB 14/2017, annex: fees from very expensive to free, facilities from poor."""
    read = words(questionnaire_page(contoh, edition))
    for answers in (
        ("sangat mahal", "cukup mahal", "murah", "gratis"),
        ("buruk", "cukup", "baik", "sangat baik"),
        ("tidak ada", "ada tetapi tidak berfungsi", "berfungsi kurang maksimal"),
    ):
        assert "".join(answers) in read
    assert read.count("Bagaimana pendapat Saudara") == 9


def test_the_office_s_own_wording_is_printed(
    contoh: PeriodRun, edition: Edition, words: Words
) -> None:
    """``survey.questions`` and ``survey.replaced_questions``; a replacement is named as one."""
    survey = {
        **contoh.office.survey,
        "questions": {"waktu": "Seberapa cepat KTP-el Saudara selesai?"},
        "replaced_questions": {"biaya": "Apakah Saudara dimintai uang?"},
    }
    office = replace(contoh.office, profile={**contoh.office.profile, "survey": survey})
    read = words(questionnaire_page(replace(contoh, office=office), edition))
    assert "Seberapa cepat KTP-el Saudara selesai?" in read
    assert "Apakah Saudara dimintai uang?" in read
    assert "Pertanyaan pengganti dipakai untuk Biaya/Tarif" in read


def test_a_survey_published_by_others_has_no_known_questions(
    sekadau: PeriodRun, edition: Edition
) -> None:
    """Its source prints answers alone; nothing is guessed of how they were asked."""
    assert not questionnaire_page(sekadau, edition)
