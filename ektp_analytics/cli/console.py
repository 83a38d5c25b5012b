"""Print results and refusals: for people as plain tables, for programs as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer

from ektp_analytics.cli.wording import decimal, heading, say, whole
from ektp_analytics.errors import Finding, Language, Reason, Refused

REFUSED = 1
# Findings shown beside a result; `ektp check` shows all.
_FINDINGS_SHOWN = 20
# Findings of one kind written out in full, and rows listed for the rest of them.
_ALIKE_SHOWN, _ROWS_SHOWN = 3, 20
_PIPE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how a command answers.

    Parameters
    ----------
    as_json
        Exactly one JSON object on standard output, nothing else there.
    lang
        Language of sentences.
    """

    as_json: bool = False
    lang: Language = "id"

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Answer a refusal with its findings and exit code 1."""
        try:
            yield
        except Refused as refused:
            if self.as_json:
                write_json({"ok": False, "findings": self.records(refused.findings)})
            else:
                self.findings(refused.findings, everything=True)
            raise typer.Exit(REFUSED) from refused

    def records(self, findings: Sequence[Finding]) -> list[dict[str, Any]]:
        """Return findings as the records of the JSON contract."""
        return [finding.to_record(self.lang) for finding in findings]

    def say(self, key: str, **details: Any) -> None:
        """Print one of the command line's own sentences for people."""
        self.line(say(key, self.lang, **details))

    def line(self, text: str = "") -> None:
        """Print one line for people."""
        if not self.as_json:
            typer.echo(text)

    def texts(self, reasons: Iterable[Reason]) -> list[str]:
        """Return reasons in words, each sentence once."""
        return list(dict.fromkeys(reason.text(self.lang) for reason in reasons))

    def decimal(self, value: float | None, digits: int = 2) -> str:
        """Return a number as it is read in the language."""
        return decimal(value, digits, self.lang)

    def whole(self, value: int | None) -> str:
        """Return a count as it is read in the language."""
        return whole(value, self.lang)

    def span(self, pair: Sequence[float] | None, digits: int = 2) -> str:
        """Return an interval, ``76,17–81,14``; nothing for None."""
        return "" if pair is None else "–".join(self.decimal(end, digits) for end in pair)

    def table(
        self, rows: Sequence[Mapping[str, str]], title: str = "", numbers: Sequence[str] = ()
    ) -> None:
        """Print rows as a table for people.

        Parameters
        ----------
        rows
            Text by column; headings are names in ``texts/cli.yaml`` or texts of their own.
        title
            Line above.
        numbers
            Keys of columns set to the right.
        """
        if self.as_json or not rows:
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left")
        for key in rows[0]:
            right = key in numbers
            table.add_column(
                heading(key, self.lang), justify="right" if right else "left", no_wrap=right
            )
        for row in rows:
            table.add_row(*row.values())
        width = None if sys.stdout.isatty() else _PIPE_WIDTH
        console = Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)
        console.print(table)

    def findings(self, findings: Sequence[Finding], *, everything: bool = False) -> None:
        """Print findings on standard error: place, sentence, remedy; alike ones together."""
        if self.as_json:
            return
        groups = list(alike(findings).values())
        shown = groups if everything else groups[:_FINDINGS_SHOWN]
        for group in shown:
            for line in group_lines(group, self.lang):
                error_line(line)
        if left := sum(len(group) for group in groups[len(shown) :]):
            error_line(say("more_findings", self.lang, count=whole(left, self.lang)))


def alike(findings: Sequence[Finding]) -> dict[Any, list[Finding]]:
    """Gather findings of one rule in one column of one file, in the order given."""
    groups: dict[Any, list[Finding]] = {}
    for finding in findings:
        kind = (finding.severity, finding.rule, finding.file, finding.sheet, finding.column)
        groups.setdefault(kind, []).append(finding)
    return groups


def group_lines(group: Sequence[Finding], lang: Language = "id") -> list[str]:
    """Return the first findings of a group in full and the rows of the others."""
    lines = [finding_line(finding, lang) for finding in group[:_ALIKE_SHOWN]]
    rest = group[_ALIKE_SHOWN:]
    if not rest:
        return lines
    rows = [str(finding.row) for finding in rest if finding.row]
    listed = ", ".join(rows[:_ROWS_SHOWN]) + (", …" if len(rows) > _ROWS_SHOWN else "")
    key = "more_rows" if rows else "more_alike"
    return [*lines, "  " + say(key, lang, count=whole(len(rest), lang), rows=listed)]


def finding_line(finding: Finding, lang: Language = "id") -> str:
    """Return a finding as one line: severity, place, sentence, remedy."""
    place = [
        finding.file,
        say("sheet", lang, sheet=finding.sheet) if finding.sheet else "",
        say("row", lang, row=finding.row) if finding.row else "",
    ]
    word = say(f"severity_{finding.severity}", lang)
    where = ", ".join(part for part in place if part)
    many = f" ({finding.count}×)" if finding.count > 1 else ""
    text = f"{finding.text('message', lang)} {finding.text('remedy', lang)}"
    return f"{word} [{where}]{many} {text}" if where else f"{word}{many} {text}"


def error_line(text: str) -> None:
    """Print one line on standard error."""
    typer.echo(text, err=True)


def write_json(record: Mapping[str, Any]) -> None:
    """Print exactly one JSON object; a value that is no number is never printed as one."""
    typer.echo(json.dumps(record, ensure_ascii=False, allow_nan=False))
