"""A library is loaded without a part it offers, and that part stays there for others."""

import subprocess
import sys

import pytest

from ektp_analytics.lean_imports import without

HIDDEN = """
import sys
from ektp_analytics.lean_imports import without
with without("{hidden}"):
    import {library}
assert "{hidden}" not in sys.modules
import {hidden}
"""


@pytest.mark.parametrize(
    ("library", "hidden"), [("pandera.pandas", "hypothesis"), ("nbformat", "rfc3987_syntax")]
)
def test_the_part_is_neither_loaded_nor_lost(library: str, hidden: str) -> None:
    """In an interpreter of its own: here both may be loaded already."""
    code = HIDDEN.format(library=library, hidden=hidden)
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_loaded_already_stays() -> None:
    before = sys.modules["pytest"]
    with without("pytest"):
        assert sys.modules["pytest"] is before
    assert sys.modules["pytest"] is before


def test_a_block_that_fails_leaves_nothing_hidden() -> None:
    with pytest.raises(ZeroDivisionError), without("tidak_ada_modul"):
        _ = 1 / 0
    assert "tidak_ada_modul" not in sys.modules
