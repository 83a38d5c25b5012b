"""Cover, letterhead and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ektp_analytics.errors import Language
from ektp_analytics.report.blocks import Block, Callout, KeyNumber, KeyRow
from ektp_analytics.report.markup import element, together
from ektp_analytics.report.wording import say


@dataclass(frozen=True, slots=True)
class Letterhead(Block):
    """The office's letterhead with its coat of arms.

    Parameters
    ----------
    lines
        From the government down to the office; the last is set in bold.
    address
        Small line under them.
    logo
        Coat of arms as a ``data:`` address; without one the lines stand alone.
    """

    lines: Sequence[str]
    address: str = ""
    logo: str = ""
    lang: Language = "id"

    def html(self) -> Markup:
        """Return the letterhead over its double rule."""
        alt = say("cover.logo", self.lang)
        arms = element("img", src=self.logo, alt=alt, class_="logo") if self.logo else ""
        lines = [element("p", line, class_="lh-line") for line in self.lines[:-1]]
        lines += [element("p", line, class_="lh-office") for line in self.lines[-1:]]
        lines += [element("p", self.address, class_="lh-address")] if self.address else []
        return element("div", arms, element("div", *lines), class_="letterhead")


@dataclass(frozen=True, slots=True)
class Cover(Block):
    """First page.

    Parameters
    ----------
    letterhead
        Letterhead of the office.
    kicker, title, period, dates
        ``Laporan triwulanan``, the title, ``Triwulan IV 2025``, its first and last day.
    keys
        Two to four key numbers.
    label, label_note
        Boxed label such as ``DATA CONTOH (sintetis)`` and its sentence; empty for none.
    facts
        Pairs of label and text at the foot (basis, author, cut-off, date of issue).
    """

    letterhead: Letterhead
    title: str
    period: str
    kicker: str = ""
    dates: str = ""
    keys: Sequence[KeyNumber] = ()
    label: str = ""
    label_note: str = ""
    facts: Sequence[tuple[str, str]] = ()

    def html(self) -> Markup:
        """Return the cover page."""
        title = element(
            "div",
            element("p", self.kicker, class_="kicker") if self.kicker else "",
            element("h1", self.title),
            element("p", self.period, class_="cover-period"),
            element("p", self.dates, class_="cover-dates") if self.dates else "",
            class_="cover-title",
        )
        keys = KeyRow(self.keys).html() if self.keys else ""
        label = Callout(self.label, self.label_note).html() if self.label else ""
        facts = facts_html(self.facts) if self.facts else ""
        foot = element("div", label, facts, class_="cover-foot")
        return element("section", self.letterhead.html(), title, keys, foot, class_="cover")


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Pairs of label and text without rules (cover foot, how the report was made)."""

    pairs: Sequence[tuple[str, str]]

    def html(self) -> Markup:
        """Return the pairs."""
        return facts_html(self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Block):
    """Place, date and the official who signs, with room for the electronic signature.

    Parameters
    ----------
    position
        Office held, as ``Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten …``.
    name, rank, nip
        Printed under the box; a blank line where empty.
    place, date
        ``Pangkalan Balai`` and ``12 Januari 2026``; a blank line where the date is empty.
    acting
        ``Plt`` or ``Plh`` before the position.
    opening
        Words over the position (``Mengesahkan,``).
    box
        Whether to leave the empty 6 × 3 cm box for the electronic signature.
    """

    position: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    place: str = ""
    date: str = ""
    acting: str = ""
    opening: str = ""
    box: bool = True
    lang: Language = "id"

    def html(self) -> Markup:
        """Return the signature block."""
        blank = element("span", class_="blank", role="presentation")
        dated = [self.place, ", " if self.place else "", self.date or blank]
        acting = f"{self.acting.rstrip('.')}. " if self.acting else ""
        box = element("div", say("signature.box", self.lang), class_="sign-box")
        space = box if self.box else element("div", class_="sign-space")
        return element(
            "div",
            element("p", *dated) if self.place or self.date else "",
            element("p", self.opening) if self.opening else "",
            element("p", f"{acting}{self.position},"),
            space,
            element("p", self.name or blank, class_="sign-name"),
            element("p", self.rank) if self.rank else "",
            element("p", "NIP ", self.nip or blank),
            class_="signature",
        )


@dataclass(frozen=True, slots=True)
class Approval(Block):
    """Lembar pengesahan: what is approved, and the one or two officials who sign it."""

    title: str
    words: str
    signatures: Sequence[Signature]
    number: str = ""
    lang: Language = "id"

    def html(self) -> Markup:
        """Return the approval page."""
        blank = element("span", class_="blank", role="presentation")
        number = element("p", say("signature.number", self.lang), " ", self.number or blank)
        signed = element("div", *(s.html() for s in self.signatures), class_="signatures")
        words = (element("p", part) for part in self.words.split("\n"))
        head = element("h2", self.title)
        return element("section", head, number, together(*words), signed, class_="approval")


def facts_html(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Return pairs of label and text as a definition list."""
    entries = (together(element("dt", label), element("dd", text)) for label, text in pairs)
    return element("dl", *entries, class_="facts")
