"""A page or part of a page: several blocks shown one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ektp_analytics.report.blocks import Block, Headline, Paragraph, stacked
from ektp_analytics.report.figure import Chart, TableChart
from ektp_analytics.report.markup import element

GAP = 20  # px over a headline in the middle of a page


@dataclass(frozen=True, slots=True)
class Gap(Block):
    """Room over a part that does not begin a page."""

    def html(self) -> Markup:
        """Return the room."""
        return element("div", style=f"height:{GAP}px")


@dataclass(frozen=True, slots=True)
class Between(Block):
    """The blocks of a page from one chart to the next."""

    blocks: Sequence[Block]

    def html(self) -> Markup:
        """Return the blocks one under the other."""
        return Markup("\n").join(block.html() for block in self.blocks)

    def text(self) -> str:
        """Return the blocks in plain words."""
        return "\n\n".join(block.text() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Section(Block):
    """Blocks shown one after the other.

    In a notebook each chart is an output of its own, so that it stays the interactive
    figure it is; the blocks between two charts are one output together.

    Parameters
    ----------
    blocks
        From top to bottom; a text is a paragraph. Empty for a page that has nothing to say.
    """

    blocks: Sequence[Block | str] = ()

    def html(self) -> Markup:
        """Return the blocks one under the other."""
        return stacked(list(self))

    def text(self) -> str:
        """Return the blocks in plain words."""
        return "\n\n".join(block.text() for block in self)

    def __iter__(self) -> Iterator[Block]:
        for block in self.blocks:
            if isinstance(block, Headline) and not block.new_page:
                yield Gap()
            yield block if isinstance(block, Block) else Paragraph(block)

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(*self._outputs())  # type: ignore[no-untyped-call]

    def _outputs(self) -> Iterator[Block]:
        for charts, blocks in groupby(self, lambda block: isinstance(block, (Chart, TableChart))):
            if charts:
                yield from blocks
            else:
                yield Between(list(blocks))
