"""Import a library without an optional part of it that this project never uses.

pandera loads hypothesis where it is installed, and jsonschema (under nbformat) compiles
the grammars of internationalised addresses: half a second and a second of every command.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def without(*optional: str) -> Iterator[None]:
    """Let imports inside the block find these modules missing, unless they are loaded.

    Parameters
    ----------
    *optional
        Names of modules whose absence the library imported in the block accepts.

    Examples
    --------
    >>> with without("hypothesis"):
    ...     import pandera.pandas
    """
    with _ONE_AT_A_TIME:
        hidden = [name for name in optional if name not in sys.modules]
        for name in hidden:
            sys.modules[name] = None  # type: ignore[assignment]
        try:
            yield
        finally:
            for name in hidden:
                sys.modules.pop(name, None)
