"""The reporting period: a quarter, a semester, a month or a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from ektp_analytics.errors import Language, refuse

PeriodKind = Literal["year", "semester", "quarter", "month"]

_MONTHS_IN: dict[PeriodKind, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}
_ROMAN = ("I", "II", "III", "IV")
_MONTH_NAMES: dict[Language, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
        "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_PATTERN = re.compile(
    r"(?P<year>\d{4})(?:[-_ /]?(?:(?P<quarter>(?:Q|TW)[-_ ]?(?:[1-4]|IV|I{1,3}))"
    r"|(?P<semester>(?:S|SEM)[-_ ]?(?:[12]|I{1,2}))|(?P<month>\d{2})))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period by its year, its kind and its number in the year.

    Examples
    --------
    >>> Period.parse("2025-TW4")
    Period(2025-Q4)
    >>> Period.parse("2025-Q1").previous()
    Period(2024-Q4)
    """

    year: int
    kind: PeriodKind
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2025-Q1``, ``2025-TW1``, ``2025-S1``, ``2025-03`` or ``2025``.

        Raises
        ------
        Refused
            When the text is none of these.
        """
        match = _PATTERN.fullmatch(str(text).strip())
        if not match:
            raise refuse("period_unreadable", value=str(text))
        year = int(match["year"])
        if match["month"]:
            number = int(match["month"])
            if not 1 <= number <= 12:  # noqa: PLR2004 - months of the year
                raise refuse("period_unreadable", value=str(text))
            return cls(year, "month", number)
        for kind in ("quarter", "semester"):
            if match[kind]:
                return cls(year, kind, _number(match[kind]))
        return cls(year, "year")

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * _MONTHS_IN[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """Last day, itself inside the period."""
        last_month = self.number * _MONTHS_IN[self.kind]
        next_first = date(self.year + last_month // 12, last_month % 12 + 1, 1)
        return next_first - timedelta(days=1)

    @property
    def opens(self) -> datetime:
        """The first instant, 00.00 local."""
        return datetime.combine(self.start, time())

    @property
    def closes(self) -> datetime:
        """24.00 local of the last day, the first instant that is outside."""
        return datetime.combine(self.end + timedelta(days=1), time())

    def previous(self) -> Period:
        """Return the period of the same kind just before."""
        return self.shifted(-1)

    def shifted(self, steps: int) -> Period:
        """Return the period of the same kind so many steps later."""
        per_year = 12 // _MONTHS_IN[self.kind]
        index = self.year * per_year + (self.number - 1) + steps
        return Period(index // per_year, self.kind, index % per_year + 1)

    def label(self, lang: Language = "id") -> str:
        """Return the name used in a report, such as ``Triwulan IV 2025``."""
        if self.kind == "year":
            return f"Tahun {self.year}" if lang == "id" else str(self.year)
        if self.kind == "month":
            return f"{_MONTH_NAMES[lang][self.number - 1]} {self.year}"
        roman = _ROMAN[self.number - 1]
        if self.kind == "quarter":
            word = f"Triwulan {roman}" if lang == "id" else f"Quarter {self.number}"
        else:
            word = f"Semester {roman}" if lang == "id" else f"Semester {self.number}"
        return f"{word} {self.year}"

    def short_label(self, lang: Language = "id") -> str:
        """Return the name used in a narrow table, such as ``TW IV``."""
        if self.kind == "quarter":
            return f"TW {_ROMAN[self.number - 1]}" if lang == "id" else f"Q{self.number}"
        if self.kind == "semester":
            return f"Sem. {_ROMAN[self.number - 1]}" if lang == "id" else f"S{self.number}"
        return self.label(lang)

    def __str__(self) -> str:
        if self.kind == "year":
            return str(self.year)
        if self.kind == "month":
            return f"{self.year}-{self.number:02d}"
        return f"{self.year}-{'Q' if self.kind == 'quarter' else 'S'}{self.number}"

    def __repr__(self) -> str:
        return f"Period({self})"


def _number(text: str) -> int:
    """Read the number behind ``Q``, ``TW`` or ``S``, Arabic or Roman."""
    digits = re.sub(r"^(?:Q|TW|SEM|S)[-_ ]?", "", text.upper())
    return int(digits) if digits.isdigit() else _ROMAN.index(digits) + 1
