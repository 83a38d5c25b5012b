"""One printed report: its language, its cut-off, and the numbering of its exhibits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from ektp_analytics.errors import Language
from ektp_analytics.report import numbers
from ektp_analytics.report.wording import say


@dataclass(frozen=True, slots=True)
class Edition:
    """What every exhibit of one report shares.

    Make one per report and hand it to every chart and table. It numbers figures and
    tables by key in the order they are first asked for, so that running a notebook cell
    twice, or pointing to a figure from a sentence, gives the same number.

    Parameters
    ----------
    lang
        ``id`` or ``en``.
    as_of
        Cut-off date printed in every source line; None leaves it out.
    figures, tables
        Keys in the order of their numbers.
    """

    lang: Language = "id"
    as_of: dt.date | None = None
    figures: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def figure(self, key: str) -> int:
        """Return the number of the figure called `key`, giving it the next if new."""
        return _place(self.figures, key)

    def table(self, key: str) -> int:
        """Return the number of the table called `key`, giving it the next if new."""
        return _place(self.tables, key)

    def figure_label(self, key: str) -> str:
        """Return ``Gambar N`` (``Figure N``)."""
        return say("label.figure", self.lang, number=self.figure(key))

    def table_label(self, key: str) -> str:
        """Return ``Tabel N`` (``Table N``)."""
        return say("label.table", self.lang, number=self.table(key))

    def source_line(self, sentences: Sequence[str] = (), source: str = "") -> str:
        """Return the line under an exhibit: what to know, then source and cut-off date.

        Parameters
        ----------
        sentences
            Complete sentences (n, marks, limits of reading); empty ones are left out.
        source
            What the figures come from, as ``kuesioner SKM TW IV 2025``.

        Returns
        -------
        str
            ``… Sumber: kuesioner SKM TW IV 2025, keadaan 31 Desember 2025.``
        """
        parts = [sentence for sentence in sentences if sentence]
        date = numbers.day(self.as_of, self.lang) if self.as_of else ""
        if source and date:
            parts.append(say("label.source_as_of", self.lang, source=source, date=date))
        elif source:
            parts.append(say("label.source", self.lang, source=source))
        elif date:
            parts.append(say("label.as_of", self.lang, date=date))
        return " ".join(parts)


def _place(keys: list[str], key: str) -> int:
    if key not in keys:
        keys.append(key)
    return keys.index(key) + 1
