"""Validated tables hold documented dtypes and values within their range."""

from pathlib import Path

import pandas as pd
import pytest

from ektp_analytics.sources.conform import DTYPES, conform, out_of_range, table_schema
from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.sources.schema import schema, schemas

CONTOH = Path(__file__).parents[2] / "data" / "raw" / "contoh" / "2025-Q1"


@pytest.mark.parametrize("source", sorted(set(schemas()) - {"own_values", "published_figures"}))
def test_every_bundled_table_fits_its_schema(source):
    """DESIGN §2: every reader ends in conform(), with datetime64[us], str, Int64, Float64."""
    path = next(p for p in CONTOH.iterdir() if p.stem == source)
    table = read_source(source, path).table
    pd.testing.assert_frame_equal(table_schema(schema(source)).validate(table), table)
    for key in set(table) & set(schema(source).columns):
        assert str(table[key].dtype) == DTYPES[schema(source).columns[key].kind]
    assert all(table[key].dtype == bool for key in table if str(key).endswith("_has_time"))


def test_values_outside_their_range_are_found():
    """An age of 650 years is outside 5 to 120."""
    frame = pd.DataFrame({"age": pd.array([4, 5, 120, 650, None], dtype="Int64")})
    found = out_of_range(frame, schema("survey"))
    assert found["age"].tolist() == [True, False, False, True, False]


def test_importance_is_an_answer_too():
    """Importance columns are answers 1 to 4."""
    frame = pd.DataFrame({"importance_waktu": [1.0, None], "age": ["30", None]})
    assert conform(frame, schema("survey")).dtypes.astype(str).to_dict() == {
        "importance_waktu": "Int64",
        "age": "Int64",
    }
