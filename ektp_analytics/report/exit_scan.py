"""The last look before anything is published: no person, no computer in any file.

What is looked for: every identity string that was seen at the door, by its keyed digest;
every run of 16 digits that follows the grammar of a NIK; the folders of this computer and
the name of its user. Officials who sign are allowed, exactly as ``office.yaml`` writes
them under ``signatories`` and ``letterhead``.
"""

from __future__ import annotations

import getpass
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ektp_analytics.errors import Finding, Refused
from ektp_analytics.privacy import (
    IDENTITY_DIGITS,
    IDENTITY_WORDS,
    LONGEST_WORD,
    digest_of,
    nik_runs,
    number_form,
    words_of,
)
from ektp_analytics.report.public_words import public_words
from ektp_analytics.report.published_text import Passage, Unscannable, passages
from ektp_analytics.workspace import Office

_BREAK = "\n\u00b6\n"
_SHORTEST_PATH = 5
# Digits of one number, as telephone and identity numbers are grouped.
_GROUPED = re.compile(rf"\d(?:[ .\-/()\u00a0]{{0,2}}\d){{{IDENTITY_DIGITS[0] - 1},}}")
_GROUP = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Watch:
    """What must not be in a published file.

    Parameters
    ----------
    identities
        Keyed digests of the identity strings seen at the door.
    allowed
        Texts of the officials who sign and of the letterhead.
    public
        Words an office's report holds in any case, joined by spaces: a place named like a
        person is no leak.
    folders
        Folders of this computer.
    user
        Name under which the user is logged in.
    """

    identities: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    public: Callable[[], str] = str
    folders: tuple[str, ...] = ()
    user: str = ""


def watch_for(
    office: Office | None, identities: Collection[str], root: Path | None = None
) -> Watch:
    """Return what must not be in the reports of an office, or about files of nobody's.

    Parameters
    ----------
    office
        Its profile names the officials allowed; none outside a workspace.
    identities
        Digests of `ReadResult.identities` of every file read in this run.
    root
        Folder of the workspace.
    """
    profile = office.profile if office else {}
    allowed = _texts(profile.get("signatories")), _texts(profile.get("letterhead"))
    return Watch(
        identities=frozenset(identities),
        allowed=tuple(text for texts in allowed for text in texts),
        public=lambda: public_words(office),
        folders=_folders(root),
        user=_user(),
    )


def exit_check(watch: Watch) -> Callable[[Path], None]:
    """Return the check for `publication`: it raises when a file must not be published.

    Raises
    ------
    Refused
        From the returned function, with every hit: file, place, remedy. The hit itself is
        told by its shape only.
    """

    def check(folder: Path) -> None:
        if found := scan_folder(folder, watch):
            raise Refused(found)

    return check


def check_content(content: bytes, name: str, watch: Watch) -> None:
    """Check the bytes of one file before they are written where readers look.

    Raises
    ------
    Refused
        As the function `exit_check` returns.
    """
    with tempfile.TemporaryDirectory(prefix="ektp-") as folder:
        Path(folder, name).write_bytes(content)
        exit_check(watch)(Path(folder))


def scan_folder(folder: Path, watch: Watch) -> tuple[Finding, ...]:
    """Return what must not be published among the files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(finding for path in files for finding in scan_file(path, watch))


def scan_file(path: Path, watch: Watch) -> tuple[Finding, ...]:
    """Return what must not be published in one file, each kind once per place."""
    found: dict[tuple[str, str], Finding] = {}
    try:
        for passage in passages(path):
            for rule, value in _hits(passage, watch):
                found.setdefault((rule, passage.place), _finding(rule, path, passage, value))
    except Unscannable:
        return (Finding(rule="exit_unreadable", severity="error", file=path.name),)
    return tuple(found.values())


def _finding(rule: str, path: Path, passage: Passage, shape: str) -> Finding:
    place = passage.place or "isi berkas"
    return Finding(
        rule=rule, severity="error", file=path.name, value=shape, details={"place": place}
    )


def _hits(passage: Passage, watch: Watch) -> Iterator[tuple[str, str]]:
    # Cutting out the allowed texts can only take hits away, and most passages have none.
    if any(_persons(passage.text, watch)):
        yield from _persons(_without(passage.text, watch.allowed), watch)
    if any(_names_folder(passage.text, folder) for folder in watch.folders):
        yield "exit_computer", "nama folder"
    if passage.metadata and watch.user and passage.text.strip().casefold() == watch.user:
        yield "exit_computer", "nama pengguna"


def _persons(text: str, watch: Watch) -> Iterator[tuple[str, str]]:
    for run in nik_runs(text):
        yield "exit_nik", f"{len(run)} angka"
    for form in identities_in(text, watch.identities):
        if f" {form} " not in watch.public():
            yield "exit_identity", _shape(form)


def identities_in(text: str, identities: Collection[str]) -> Iterator[str]:
    """Yield the forms of identity strings, known by their digests, that a text holds."""
    if not identities:
        return
    for form in {*_word_forms(words_of(text)), *_number_forms(text)}:
        if digest_of(form) in identities:
            yield form


def _word_forms(words: list[str]) -> Iterator[str]:
    """Yield every run of up to six words that is more than numbers."""
    for start in range(len(words)):
        named = False
        for end in range(start + 1, min(start + IDENTITY_WORDS, len(words)) + 1):
            if len(words[end - 1]) > LONGEST_WORD:
                break
            named = named or not words[end - 1].isdigit()
            if named:
                yield " ".join(words[start:end])


def _number_forms(text: str) -> Iterator[str]:
    """Yield every number of 9 to 18 digits, whole or from neighbouring groups of digits."""
    for run in _GROUPED.finditer(text):
        groups = _GROUP.findall(run[0])
        for start in range(len(groups)):
            digits = ""
            for group in groups[start : start + IDENTITY_WORDS]:
                digits += group
                if form := number_form(digits):
                    yield form


def _without(text: str, allowed: Iterable[str]) -> str:
    """Return a text in which the allowed texts, whole and in their order, are cut out."""
    for pattern in _patterns(tuple(allowed)):
        text = pattern.sub(_BREAK, text)
    return text


@lru_cache(maxsize=64)
def _patterns(allowed: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return what finds each allowed text whatever stands between its words, longest first."""
    texts = sorted({tuple(words_of(a)) for a in allowed}, key=len, reverse=True)
    joined = (r"[\W_]+".join(map(re.escape, words)) for words in texts if words)
    return tuple(re.compile(rf"(?<![^\W_]){text}(?![^\W_])", re.IGNORECASE) for text in joined)


def _shape(form: str) -> str:
    return f"{len(form)} angka" if form.isdigit() else f"{form.count(' ') + 1} kata"


def _texts(value: Any) -> list[str]:
    """Return every text inside an entry of the profile."""
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _texts(inner)]
    return [] if value is None else [str(value)]


def _folders(root: Path | None) -> tuple[str, ...]:
    """Return the workspace and the user's own folder, in every way a file may write them."""
    places = {str(root), str(root.resolve())} if root else set()
    with suppress(RuntimeError):  # a user without a home folder
        places.add(str(Path.home()))
    spelled = {place.replace("\\", mark) for place in places for mark in ("\\", "\\\\", "/")}
    return tuple(sorted(place for place in spelled if len(place) >= _SHORTEST_PATH))


def _names_folder(text: str, folder: str) -> bool:
    return folder in text and re.search(rf"(?<!\w){re.escape(folder)}(?!\w)", text) is not None


def _user() -> str:
    try:
        return getpass.getuser().casefold()
    except (OSError, KeyError, ImportError):
        return ""
