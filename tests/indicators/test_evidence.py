"""The evidence log, counted."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ektp_analytics.indicators.evidence import (
    disputed_statements,
    evidence_balance,
    evidence_factors,
    evidence_matrix,
    statements,
)


def row(coder: str, valence: str, paraphrase: str | None, **more: str) -> dict[str, Any]:
    base = {"document": "W1", "principle": "rule_of_law", "theme": "jam layanan"}
    return {**base, "coder": coder, "valence": valence, "paraphrase": paraphrase, **more}


@pytest.fixture
def log() -> pd.DataFrame:
    """Five statements of the case study's kind, some coded by two.

    "buka 10.00" hindering by both; "SOP ada" supporting by both; "sanksi" hindering by A,
    supporting by B: disputed; two rows without a paraphrase.
    """
    return pd.DataFrame(
        [
            row("A", "hindering", "buka 10.00"),
            row("B", "hindering", "buka 10.00", theme="loket"),
            row("A", "supporting", "SOP ada", theme="prosedur", document="D1"),
            row("B", "supporting", "SOP ada", theme="prosedur", document="D1"),
            row("A", "hindering", "sanksi", theme="sanksi"),
            row("B", "supporting", "sanksi", theme="sanksi"),
            row("A", "hindering", None, document="O1"),
            row("A", "hindering", None, document="O1"),
            row("A", "supporting", "jemput bola", principle="participation", theme="  "),
        ]
    ).astype("str")


def test_a_statement_counts_once_whoever_coded_it(log: pd.DataFrame) -> None:
    """Nine rows are six statements; without a paraphrase each row is one."""
    assert len(statements(log)) == 6


def test_balance_of_a_principle(log: pd.DataFrame) -> None:
    """Rule of law: 1 supporting, 1 + 2 hindering, 1 disputed, from three documents."""
    found = evidence_balance(log).loc["rule_of_law"]
    assert found.to_dict() == {"supporting": 1, "hindering": 3, "disputed": 1, "documents": 3}


def test_coders_who_disagree_are_listed_and_counted_in_neither(log: pd.DataFrame) -> None:
    found = disputed_statements(log)
    assert found["paraphrase"].tolist() == ["sanksi"]
    third = pd.concat([log, pd.DataFrame([row("C", "hindering", "sanksi", theme="sanksi")])])
    assert disputed_statements(third.reset_index(drop=True)).empty
    assert evidence_balance(third.reset_index(drop=True)).loc["rule_of_law", "hindering"] == 4


def test_matrix_of_themes(log: pd.DataFrame) -> None:
    """The theme of a statement is its first coder's; a blank theme is ``-``."""
    found = evidence_matrix(log).set_index(["principle", "theme"])
    assert found.loc[("rule_of_law", "jam layanan"), "hindering"] == 3
    assert found.loc[("participation", "-"), "supporting"] == 1
    assert ("rule_of_law", "loket") not in found.index


def test_factors_of_one_direction(log: pd.DataFrame) -> None:
    found = evidence_factors(log, "hindering")
    assert found[["theme", "count", "detail"]].values.tolist() == [["jam layanan", 3, "buka 10.00"]]


def test_a_log_without_paraphrase_or_theme(log: pd.DataFrame) -> None:
    bare = log.drop(columns=["paraphrase", "theme", "coder"])
    assert evidence_balance(bare).loc["rule_of_law", "hindering"] == 5
    assert evidence_factors(bare, "supporting")["count"].sum() == 4
    assert disputed_statements(bare).empty


def test_an_empty_log(log: pd.DataFrame) -> None:
    assert evidence_matrix(log[:0]).empty and evidence_balance(log[:0]).empty
