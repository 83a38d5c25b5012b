"""How an office's files are read, as its profile ``office.yaml`` declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ektp_analytics.errors import refuse
from ektp_analytics.sources.answers import Wins
from ektp_analytics.sources.files import DEFAULT_LIMITS, ReadLimits
from ektp_analytics.sources.result import ReadOptions
from ektp_analytics.workspace import PROFILE_NAME, Office

_SCALE_ENDS = 2


def profile_options(office: Office, source: str, display_name: str = "") -> ReadOptions:
    """Return the reading options of one source of an office.

    Parameters
    ----------
    office
        Its profile may hold ``mapping: {source: {key: header}}``; ``answers: {scale: [1, 5],
        recode: {answer: value}, wins: label}`` for the survey; ``settings: {work_starts,
        work_ends, file_megabytes, unpacked_megabytes, columns, cell_characters}``.
    source
        Key of the source.
    display_name
        How the file is named in findings.

    Raises
    ------
    Refused
        When a declaration has another form.
    """
    answers = _mapping(office.profile.get("answers"), "answers")
    return ReadOptions(
        mapping=office.mapping(source),
        zone=office.zone,
        limits=_limits(office),
        answers_win=_wins(answers, office),
        scale=_scale(answers),
        recode=_mapping(answers.get("recode"), "recode"),
        work_starts=_text(office.setting("work_starts", None)),
        work_ends=_text(office.setting("work_ends", None)),
        display_name=display_name,
    )


def _mapping(given: Any, name: str) -> Mapping[Any, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _wrong(f"{name}: {given}", "{kunci: nilai}")
    return given


def _wins(answers: Mapping[Any, Any], office: Office) -> Wins | None:
    given = answers.get("wins", office.setting("answers_win", None))
    if given not in (None, "label", "number"):
        raise _wrong(f"wins: {given}", "label, number")
    return cast("Wins | None", given)


def _scale(answers: Mapping[Any, Any]) -> tuple[float, float] | None:
    given = answers.get("scale")
    if given is None:
        return None
    numbers = isinstance(given, (list, tuple)) and all(
        isinstance(end, (int, float)) and not isinstance(end, bool) for end in given
    )
    if not numbers or len(given) != _SCALE_ENDS or given[0] == given[1]:
        raise _wrong(f"scale: {given}", "[1, 5], [20, 100], …")
    if answers.get("formula", "linear") != "linear":
        raise _wrong(f"formula: {answers['formula']}", "linear")
    return float(given[0]), float(given[1])


def _limits(office: Office) -> ReadLimits:
    names = ("file_megabytes", "unpacked_megabytes", "columns", "cell_characters")
    return ReadLimits(
        **{name: int(office.setting(name, getattr(DEFAULT_LIMITS, name))) for name in names}
    )


def _text(given: Any) -> str | None:
    return None if given is None else str(given)


def _wrong(value: str, expected: str) -> Exception:
    return refuse("answer_declaration_wrong", file=PROFILE_NAME, value=value, expected=expected)
