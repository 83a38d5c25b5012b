"""Printed names, in both languages."""

from __future__ import annotations

from typing import Any

from ektp_analytics.indicators.labels import label, labels, word


def test_every_name_is_there_in_both_languages() -> None:
    def leaves(node: Any) -> Any:
        if isinstance(node, dict) and set(node) == {"id", "en"}:
            yield node
        elif isinstance(node, dict):
            for child in node.values():
                yield from leaves(child)

    found = list(leaves({k: v for k, v in labels().items() if k != "education_order"}))
    assert len(found) > 25
    assert all(name["id"] and name["en"] for name in found)
    assert label("attributes", "sex", "en") == "Sex"
    assert word("age_from", "id", low=60) == "60 ke atas"
