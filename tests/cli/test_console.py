"""How findings and figures are printed: one object for programs, grouped lines for people."""

import json
import math

import pytest

from ektp_analytics.cli.console import Output, finding_line, group_lines, write_json
from ektp_analytics.errors import Finding, because


def _repeat(row: int) -> Finding:
    return Finding(rule="row_repeated", severity="warning", file="a.csv", sheet="Data", row=row)


def test_a_finding_is_one_line_with_its_place() -> None:
    line = finding_line(_repeat(7))
    assert line.startswith("PERINGATAN [a.csv, lembar Data, baris 7] ")
    assert finding_line(_repeat(7), "en").startswith("WARNING [a.csv, sheet Data, row 7] ")
    assert "\n" not in line


def test_a_finding_for_many_says_how_many() -> None:
    many = Finding(rule="row_repeated", severity="warning", file="a.csv", row=2, count=1200)
    assert "(1200×)" in finding_line(many)


def test_alike_findings_are_told_by_their_rows() -> None:
    lines = group_lines([_repeat(row) for row in range(2, 40)])
    assert len(lines) == 4
    assert "35 temuan yang sama, baris 5, 6, 7" in lines[-1]
    assert lines[-1].rstrip().endswith("…")


def test_a_long_list_points_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    findings = [
        Finding(rule="personal_column_dropped", severity="note", file="a.csv", column=str(n))
        for n in range(30)
    ]
    Output().findings(findings)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21 and "10 temuan lain" in told[-1] and "ektp check" in told[-1]
    Output().findings(findings, everything=True)
    assert len(capsys.readouterr().err.splitlines()) == 30


def test_one_sentence_is_said_once() -> None:
    """Reasons carry their details in a mapping, which has no hash of its own."""
    reasons = [because("too_few_for_interval", n=3, needed=10)] * 2
    assert len(Output().texts(reasons)) == 1


def test_json_is_silent_but_for_its_object(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(as_json=True)
    output.line("tidak dicetak")
    output.table([{"n": "1"}])
    output.findings([_repeat(2)])
    write_json({"ok": True, "teks": "“é”"})
    seen = capsys.readouterr()
    assert json.loads(seen.out) == {"ok": True, "teks": "“é”"}
    assert seen.err == ""


def test_what_is_no_number_is_never_printed_as_one() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json({"index": math.nan})


def test_figures_are_read_as_in_the_language() -> None:
    assert Output().span((76.1729, 81.1353)) == "76,17–81,14"
    assert Output(lang="en").span((76.1729, 81.1353)) == "76.17–81.14"
    assert (Output().whole(1_325_996), Output(lang="en").whole(1_325_996)) == (
        "1.325.996", "1,325,996",
    )  # fmt: skip
    assert Output().decimal(None) == "" and Output().span(None) == ""
