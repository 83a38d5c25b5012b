"""The validated tables of one office and one period, as every indicator receives them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from ektp_analytics.indicators.value import SourceFile
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Office

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class OfficeData:
    """What is known of an office in a period.

    Parameters
    ----------
    office
        Profile: services that are e-KTP, promises, kecamatan, zone.
    period
        Period reported on.
    tables
        Validated table of each source the office gave, by source key; columns as
        documented for the source. ``service_log`` and ``survey`` carry a boolean column
        ``ektp`` where the profile lists the e-KTP services.
    files
        File names and SHA-256 of each source.
    carried
        Sources taken from an earlier period, with that period.
    told_before
        The survey of each earlier report that may hold the same persons: the quarters of
        a year, the months of a quarter. What was hidden there stays hidden here.
    """

    office: Office
    period: Period
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, tuple[SourceFile, ...]] = field(default_factory=dict)
    carried: Mapping[str, Period] = field(default_factory=dict)
    told_before: tuple[OfficeData, ...] = field(default=(), repr=False)
    _found: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getstate__(self) -> list[Any]:
        """Return what is pickled; other threads may find more meanwhile."""
        state = [getattr(self, item.name) for item in fields(self)]
        return [dict(part) if part is self._found else part for part in state]

    def with_told_before(self, told: tuple[OfficeData, ...]) -> OfficeData:
        """Return the same data beside what earlier reports on the same persons told."""
        return replace(self, told_before=told)

    def table(self, source: str) -> pd.DataFrame | None:
        """Return the table of a source, or None where the office gave none."""
        return self.tables.get(source)

    def has(self, source: str, *columns: str) -> bool:
        """Tell whether a source was given with all these columns."""
        table = self.tables.get(source)
        return table is not None and set(columns) <= set(table.columns)

    def missing(self, source: str, *columns: str) -> tuple[str, ...]:
        """Return which of these columns a source lacks."""
        table = self.tables.get(source)
        return tuple(c for c in columns if table is None or c not in table)

    @property
    def as_of(self) -> date:
        """Day of the view: the last day of the period, 24.00."""
        return self.period.end

    def ektp_rows(self, source: str) -> tuple[pd.DataFrame, bool]:
        """Return the e-KTP rows of a source, and whether they could be told apart.

        Without a service column, or without a list of e-KTP services in the profile, all
        rows are returned and the second value is False.
        """
        table = self.tables[source]
        if "ektp" not in table:
            return table, False
        return self.once(("ektp_rows", source), lambda: table[table["ektp"]]), True

    def once(self, name: Hashable, compute: Callable[[], Found]) -> Found:
        """Return what `compute` gives, computed once for all indicators that ask by `name`."""
        if name not in self._found:
            self._found[name] = compute()
        found: Found = self._found[name]
        return found
