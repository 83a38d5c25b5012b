"""What each source holds: its columns, their kinds and the headers offices write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from ektp_analytics.errors import Language, refuse

# Counts split by sex: key suffix, what our templates append, what else offices append.
SEXES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "male": ("L", ("laki-laki", "laki", "lk", "pria", "male", "m")),
    "female": ("P", ("perempuan", "pr", "prp", "wanita", "female", "f")),
}

# Ending of the key of a clock column.
CLOCK = "_clock"

Kind = Literal[
    "text",
    "key",
    "region_code",
    "category",
    "count",
    "money",
    "number",
    "answer",
    "datetime",
    "date",
    "time",
    "boolean",
]
OnBad = Literal["row", "cell", "warn"]
Several = Literal["error", "join", "ignore"]

# What an unreadable cell costs: its row, only itself (an error), or itself with a warning.
_ON_BAD: Mapping[Kind, OnBad] = {
    "datetime": "row",
    "date": "row",
    "key": "row",
    "region_code": "row",
    "answer": "cell",
    "count": "cell",
    "money": "cell",
    "number": "row",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a source: key in code, label in files, kind, other spellings.

    `fallbacks` are names that count only where no synonym is there, in this order;
    `clock` are headers of a column of its own for the time of day; `several` says what
    becomes of two columns that fit alike; a blank cell of a `needed` column costs its row.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    on_bad: OnBad = "warn"
    limits: tuple[float | None, float | None] = (None, None)
    several: Several = "error"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class SourceSchema:
    """One source: its name, what a row is, its columns by key, and their clock columns."""

    key: str
    name: Mapping[Language, str]
    row: Mapping[Language, str]
    columns: Mapping[str, Column]
    by_sex: tuple[str, ...] = ()
    clocks: Mapping[str, Column] = field(default_factory=dict)

    def of_kind(self, kind: Kind) -> tuple[str, ...]:
        """Return the keys of the columns of one kind."""
        return tuple(key for key, column in self.columns.items() if column.kind == kind)

    def labels(self) -> dict[str, str]:
        """Return the Indonesian header of each column by key."""
        return {key: column.label for key, column in self.columns.items()}


@cache
def schemas() -> Mapping[str, SourceSchema]:
    """Load every source from ``columns.yaml``."""
    return _load("columns.yaml")


@cache
def _machine_schemas() -> Mapping[str, SourceSchema]:
    return _load("machine_columns.yaml")


def _load(name: str) -> dict[str, SourceSchema]:
    path = resources.files("ektp_analytics.sources") / name
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: _schema(key, entry) for key, entry in loaded.items()}


def schema(source: str) -> SourceSchema:
    """Return one source by its key, or the export of a machine that becomes one.

    Raises
    ------
    Refused
        When no source has that key.
    """
    known = {**schemas(), **_machine_schemas()}
    if source not in known:
        raise refuse("source_unknown", value=source, known=", ".join(schemas()))
    return known[source]


def _schema(key: str, entry: Mapping[str, Any]) -> SourceSchema:
    columns = {name: _column(name, spec) for name, spec in entry["columns"].items()}
    by_sex = tuple(entry.get("by_sex", ()))
    split = {c.key: c for name in by_sex for c in _split_by_sex(columns[name])}
    clocks = {c.key: c for column in columns.values() if column.clock for c in [_clock_of(column)]}
    return SourceSchema(
        key=key,
        name=entry["name"],
        row=entry["row"],
        columns=columns | split,
        by_sex=by_sex,
        clocks=clocks,
    )


def _clock_of(column: Column) -> Column:
    """Return the column that holds the time of day of a stamp kept in two columns."""
    return Column(
        key=f"{column.key}{CLOCK}",
        label=f"{column.label} (jam)",
        kind="time",
        synonyms=column.clock,
    )


def _split_by_sex(column: Column) -> tuple[Column, ...]:
    """Return the two columns of a count split by sex (``recorded_male``: "Sudah rekam L")."""
    return tuple(
        replace(
            column,
            key=f"{column.key}_{sex}",
            label=f"{column.label} {short}",
            synonyms=tuple(
                f"{name} {word}"
                for name in (column.label, column.key, *column.synonyms)
                for word in (short, *words)
            ),
        )
        for sex, (short, words) in SEXES.items()
    )


def _column(key: str, spec: Mapping[str, Any]) -> Column:
    return Column(
        key=key,
        label=spec["label"],
        kind=spec["kind"],
        required=bool(spec.get("required", False)),
        synonyms=tuple(str(s) for s in spec.get("synonyms", ())),
        fallbacks=tuple(str(s) for s in spec.get("fallbacks", ())),
        question=tuple(spec.get("question", ())),
        values={name: tuple(others) for name, others in spec.get("values", {}).items()},
        on_bad=spec.get("bad", _ON_BAD.get(spec["kind"], "warn")),
        limits=(spec.get("min"), spec.get("max")),
        clock=tuple(spec.get("clock", ())),
        several=spec.get("several", "error"),
        needed=bool(spec.get("needed", spec.get("required", False))),
    )
