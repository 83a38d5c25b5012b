"""Look for garbage rarely: pandas and the report make many objects that live as long as a run."""

from __future__ import annotations

import gc

# New objects between two looks; Python's own 700 costs a tenth of a report's time.
OBJECTS_BETWEEN_LOOKS = 100_000
_YOUNGER_LOOKS = 20


def collect_rarely() -> None:
    """Pass over what is loaded already, and look at new objects by the hundred thousand."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, _YOUNGER_LOOKS, _YOUNGER_LOOKS)
