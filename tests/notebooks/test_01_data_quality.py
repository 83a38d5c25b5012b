"""The notebook on data quality shows the account of rows, the findings and the blanks."""

from collections.abc import Callable
from typing import Any

from ektp_analytics.report.charts.filled import filled
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.filled_columns import filled_frame
from ektp_analytics.scoring.period_run import PeriodRun

NAME = "01_data_quality"


def test_every_file_is_accounted_for(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """Read = used + rejected + merged; the digest of each file is printed."""
    text = shown(NAME).text
    assert tiny_run.files
    for file in tiny_run.files:
        assert file.read == file.kept + file.rejected + file.repeats
        assert file.sha256[:12] in text


def test_the_blanks_are_drawn(shown: Callable[..., Any], tiny_run: PeriodRun, day: Any) -> None:
    """One chart, the same as the library's."""
    found = shown(NAME)
    assert len(found.charts) == 1
    assert found.has(filled(filled_frame(tiny_run), Edition("id", day)))


def test_what_is_not_assessed_has_its_reason(
    shown: Callable[..., Any], tiny_run: PeriodRun
) -> None:
    """The table of unassessed indicators is the library's."""
    card = tiny_run.scorecard.indicator_frame()
    missing = card.loc[card["score"].isna(), ["principle", "name", "weight", "status", "reason"]]
    assert len(missing)
    assert shown(NAME).has_table(missing)


def test_findings_are_listed(shown: Callable[..., Any], tiny_run: PeriodRun) -> None:
    """Every finding's sentence stands in the table."""
    text = " ".join(shown(NAME).text.split())
    assert tiny_run.findings
    for finding in tiny_run.findings[:5]:
        assert " ".join(finding.message.split()[:4]) in text
