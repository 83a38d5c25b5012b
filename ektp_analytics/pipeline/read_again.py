"""Read a file once though several periods of one report ask for it."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.sources.result import ReadOptions, ReadResult

# A report looks back over eight periods of ten sources; larger tables are not kept.
FILES_KEPT = 96
ROWS_KEPT = 50_000

Seen = tuple[str, str, int, int, str]

_kept: OrderedDict[Seen, ReadResult] = OrderedDict()


def read_again(source: str, path: Path, options: ReadOptions) -> ReadResult:
    """Read a file, or return what an earlier call of this process read from it.

    Parameters
    ----------
    source, path, options
        As for `read_source`.

    Returns
    -------
    ReadResult
        The same result while the file's size and time of change stay as they are. Its
        table is shared: no step after reading writes into it.
    """
    seen = _seen(source, path, options)
    if seen is not None and seen in _kept:
        _kept.move_to_end(seen)
        return _kept[seen]
    read = read_source(source, path, options)
    if seen is not None and len(read.table) <= ROWS_KEPT:
        _kept[seen] = read
        if len(_kept) > FILES_KEPT:
            _kept.popitem(last=False)
    return read


def _seen(source: str, path: Path, options: ReadOptions) -> Seen | None:
    """Return what tells one state of a file and one way of reading it; None without a file."""
    if not path.is_file():
        return None
    state = path.stat()
    return source, str(path.resolve()), state.st_mtime_ns, state.st_size, repr(options)
