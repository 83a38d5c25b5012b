"""Findings and reasons: every sentence in both languages, every detail filled in."""

import string
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
import yaml

from ektp_analytics.errors import (
    EktpError,
    Finding,
    Reason,
    Refused,
    because,
    refuse,
)

TEXTS = resources.files("ektp_analytics") / "texts"
FINDINGS: dict[str, Any] = yaml.safe_load((TEXTS / "findings.yaml").read_text("utf-8"))
REASONS: dict[str, Any] = yaml.safe_load((TEXTS / "reasons.yaml").read_text("utf-8"))
CLI: dict[str, Any] = yaml.safe_load((TEXTS / "cli.yaml").read_text("utf-8"))
LETTER: dict[str, Any] = yaml.safe_load((TEXTS / "letter.yaml").read_text("utf-8"))


# The English sentence names the source by its key, the Indonesian by its name.
NAMED_APART = {"findings.header_not_found"}


def _names(text: str) -> set[str]:
    """Return the details of a sentence; ``names_id`` and ``names_en`` are one in two tongues."""
    found = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {name.removesuffix("_id").removesuffix("_en") for name in found}


def _pairs() -> Iterator[tuple[str, str, str]]:
    for rule, both in FINDINGS.items():
        for part in ("message", "remedy"):
            yield f"findings.{rule}.{part}", both["id"][part], both["en"][part]
    for family, texts in (("reasons", REASONS), ("cli", CLI), ("letter", LETTER)):
        for code, both in texts.items():
            yield f"{family}.{code}", both["id"], both["en"]


@pytest.mark.parametrize("rule", FINDINGS)
def test_every_rule_has_message_and_remedy_in_both_languages(rule: str) -> None:
    for lang in ("id", "en"):
        sentences = FINDINGS[rule][lang]
        assert set(sentences) == {"message", "remedy"}
        for sentence in sentences.values():
            assert sentence.strip()[-1] in '.?!)”"}', sentence


def test_both_languages_ask_for_the_same_details() -> None:
    """A detail in one language only is either lost or missing in the other."""
    families = {name.split(".")[0] for name, _, _ in _pairs()}
    assert families == {"findings", "reasons", "cli", "letter"}
    whole: dict[str, list[set[str]]] = {}
    for name, indonesian, english in _pairs():
        rule = name.rsplit(".", 1)[0] if name.startswith("findings") else name
        sets = whole.setdefault(rule, [set(), set()])
        sets[0] |= _names(indonesian)
        sets[1] |= _names(english)
    assert {rule for rule, (one, other) in whole.items() if one != other} == NAMED_APART


def test_a_finding_is_a_record_with_the_fields_of_the_contract() -> None:
    finding = Finding(
        rule="row_repeated", severity="warning", source="survey", file="a.csv", row=3, rows=(3, 4)
    )
    record = finding.to_record()
    assert list(record) == [
        "severity", "source", "file", "sheet", "row", "column", "value", "rule", "message",
        "remedy", "count", "rows",
    ]  # fmt: skip
    assert record["message"] == finding.message
    assert finding.to_record("en")["message"] == finding.text("message", "en")
    assert "rows" not in Finding(rule="file_empty", severity="error", file="a").to_record()


def test_a_finding_can_be_given_its_place_later() -> None:
    finding = Finding(rule="file_empty", severity="error")
    assert finding.at(file="isi.csv", row=2).file == "isi.csv"
    assert finding.file == ""


def test_a_refusal_speaks_of_its_first_error() -> None:
    warning = Finding(rule="row_repeated", severity="warning", row=3, file="a.csv")
    error = Finding(rule="file_empty", severity="error", file="a.csv")
    refused = Refused([warning, error])
    assert refused.findings == (warning, error)
    assert str(refused) == f"{error.message} {error.remedy}"
    assert isinstance(refused, EktpError)


def test_refuse_tells_place_from_details() -> None:
    refused = refuse("period_missing", value="2025-Q1", office="satu", known="-")
    (finding,) = refused.findings
    assert (finding.value, dict(finding.details)) == ("2025-Q1", {"office": "satu", "known": "-"})
    assert "satu" in finding.message


def test_a_reason_reads_in_both_languages() -> None:
    reason = because("too_few_for_interval", n=3, needed=10)
    assert isinstance(reason, Reason)
    assert str(reason) == reason.text("id")
    assert "3" in reason.text("en") and reason.text("en") != reason.text("id")


def test_an_unknown_rule_is_a_defect_of_ours_and_no_silence() -> None:
    with pytest.raises(KeyError):
        because("tidak_ada_alasan_ini").text()


@pytest.mark.parametrize(
    ("reason", "indonesian", "en"),
    [
        (
            because("source_missing", source="service_log"),
            "berkas log layanan tidak disampaikan",
            "no file of service log was delivered",
        ),
        (
            because("columns_missing", source="complaints", columns="received_at, resolved_at"),
            "berkas pengaduan tidak memuat kolom: Diterima, Selesai",
            "the file of complaints lacks: received at, resolved at",
        ),
        (
            because("no_source_for_indicator", sources="survey, service_log"),
            "belum ada berkas sumbernya (survei kepuasan masyarakat, log layanan)",
            "its source file is absent (satisfaction survey, service log)",
        ),
    ],
)
def test_a_reason_names_sources_and_columns_as_people_do(
    reason: Reason, indonesian: str, en: str
) -> None:
    """Keys of code are English; an official reads the header of the office's template."""
    assert (reason.text("id"), reason.text("en")) == (indonesian, en)


def test_the_name_of_a_source_is_not_taken_for_a_column() -> None:
    """``pengaduan`` is the name of a source and the key of a survey element."""
    assert because("source_missing", source="pengaduan").text() == (
        "berkas pengaduan tidak disampaikan"
    )


def test_other_words_of_a_reason_stay_as_they_are() -> None:
    """A promised action is quoted as the office wrote it, even if it looks like a key."""
    reason = because("promise_subject_unknown", subject="service_log")
    assert "“service_log”" in reason.text("id")


@pytest.mark.parametrize(("lang", "number", "end"), [("id", "6,13", "∞"), ("en", "6.13", "∞")])
def test_a_fraction_is_written_with_the_decimal_sign_of_the_language(
    lang: Any, number: str, end: str
) -> None:
    """Decimal comma in Indonesian, as PermenPAN-RB 14/2017 prints its indices."""
    low = float("-inf")
    place = {"code": "coverage", "number": 6.13, "low": low, "high": -low}
    found = Finding(rule="indicator_out_of_range", severity="error", details=place)
    told = found.text("message", lang)
    assert f" {number} " in told
    assert f"\N{MINUS SIGN}{end}" in told
    assert found.text("message", lang) != found.text("message", "en" if lang == "id" else "id")
