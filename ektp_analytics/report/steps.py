"""A calculation told step by step: numbered steps, a sum in large figures, a working line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ektp_analytics.report.blocks import Block, stacked
from ektp_analytics.report.markup import element, rich, together


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step: its title and what stands under it."""

    title: str
    blocks: Sequence[Block | str] = ()


@dataclass(frozen=True, slots=True)
class Steps(Block):
    """Numbered steps of a calculation, ruled apart."""

    steps: Sequence[Step]

    def html(self) -> Markup:
        """Return the steps as an ordered list."""
        listed = (
            element("li", element("h3", step.title), stacked(step.blocks)) for step in self.steps
        )
        return element("ol", *listed, class_="steps")


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a sum, with what it counts; `sign` stands before it."""

    value: str
    label: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Sum(Block):
    """A sum in large figures: 421 = 404 + 9 + 8."""

    terms: Sequence[Term]
    note: str = ""

    def html(self) -> Markup:
        """Return the sum."""
        shown = (
            element(
                "div",
                element("span", term.sign, class_="sign"),
                element("div", element("b", term.value), element("p", term.label)),
                class_="term",
            )
            for term in self.terms
        )
        note = element("p", self.note, class_="source") if self.note else ""
        return together(element("div", *shown, class_="sum"), note)


@dataclass(frozen=True, slots=True)
class Working(Block):
    """A line of arithmetic, its steps joined by arrows; the last is the result."""

    steps: Sequence[str]
    result: str = ""

    def html(self) -> Markup:
        """Return the line."""
        arrow = element("i", class_="mark mark-arrow", role="presentation")
        pieces: list[Markup] = []
        for step in self.steps:
            pieces += [arrow, rich(step)] if pieces else [rich(step)]
        if self.result:
            pieces += [arrow, element("b", self.result, class_="result")]
        return element("p", *pieces, class_="working")
