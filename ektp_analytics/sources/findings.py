"""Collect what is found in a file: one finding per row, and one for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ektp_analytics.errors import SEVERITIES, Finding
from ektp_analytics.privacy import mask_digits

ROWS_LISTED_EACH = 1_000
ROWS_NAMED_OF_MANY = 20
_VALUE_LENGTH, _LONG = 80, 10


def shown_value(value: object) -> str | None:
    """Return a cell as a finding may show it: long digit runs only by their shape."""
    if value is None:
        return None
    masked = mask_digits(str(value))
    return masked if len(masked) <= _VALUE_LENGTH else masked[: _VALUE_LENGTH - 1] + "…"


def _shown(detail: Any) -> Any:
    """Return a detail of a sentence; texts and numbers of ten or more digits by their shape."""
    if isinstance(detail, str) or (isinstance(detail, int) and len(str(abs(detail))) >= _LONG):
        return mask_digits(str(detail))
    return detail


@dataclass(slots=True)
class FindingLog:
    """The findings of one file while it is read.

    Place names given at the start (source, file, sheet) are filled into every finding.
    """

    source: str = ""
    file: str = ""
    sheet: str | None = None
    _found: list[Finding] = field(default_factory=list)

    def add(self, rule: str, severity: str, **place_and_details: Any) -> None:
        """Add one finding; names that are no place are details of the sentence."""
        place = {"source": self.source, "file": self.file, "sheet": self.sheet}
        names = {"row", "column", "value", "count", "rows", "sheet", "file"}
        place |= {k: v for k, v in place_and_details.items() if k in names}
        details = {k: _shown(v) for k, v in place_and_details.items() if k not in names}
        place["value"] = shown_value(place.get("value"))
        self._found.append(
            Finding(rule=rule, severity=severity, details=details, **place)  # type: ignore[arg-type]
        )

    def add_rows(
        self, rule: str, severity: str, values: pd.Series, **place_and_details: Any
    ) -> None:
        """Add one finding for each row; more than 1,000 are one with their count.

        Parameters
        ----------
        values
            What each row holds, to be shown; index = row as the spreadsheet shows it.
            None is shown as nothing.
        """
        rows = [int(str(row)) for row in values.index[:ROWS_LISTED_EACH]]
        if len(values) > ROWS_LISTED_EACH:
            named = {"row": rows[0], "rows": tuple(rows[:ROWS_NAMED_OF_MANY])}
            self.add(
                rule,
                severity,
                value=values.iloc[0],
                count=len(values),
                **named,
                **place_and_details,
            )
            return
        for row, value in zip(rows, values, strict=True):
            self.add(rule, severity, row=row, value=value, **place_and_details)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings made elsewhere."""
        self._found.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings())

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, worst first, then by rule and row.

        Up to 1,000 rows of a rule and column have a finding each; more are one
        finding with their count and the first 20 rows.
        """
        groups: dict[tuple[Any, ...], list[Finding]] = defaultdict(list)
        for finding in self._found:
            groups[finding.rule, finding.severity, finding.sheet, finding.column].append(finding)
        gathered = [f for group in groups.values() for f in _gather(group)]
        return tuple(sorted(gathered, key=lambda f: (SEVERITIES.index(f.severity), f.row or 0)))

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(f.severity == "error" for f in self._found)


def _gather(group: list[Finding]) -> list[Finding]:
    if len(group) <= ROWS_LISTED_EACH:
        return group
    rows = tuple(f.row for f in group[:ROWS_NAMED_OF_MANY] if f.row is not None)
    return [replace(group[0], count=sum(f.count for f in group), rows=rows)]
