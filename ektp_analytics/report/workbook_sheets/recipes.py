"""How an indicator's value follows from the inputs printed beside it, as a live formula.

A formula is written only where it gives the value that was computed; any other value is
written as the figure it is, and the sheet says that it comes from the rows of the files.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ektp_analytics.indicators.value import IndicatorValue

SAME = 1e-9  # relative; two ways of one division differ by less


@dataclass(frozen=True, slots=True)
class Recipe:
    """A sum of inputs divided by a sum of inputs, or the lower of two by the higher.

    Parameters
    ----------
    over, under
        Names of the inputs above and below the line.
    times
        Factor of the quotient, 100 for percent.
    kind
        ``ratio``, or ``lowest`` for lowest ÷ highest of `over`.
    """

    over: tuple[str, ...]
    under: tuple[str, ...] = ()
    times: int = 1
    kind: Literal["ratio", "lowest"] = "ratio"

    @property
    def names(self) -> tuple[str, ...]:
        """Every input the recipe needs."""
        return (*self.over, *self.under)

    def value(self, inputs: Mapping[str, float]) -> float | None:
        """Return what the recipe gives; None for a division by zero."""
        above = [inputs[name] for name in self.over]
        if self.kind == "lowest":
            return self.times * min(above) / max(above) if max(above) else None
        below = sum(inputs[name] for name in self.under)
        return self.times * sum(above) / below if below else None

    def formula(self, cells: Mapping[str, str]) -> str:
        """Return the formula over the cells of the inputs."""
        above = ",".join(cells[name] for name in self.over)
        factor = f"{self.times}*" if self.times != 1 else ""
        if self.kind == "lowest":
            return f"{factor}MIN({above})/MAX({above})"
        below = ",".join(cells[name] for name in self.under)
        return f"{factor}SUM({above})/SUM({below})"


SHARE = Recipe(("hits",), ("trials",), 100)
RECIPES: Mapping[str, Recipe] = {
    "recording_coverage": Recipe(("recorded",), ("obligated",), 100),
    "card_possession": Recipe(("holders",), ("obligated",), 100),
    "coverage_equity": Recipe(("worst_fifth",), ("overall",)),
    "sex_parity": Recipe(("male", "female"), kind="lowest"),
    "survey_participation": Recipe(("respondents",), ("required",), 100),
    "promise_kept": Recipe(("kept",), ("kept", "late", "open_past"), 100),
}


def recipe_for(value: IndicatorValue) -> Recipe | None:
    """Return the recipe that gives this value from its inputs, None where none does."""
    recipe = RECIPES.get(value.code, SHARE)
    given = {name: value.inputs.get(name) for name in recipe.names}
    if value.value is None or not all(_is_number(figure) for figure in given.values()):
        return None
    made = recipe.value({name: float(figure or 0) for name, figure in given.items()})
    if made is None or not math.isclose(made, value.value, rel_tol=SAME, abs_tol=SAME):
        return None
    return recipe


def _is_number(figure: Any) -> bool:
    return isinstance(figure, int | float) and not isinstance(figure, bool)
