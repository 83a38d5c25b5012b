"""Compute the indicators of a period once though the period after it is compared with them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from ektp_analytics.framework.catalogue import Catalogue
from ektp_analytics.indicators.compute import compute_indicators
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.registry import computations
from ektp_analytics.indicators.value import IndicatorValue
from ektp_analytics.workspace import Office

# A report looks back over eight periods.
PERIODS_KEPT = 16

Values = tuple[IndicatorValue, ...]
# Files tell their content by their SHA-256; what else the values depend on is compared.
Key = tuple[str, str, tuple[tuple[str, str, str], ...]]
Basis = tuple[Office, Catalogue, Mapping[str, Any]]

_kept: OrderedDict[Key, tuple[Basis, Values]] = OrderedDict()


def compute_values(data: OfficeData, catalogue: Catalogue) -> Values:
    """Compute the indicators of a period's own files, and remember them.

    Parameters
    ----------
    data, catalogue
        As for `compute_indicators`.
    """
    values = compute_indicators(data, catalogue)
    key = _key(data)
    _kept[key] = (_basis(data, catalogue), values)
    _kept.move_to_end(key)
    if len(_kept) > PERIODS_KEPT:
        _kept.popitem(last=False)
    return values


def values_again(data: OfficeData, catalogue: Catalogue) -> Values:
    """Return what an earlier call of this process computed from the same, else compute it.

    The same is: office and profile, period, content of every file, catalogue, functions.
    """
    known = _kept.get(_key(data))
    if known is not None and known[0] == _basis(data, catalogue):
        return known[1]
    return compute_values(data, catalogue)


def _key(data: OfficeData) -> Key:
    files = ((source, f.file, f.sha256) for source, given in data.files.items() for f in given)
    return data.office.id, str(data.period), tuple(sorted(files))


def _basis(data: OfficeData, catalogue: Catalogue) -> Basis:
    return data.office, catalogue, dict(computations())
