"""YAML read safely, with the line of every entry, so that a refusal can name its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ektp_analytics.errors import refuse

Path = tuple[str | int, ...]

# Aliases can make a short text unfold without end; no catalogue comes near this.
MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class LocatedYaml:
    """The content of one YAML file and the line each part of it starts on.

    Parameters
    ----------
    file
        Name shown in messages.
    data
        The content as plain Python objects.
    lines
        First line (counted from 1) of the entry under each path of keys and positions.
    """

    file: str
    data: Any
    lines: Mapping[Path, int]

    def line(self, *path: str | int) -> int:
        """Return the line of an entry, or of its nearest ancestor that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_located_yaml(text: str, file: str) -> LocatedYaml:
    """Read one YAML document and remember where everything stands.

    Parameters
    ----------
    text
        The document.
    file
        Its name for messages.

    Returns
    -------
    LocatedYaml

    Raises
    ------
    Refused
        If the text is not YAML, asks for Python objects, or repeats a key, which plain
        YAML readers would resolve silently in favour of the last one.
    """
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        said = getattr(problem, "problem", None) or type(problem).__name__
        raise refuse("yaml_unreadable", file=file, row=line, problem=said) from problem
    except ValueError as problem:
        raise refuse("yaml_unreadable", file=file, row=1, problem=str(problem)) from problem
    lines: dict[Path, int] = {}
    if node is not None:
        _collect_lines(node, (), lines, file)
    return LocatedYaml(file, data, lines)


def _collect_lines(node: Any, path: Path, lines: dict[Path, int], file: str) -> None:
    """Walk the node tree; an entry of a mapping starts where its key stands."""
    import yaml

    line = node.start_mark.line + 1
    if len(lines) >= MOST_ENTRIES:
        raise refuse("yaml_unreadable", file=file, row=line, problem=f"> {MOST_ENTRIES}")
    lines.setdefault(path, line)
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _collect_lines(item, (*path, position), lines, file)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            here, line = (*path, str(key.value)), key.start_mark.line + 1
            if here in lines:
                raise refuse(
                    "yaml_duplicate_key",
                    file=file,
                    row=line,
                    key=key.value,
                    first=lines[here],
                )
            lines[here] = line
            _collect_lines(item, here, lines, file)


def as_date(value: Any) -> date | None:
    """Return a YAML date as a date, or None where it is something else."""
    return value if type(value) is date else None
