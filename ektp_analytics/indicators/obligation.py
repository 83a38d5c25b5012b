"""Who must hold an e-KTP, for tables that list persons by age."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ektp_analytics.standards import standard


def obligated(age: pd.Series, ever_married: pd.Series, on: date) -> pd.Series:
    """Mark who must hold an e-KTP on a day.

    Parameters
    ----------
    age
        Years of age on that day (Int64, NA where not known), shape (k,).
    ever_married
        Married now or before (``boolean``), shape (k,).
    on
        The day.

    Returns
    -------
    pandas.Series of boolean
        NA where neither age nor marriage settles it.

    Notes
    -----
    From the age of 17, or at any age once married (UU 23/2006 jo. UU 24/2013, art. 63).
    """
    from_age = int(standard("obliged_age.age", on=on).value)
    married_too = bool(standard("obliged_age.married", on=on).value)
    old_enough = age.astype("Int64").ge(from_age)
    return old_enough | ever_married.astype("boolean") if married_too else old_enough
