"""How many cells of each column of an office's files are filled."""

from __future__ import annotations

import pandas as pd

from ektp_analytics.scoring.period_run import PeriodRun
from ektp_analytics.sources.schema import schema


def filled_frame(run: PeriodRun) -> pd.DataFrame:
    """Count the filled cells of every column, over the rows that were used.

    Parameters
    ----------
    run
        One office and one period.

    Returns
    -------
    pandas.DataFrame
        One row per column of each source in the order of its template: ``source`` (key),
        ``column`` (label), ``filled``, ``rows`` (``int64``). Columns the file does not
        have are left out; a header that was not found is a finding.
    """
    rows = [
        {
            "source": source,
            "column": label,
            "filled": int(result.table[key].notna().sum()),
            "rows": len(result.table),
        }
        for source, result in run.sources.items()
        for key, label in schema(source).labels().items()
        if key in result.table
    ]
    return pd.DataFrame(rows, columns=["source", "column", "filled", "rows"])
