"""Coded observations of the made-up office, by two coders who mostly agree."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic.story import shortage_share

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_PER_PERIOD = 16
_DISAGREE = 0.12
_OPPOSITE = {"mendukung": "menghambat", "menghambat": "mendukung"}


@cache
def _statements() -> tuple[dict[str, str], ...]:
    import yaml

    path = resources.files("ektp_analytics.synthetic") / "evidence.yaml"
    return tuple(yaml.safe_load(path.read_text("utf-8")))


def evidence_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the evidence log: each statement coded by coder A and by coder B."""
    draw = plan.stream("evidence", period)
    always = [statement for statement in _statements() if "when" not in statement]
    chosen = np.sort(draw.choice(len(always), size=_PER_PERIOD, replace=False))
    statements = [always[index] for index in chosen]
    if shortage_share(period) > 0:
        statements += [s for s in _statements() if s.get("when") == "shortage"]
    differs = (draw.random(len(statements)) < _DISAGREE).tolist()
    first = [_coded(s, period, "A", s["valence"]) for s in statements]
    second = [
        _coded(s, period, "B", _OPPOSITE[s["valence"]] if other else s["valence"])
        for s, other in zip(statements, differs, strict=True)
    ]
    return pd.DataFrame(first + second)


def _coded(statement: dict[str, str], period: Period, coder: str, valence: str) -> dict[str, str]:
    return {
        "document": f"{statement['document']}, {period.label()}",
        "principle": statement["principle"],
        "indicator": statement["indicator"],
        "valence": valence,
        "theme": statement["theme"],
        "coder": coder,
        "paraphrase": statement["paraphrase"],
    }
