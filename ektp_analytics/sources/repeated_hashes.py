"""Which of very many hashes occur more than once: exactly, in bounded memory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

HashArray = npt.NDArray[np.uint64]

MOST_HELD = 120_000_000
"""Hashes held at once, of 8 bytes each; of more, only a share is held at a time."""

_SORTED_AT_ONCE = 4_000_000  # hashes in a part that is sorted by itself
_BITS = 64


class RepeatedHashes:
    """Take hashes in any order; tell afterwards which came more than once.

    What is taken is sorted at once, in a thread of its own, while the next rows are read.
    Where they are too many to be held, the class keeps to those whose remainder by `share`
    is `remainder`, and `remaining` names the others, to be taken in passes of their own.

    Parameters
    ----------
    share, remainder
        Which hashes this pass takes; by default all.
    most
        Hashes held at once.
    """

    def __init__(self, share: int = 1, remainder: int = 0, most: int = MOST_HELD) -> None:
        self.share, self.remainder, self.most = share, remainder, most
        self.held: list[Future[HashArray]] = []
        self.count = 0
        self._threads = ThreadPoolExecutor(os.cpu_count())
        self._fixed = share > 1

    def take(self, hashes: HashArray) -> None:
        """Take the hashes of some rows; shape (k,)."""
        self._hold(self._mine(hashes).copy())  # what else was read with them is not held
        while self.count > self.most and not self._fixed:
            held, self.held, self.count = self.held, [], 0
            self.share *= 2
            while held:
                self._hold(self._mine(held.pop().result()))

    def remaining(self) -> list[int]:
        """Return the remainders by `share` that were passed over."""
        return [] if self._fixed else list(range(1, self.share))

    def repeated(self) -> HashArray:
        """Return the hashes taken more than once, each once; shape (k,)."""
        bits = max(0, int(np.ceil(np.log2(max(1, self.count / _SORTED_AT_ONCE)))))
        held = [taken.result() for taken in self.held]
        with self._threads as threads:
            parts = range(1 << bits)
            found = list(threads.map(lambda part: _repeated(held, part, bits), parts))
        return np.concatenate(found)

    def _mine(self, hashes: HashArray) -> HashArray:
        if self.share == 1:
            return hashes
        mine: HashArray = hashes[hashes % np.uint64(self.share) == self.remainder]
        return mine

    def _hold(self, hashes: HashArray) -> None:
        self.held.append(self._threads.submit(_in_order, hashes))
        self.count += hashes.size


def _in_order(hashes: HashArray) -> HashArray:
    hashes.sort()
    return hashes


def _repeated(held: Sequence[HashArray], part: int, bits: int) -> HashArray:
    """Merge the hashes whose first bits are those of the part; equal ones are neighbours."""
    ends = [place << (_BITS - bits) for place in (part, part + 1)]
    inner = [np.uint64(end) for end in ends if 0 < end < 1 << _BITS]
    runs = []
    for hashes in held:
        edges = [0] * (part == 0) + np.searchsorted(hashes, inner).tolist() + [hashes.size]
        runs.append(hashes[edges[0] : edges[1]])
    merged = np.concatenate([*runs, np.empty(0, np.uint64)])
    merged.sort(kind="stable")  # which merges what is in order already
    return np.unique(merged[1:][merged[1:] == merged[:-1]])
