"""The columns of every source are written once, in one file."""

from importlib import resources

import pytest
import yaml

from ektp_analytics.errors import Refused
from ektp_analytics.sources.headers import normalise
from ektp_analytics.sources.schema import schema, schemas

KINDS = {
    "text", "key", "region_code", "category", "count", "money", "answer", "datetime", "date",
    "time", "boolean", "number",
}  # fmt: skip


def entries(name):
    path = resources.files("ektp_analytics.sources") / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_sources_of_the_design_are_there():
    """DESIGN §3: ten sources; the printed figures of a case study; values of own indicators."""
    assert set(schemas()) == {
        "survey", "service_log", "registrations", "publications", "complaints", "opening",
        "discipline", "outreach", "follow_up", "evidence", "published_figures",
        "own_values",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["columns.yaml", "machine_columns.yaml"])
def test_every_name_is_a_text(name):
    """YAML reads a bare no as false; every header must be quoted where it needs it."""
    for source in entries(name).values():
        for column in source["columns"].values():
            for part in ("synonyms", "fallbacks", "question", "clock"):
                assert all(isinstance(word, str) for word in column.get(part, []))
            assert column["kind"] in KINDS
            assert column["label"]


@pytest.mark.parametrize("source", sorted(schemas()))
def test_no_label_names_two_columns(source):
    """A template's own header must name one column; a synonym never hides a label."""
    known = schema(source)
    labels = [normalise(column.label) for column in known.columns.values()]
    assert len(labels) == len(set(labels))
    for key, column in known.columns.items():
        others = {normalise(s) for k, c in known.columns.items() if k != key for s in c.synonyms}
        assert normalise(column.key) not in labels or normalise(column.key) == normalise(
            column.label
        )
        assert normalise(column.label) not in others or column.kind == "count"


def test_counts_by_sex_have_their_own_columns():
    """DESIGN §3: registration counts by sex where given."""
    columns = schema("registrations").columns
    assert columns["recorded_male"].label == "Sudah rekam L"
    assert columns["recorded_female"].label == "Sudah rekam P"
    assert {f"{k}_male" for k in schema("registrations").by_sex} <= set(columns)


def test_an_unknown_source_is_refused_naming_the_known():
    """The refusal names what there is."""
    with pytest.raises(Refused) as refused:
        schema("survei")
    assert "survey" in refused.value.findings[0].details["known"]
