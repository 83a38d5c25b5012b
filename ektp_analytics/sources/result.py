"""What reading a source gives: its table, its findings and an account of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from ektp_analytics.errors import Finding
from ektp_analytics.sources.answers import Wins
from ektp_analytics.sources.files import DEFAULT_LIMITS, ReadLimits


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read where it does not say so itself.

    Parameters
    ----------
    mapping
        Key to header, over what is recognised.
    sheet
        Name of the sheet; needed only where several hold the source.
    zone
        Zone of the office: WIB, WITA or WIT.
    limits
        Sizes beyond which a file is refused.
    answers_win
        Which counts where a number contradicts its label.
    scale
        Worst and best number of the form's own answer scale, such as (1, 5) or (20, 100):
        mapped linearly to 1–4, where that gives whole numbers.
    recode
        Declared answers (number or text) and their value 1–4.
    work_starts, work_ends
        The office's working hours (``07.30``), for attendance machines that do not say.
    repeats
        Whether exact repeats of a row are merged or kept.
    display_name
        How the file is named in findings; its bare name when left out.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    zone: str = "WIB"
    limits: ReadLimits = DEFAULT_LIMITS
    answers_win: Wins | None = None
    scale: tuple[float, float] | None = None
    recode: Mapping[object, int] = field(default_factory=dict)
    work_starts: str | None = None
    work_ends: str | None = None
    repeats: Literal["merge", "keep"] = "merge"
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file: read = kept + rejected + repeats."""

    file: str
    source: str
    sha256: str
    sheet: str | None
    read: int
    kept: int
    rejected: int
    repeats: int


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A source read and validated.

    Parameters
    ----------
    source
        Key of the source.
    table
        Kept rows, documented columns; index = row as the spreadsheet shows it.
    findings
        Everything found, worst first.
    files
        Account and SHA-256 of each file.
    mapping
        Key to the header it was found under.
    titles
        Texts above the header.
    summaries
        Raw summary lines (Jumlah …) by key, for comparison only.
    identities
        Keyed digests of the identity strings seen at the door, for the scan of what is
        published; the strings themselves are kept nowhere.
    """

    source: str
    table: pd.DataFrame
    findings: tuple[Finding, ...]
    files: tuple[FileAccount, ...]
    mapping: Mapping[str, str]
    titles: tuple[str, ...] = ()
    summaries: pd.DataFrame = field(default_factory=pd.DataFrame)
    identities: frozenset[str] = frozenset()

    @property
    def read(self) -> int:
        """Number of data rows in the files."""
        return sum(f.read for f in self.files)

    @property
    def kept(self) -> int:
        """Number of rows used; as many as in `table`, where rows are not counted together."""
        return sum(f.kept for f in self.files)

    @property
    def rejected(self) -> int:
        """Number of rows refused, each with an error finding."""
        return sum(f.rejected for f in self.files)

    @property
    def repeats(self) -> int:
        """Number of rows that repeat another and were merged."""
        return sum(f.repeats for f in self.files)

    def account(self) -> dict[str, int]:
        """Return the row account as the record of the JSON contract."""
        return {
            "read": self.read,
            "kept": self.kept,
            "rejected": self.rejected,
            "repeats": self.repeats,
        }


def merge_results(results: Sequence[ReadResult]) -> ReadResult:
    """Join the files of one source of one period into one result."""
    if len(results) == 1:
        return results[0]
    return replace(
        results[0],
        table=_joined([r.table for r in results], results[0].source),
        findings=tuple(f for r in results for f in r.findings),
        files=tuple(f for r in results for f in r.files),
        titles=tuple(t for r in results for t in r.titles),
        identities=frozenset().union(*(r.identities for r in results)),
    )


def _joined(tables: Sequence[pd.DataFrame], source: str) -> pd.DataFrame:
    """Put tables one below the other; days of opening hours beside each other.

    Opening hours come from several machines: what one does not say of a day, another does.
    """
    joined = pd.concat(tables)
    if source != "opening":
        return joined
    keys = [k for k in ("day", "place") if k in joined]
    return joined.groupby(keys, dropna=False, sort=True).first().reset_index()
