"""What the four principles can say on the evidence, and which data they wait for."""

from pathlib import Path

from ektp_analytics.pipeline import run_period
from ektp_analytics.report import study
from ektp_analytics.report.edition import Edition
from ektp_analytics.report.study.interpretation import missing_sources, wanted

ROOT = Path(__file__).parents[3]
RUN = run_period(ROOT, "banyuasin", "2017-Q4")


def test_no_principle_is_scored_and_none_is_zero() -> None:
    text = study.principles(RUN, Edition()).text()
    assert text.count("belum dinilai") == 4
    assert "Empat dari empat prinsip" in text


def test_the_files_each_principle_waits_for() -> None:
    """Coverage comes from registrations, limits from the log, felt service from the survey."""
    assert "registrations" in missing_sources(RUN, "participation")
    assert "service_log" in missing_sources(RUN, "rule_of_law")
    assert wanted(RUN).total() == len(RUN.scorecard.lines)


def test_supporting_and_hindering_factors() -> None:
    """Staff discipline is named four times, the most of all hindering themes."""
    text = study.factors(RUN, Edition()).text()
    assert "Disiplin pegawai" in text
    assert "Jemput bola" in text


def test_the_chart_says_its_numbers() -> None:
    section = study.presented(RUN, Edition("en"))
    chart = section.blocks[1]
    assert "Participation: 4 supporting, 17 hindering." in chart.alt
    bars = [trace for trace in chart.plot.data if trace.get("type") == "bar"]
    assert [list(bar["x"]) for bar in bars] == [[-17, 4], [-7, 10], [-11, 8], [-13, 5]]
