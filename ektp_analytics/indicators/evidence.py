"""The evidence log counted: what documents and people say for and against each principle."""

from __future__ import annotations

import pandas as pd

VALENCES = ("supporting", "hindering")
COUNTED = (*VALENCES, "disputed")
NO_THEME = "-"
# What makes two rows one statement, whoever coded it.
IDENTITY = ["document", "principle", "paraphrase"]


def statements(log: pd.DataFrame) -> pd.DataFrame:
    """Return one row per statement; one coded by several coders counts once.

    Parameters
    ----------
    log
        Evidence log: ``document``, ``principle``, ``valence``, optional ``theme``,
        ``paraphrase``, ``indicator``, ``coder``; what this function returned comes back as
        it is.

    Returns
    -------
    pandas.DataFrame
        The rows, with ``theme`` filled in, and ``valence`` the direction most coders
        gave; ``disputed`` (bool) where as many say the opposite. Without a paraphrase
        nothing says that two rows are one statement, and each counts.
    """
    if "disputed" in log:
        return log
    themes = log.get("theme", pd.Series(pd.NA, index=log.index, dtype="str")).str.strip()
    rows = log.assign(theme=themes.mask(themes.eq("")).fillna(NO_THEME), disputed=False)
    if "paraphrase" not in log:
        return rows
    named = rows[rows["paraphrase"].notna()]
    votes = named["valence"].map({"supporting": 1, "hindering": -1})
    balance = votes.groupby([named[key] for key in IDENTITY]).transform("sum")
    named = named.assign(
        disputed=balance.eq(0),
        valence=named["valence"].mask(balance.gt(0), "supporting").mask(balance.lt(0), "hindering"),
    )
    once = named.drop_duplicates(IDENTITY)
    return pd.concat([once, rows[rows["paraphrase"].isna()]]).sort_index()


def disputed_statements(log: pd.DataFrame) -> pd.DataFrame:
    """Return the statements whose coders disagree on the direction; they count in neither.

    Returns
    -------
    pandas.DataFrame
        ``document``, ``principle``, ``theme``, ``paraphrase``.
    """
    rows = statements(log)
    columns = [c for c in ("document", "principle", "theme", "paraphrase") if c in rows]
    return rows.loc[rows["disputed"], columns].reset_index(drop=True)


def evidence_matrix(log: pd.DataFrame) -> pd.DataFrame:
    """Count statements by theme, principle and direction, disputed ones apart.

    Returns
    -------
    pandas.DataFrame
        One row per theme and principle: ``principle``, ``theme``, ``supporting``,
        ``hindering``, ``disputed``, ``documents`` (Int64: statements, and different
        documents they come from), the most statements first within a principle.
    """
    rows = statements(log)
    keys = ["principle", "theme"]
    counted = _by_valence(rows, keys)
    counted["documents"] = rows.groupby(keys)["document"].nunique()
    frame = counted.reset_index()
    frame["_all"] = frame[list(COUNTED)].sum(axis=1)
    frame = frame.sort_values(["principle", "_all", "theme"], ascending=[True, False, True])
    types = {"principle": "str", "theme": "str"} | dict.fromkeys((*COUNTED, "documents"), "Int64")
    return frame.drop(columns="_all").reset_index(drop=True).astype(types)


def evidence_balance(log: pd.DataFrame) -> pd.DataFrame:
    """Count supporting and hindering statements of each principle.

    Returns
    -------
    pandas.DataFrame
        Indexed by principle: ``supporting``, ``hindering``, ``disputed``, ``documents``
        (Int64).
    """
    rows = statements(log)
    counted = _by_valence(rows, ["principle"])
    counted["documents"] = rows.groupby("principle")["document"].nunique()
    return counted.astype("Int64")


def evidence_factors(log: pd.DataFrame, valence: str) -> pd.DataFrame:
    """Return the themes of one direction, the most statements first.

    Returns
    -------
    pandas.DataFrame
        ``theme``, ``principle``, ``count`` (Int64), ``detail`` (an example paraphrase).
    """
    rows = statements(log)
    rows = rows[rows["valence"].eq(valence) & ~rows["disputed"]]
    if "paraphrase" not in rows:
        rows = rows.assign(paraphrase=pd.Series(pd.NA, index=rows.index, dtype="str"))
    groups = rows.groupby(["theme", "principle"], sort=True)["paraphrase"]
    frame = pd.DataFrame({"count": groups.size(), "detail": groups.first()}).reset_index()
    frame = frame.sort_values(["count", "theme"], ascending=[False, True], kind="stable")
    types = {"theme": "str", "principle": "str", "count": "Int64", "detail": "str"}
    return frame.reset_index(drop=True).astype(types)


def _by_valence(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    sides = {v: rows["valence"].eq(v) & ~rows["disputed"] for v in VALENCES}
    marked = rows[keys].assign(**sides, disputed=rows["disputed"])
    return marked.groupby(keys)[list(COUNTED)].sum().astype("int64")
