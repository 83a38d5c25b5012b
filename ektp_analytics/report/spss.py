"""Survey answers for SPSS and its kin: codes and labels apart, ``.sav`` with value labels.

Only answers leave by default; attributes of respondents (sex, age, kecamatan …) make a
row recognisable and are written only where they are asked for by name. Comments and keys
are never written.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, refuse
from ektp_analytics.report.exit_scan import Watch, exit_check
from ektp_analytics.report.whole_file import write_whole
from ektp_analytics.sources.headers import IMPORTANCE_PREFIX
from ektp_analytics.sources.schema import schema
from ektp_analytics.standards.skm import Element, elements

LABEL_SUFFIX = "_label"
ATTRIBUTES = (
    "service", "channel", "kecamatan", "sex", "age", "education", "occupation",
)  # fmt: skip
_IMPORTANCE = {"id": "Harapan: {label}", "en": "Importance: {label}"}


def codes_and_labels(table: pd.DataFrame, lang: Language = "id") -> pd.DataFrame:
    """Return each answer as its code and, in a column of its own, its words.

    Parameters
    ----------
    table
        The survey source: one row per respondent, elements 1–4 (Int64).
    lang
        Language of the words.

    Returns
    -------
    DataFrame
        For each element asked ``waktu`` (Int64) and ``waktu_label`` (str, blank where
        not answered); importance columns likewise, without words of their own.
    """
    columns: dict[str, pd.Series] = {}
    for key, element in _asked(table).items():
        codes = table[key].astype("Int64")
        columns[key] = codes
        if not key.startswith(IMPORTANCE_PREFIX):
            words = dict(enumerate(element.answers[lang], start=1))
            columns[key + LABEL_SUFFIX] = codes.map(words).astype("str").where(codes.notna(), "")
    return pd.DataFrame(columns, index=table.index)


def write_sav(
    table: pd.DataFrame,
    path: Path,
    *,
    attributes: Sequence[str] = (),
    lang: Language = "id",
    watch: Watch | None = None,
) -> Path:
    """Write the answers as an SPSS file with variable and value labels.

    Parameters
    ----------
    table
        The survey source.
    path
        Where to write; replaced only when the new file is whole.
    attributes
        Attributes of respondents to write too, any of `ATTRIBUTES`.
    lang
        Language of the labels.
    watch
        What must not be in the file, `watch_for(run.office, run.identities)`; without it
        identity numbers alone are looked for.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    Refused
        For a column that may not be written, a table without answers, a file that would
        name a person, or an old file that is open elsewhere.
    ModuleNotFoundError
        If the optional package pyreadstat is not installed.
    """
    pyreadstat = _pyreadstat()
    asked = _asked(table)
    if not asked:
        raise refuse("spss_no_answers", file=path.name)
    if wrong := [a for a in attributes if a not in ATTRIBUTES or a not in table]:
        known = ", ".join(a for a in ATTRIBUTES if a in table)
        raise refuse("spss_attribute_unknown", file=path.name, value=wrong[0], known=known)
    frame = _plain(table[[*asked, *attributes]])
    with tempfile.TemporaryDirectory(prefix="ektp-") as folder:
        new = Path(folder, path.name)
        pyreadstat.write_sav(
            frame,
            new,
            column_labels=_variable_labels(asked, attributes, lang),
            variable_value_labels=_value_labels(asked, lang),
            variable_measure=dict.fromkeys(asked, "ordinal"),
        )
        new.with_suffix(".json").write_text(_read_back(pyreadstat, new), encoding="utf-8")
        exit_check(watch or Watch())(Path(folder))
        return write_whole(new.read_bytes(), path)


def _read_back(pyreadstat: Any, file: Path) -> str:
    """Return every text of an SPSS file as JSON, which the exit scan reads."""
    frame, about = pyreadstat.read_sav(file)
    texts = {name: sorted({str(value) for value in frame[name]}) for name in frame}
    said = [about.file_label, about.notes, about.column_names_to_labels]
    said += [about.variable_value_labels]
    return json.dumps([texts, said], ensure_ascii=False, default=str)


def _pyreadstat() -> Any:
    try:
        import pyreadstat
    except ModuleNotFoundError as missing:
        message = "SPSS files need the package pyreadstat: pip install 'ektp-analytics[stats]'"
        raise ModuleNotFoundError(message) from missing
    return pyreadstat


def _asked(table: pd.DataFrame) -> dict[str, Element]:
    """Return the columns of answers with their element: performance, then importance."""
    known = {element.key: element for element in elements()}
    asked = {key: element for key, element in known.items() if key in table}
    importance = {IMPORTANCE_PREFIX + key: element for key, element in known.items()}
    return asked | {key: element for key, element in importance.items() if key in table}


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return numbers as float with NaN for blanks, texts as objects, rows in a new order.

    The rows are ordered by their answers, so that their place in the file says nothing
    about who gave them.
    """
    numbers = frame.select_dtypes("number").astype("float64")
    texts = frame.drop(columns=numbers.columns).astype(object)
    joined = pd.concat([numbers, texts.where(texts.notna(), "")], axis=1)[list(frame.columns)]
    return joined.sort_values(list(frame.columns), ignore_index=True)


def _variable_labels(
    asked: Mapping[str, Element], attributes: Sequence[str], lang: Language
) -> dict[str, str]:
    labels = {
        key: _IMPORTANCE[lang].format(label=element.label[lang])
        if key.startswith(IMPORTANCE_PREFIX)
        else element.label[lang]
        for key, element in asked.items()
    }
    columns = schema("survey").columns
    return labels | {name: columns[name].label for name in attributes}


def _value_labels(
    asked: Mapping[str, Element], lang: Language
) -> dict[str, dict[float | int, str]]:
    return {
        key: dict(enumerate(element.answers[lang], start=1))
        for key, element in asked.items()
        if not key.startswith(IMPORTANCE_PREFIX)
    }
