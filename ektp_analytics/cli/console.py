"""Print results and refusals: for people as plain tables, for programs as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer

from ektp_analytics.errors import Finding, Language, Refused

REFUSED = 1
_FINDINGS_SHOWN = 20
_SEVERITY_WORDS = {
    "id": {"error": "KESALAHAN", "warning": "PERINGATAN", "note": "Catatan"},
    "en": {"error": "ERROR", "warning": "WARNING", "note": "Note"},
}


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
                findings = [f.to_record(self.lang) for f in refused.findings]
                write_json({"ok": False, "findings": findings})
            else:
                self.findings(refused.findings, everything=True)
            raise typer.Exit(REFUSED) from refused

    def line(self, text: str = "") -> None:
        """Print one line for people."""
        if not self.as_json:
            typer.echo(text)

    def table(self, rows: Sequence[Mapping[str, Any]], title: str = "") -> None:
        """Print rows as a table for people; columns in the order of the first row."""
        if self.as_json or not rows:
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left")
        for name in rows[0]:
            number = all(isinstance(r[name], (int, float, type(None))) for r in rows)
            table.add_column(name, justify="right" if number else "left")
        for row in rows:
            table.add_row(*("" if v is None else str(v) for v in row.values()))
        Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(table)

    def findings(self, findings: Sequence[Finding], *, everything: bool = False) -> None:
        """Print findings on standard error, worst first: place, sentence, remedy."""
        if self.as_json:
            return
        shown = findings if everything else findings[:_FINDINGS_SHOWN]
        for finding in shown:
            error_line(finding_line(finding, self.lang))
        if len(shown) < len(findings):
            error_line(
                f"… dan {len(findings) - len(shown)} temuan lain; lihat semuanya: ektp check"
            )


def finding_line(finding: Finding, lang: Language = "id") -> str:
    """Return a finding as one line: severity, place, sentence, remedy."""
    place = [finding.file, *([f"lembar {finding.sheet}"] if finding.sheet else [])]
    if finding.row:
        place.append(f"baris {finding.row}" if lang == "id" else f"row {finding.row}")
    word = _SEVERITY_WORDS[lang][finding.severity]
    where = ", ".join(p for p in place if p)
    many = f" ({finding.count}×)" if finding.count > 1 else ""
    text = f"{finding.text('message', lang)} {finding.text('remedy', lang)}"
    return f"{word} [{where}]{many} {text}" if where else f"{word}{many} {text}"


def error_line(text: str) -> None:
    """Print one line on standard error."""
    typer.echo(text, err=True)


def write_json(record: Mapping[str, Any]) -> None:
    """Print exactly one JSON object; a value that is no number is never printed as one."""
    typer.echo(json.dumps(record, ensure_ascii=False, allow_nan=False))
