"""What a notebook may be told: its parameters cell, and values made plain for it.

Papermill itself only warns about a misspelt parameter and then reports on the default
period; and it writes objects it does not know as text, so that a false numpy boolean
becomes the true text "False". Both would give a wrong report without a word. Here a
value either arrives as what it is, or the run stops.
"""

from __future__ import annotations

import ast
import datetime
import difflib
import math
from collections.abc import Mapping
from os import PathLike, fspath
from typing import Any

from ektp_analytics.errors import Refused, refuse

PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"
IDENTIFYING = ("office", "period")  # never taken from a notebook's defaults
NO_VALUE_WORDS = frozenset({"none", "null", "nan", "nat", "<na>"})


def declared_parameters(notebook: Any, name: str) -> dict[str, Any]:
    """Read the parameters a notebook declares, with their defaults.

    Parameters
    ----------
    notebook
        Notebook node.
    name
        File name for messages.

    Returns
    -------
    dict
        Default by parameter name, in the order of the cell.

    Raises
    ------
    Refused
        Without a cell tagged ``parameters``, or when that cell holds more than
        literal assignments.
    """
    cells = [c for c in notebook.cells if PARAMETERS_TAG in c.metadata.get("tags", [])]
    if not cells:
        raise refuse("notebook_without_parameters", file=name)
    declared: dict[str, Any] = {}
    try:
        for statement in ast.parse(cells[0].source).body:
            declared.update(_assigned(statement))
    except (SyntaxError, ValueError) as problem:
        raise refuse("notebook_parameters_not_literal", file=name) from problem
    return declared


def _assigned(statement: ast.stmt) -> dict[str, Any]:
    """Return the literal that one statement assigns; a docstring assigns none."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return {}
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets: list[ast.expr] = [statement.target]
        value = ast.literal_eval(statement.value)
    elif isinstance(statement, ast.Assign):
        targets, value = statement.targets, ast.literal_eval(statement.value)
    else:
        raise ValueError("not a literal assignment")
    if not all(isinstance(target, ast.Name) for target in targets):
        raise ValueError("not a plain name")
    return {target.id: value for target in targets if isinstance(target, ast.Name)}


def checked_parameters(
    declared: Mapping[str, Any], given: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """Return given values, plain and of the declared kind, or stop.

    Parameters
    ----------
    declared
        What `declared_parameters` found.
    given
        Values by name. numpy and pandas scalars, paths, dates, tuples and mappings
        are made plain; text is never turned into a number.
    name
        Notebook name for messages.

    Returns
    -------
    dict
        None, bool, int, float, str, list and dict only, ready for the notebook.

    Raises
    ------
    Refused
        For an unknown name (the nearest one is named), for `office` or `period` not
        given, for the words "None", "null", "nan" given as text, and for a value of
        another kind than the default.
    """
    for key in given:
        if key not in declared:
            raise _unknown(key, declared, name)
    for key in IDENTIFYING:
        if key in declared and key not in given:
            raise refuse("notebook_parameter_missing", file=name, parameter=key)
    return {key: _fitting(key, value, declared[key], name) for key, value in given.items()}


def _unknown(key: str, declared: Mapping[str, Any], name: str) -> Refused:
    near = difflib.get_close_matches(key, declared, n=1, cutoff=0.0)
    return refuse(
        "notebook_parameter_unknown",
        file=name,
        parameter=key,
        nearest=near[0] if near else "–",
        known=", ".join(declared),
    )


def _fitting(key: str, value: Any, default: Any, name: str) -> Any:
    try:
        plain = plain_value(value)
    except TypeError as problem:
        raise refuse(
            "notebook_parameter_kind",
            file=name,
            parameter=key,
            expected=_kind(default),
            found=type(value).__name__,
        ) from problem
    if isinstance(plain, str) and plain.strip().lower() in NO_VALUE_WORDS:
        raise refuse("notebook_parameter_no_value_word", file=name, parameter=key, value=plain)
    if not _same_kind(plain, default):
        raise refuse(
            "notebook_parameter_kind",
            file=name,
            parameter=key,
            expected=_kind(default),
            found=_kind(plain),
        )
    return float(plain) if type(default) is float and type(plain) is int else plain


def _same_kind(value: Any, default: Any) -> bool:
    if default is None or value is None:
        return True
    if type(default) is float and type(value) is int:
        return True
    return type(value) is (list if isinstance(default, tuple) else type(default))


def _kind(value: Any) -> str:
    kinds = {bool: "benar/salah", int: "bilangan bulat", float: "bilangan", str: "teks"}
    kinds |= {list: "daftar", tuple: "daftar", dict: "pasangan nama dan nilai"}
    return kinds.get(type(value), "kosong" if value is None else type(value).__name__)


def plain_value(value: Any) -> Any:
    """Return a value as None, bool, int, float, str, list or dict of these.

    Raises
    ------
    TypeError
        When no such form says the same: an object of another kind, nan or infinity.
    """
    if value is None or type(value) in (bool, int, str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, PathLike | datetime.date):  # pandas Timestamps are dates too
        return value.isoformat() if isinstance(value, datetime.date) else str(fspath(value))
    return _plain_number(value) if isinstance(value, float | int | str) else _plain_array(value)


def _plain_number(value: Any) -> float | int | str:
    """Return a number or text of a derived kind (enumeration, numpy.str_) as itself."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError("not a finite number")
        return float(value)
    return int(value) if isinstance(value, int) else str(value)


def _plain_array(value: Any) -> Any:
    """Return numpy scalars and arrays and pandas columns as Python values."""
    turn = getattr(value, "tolist", None) or getattr(value, "item", None)
    if turn is None:
        raise TypeError(f"{type(value).__name__} has no plain form")
    return plain_value(turn())
