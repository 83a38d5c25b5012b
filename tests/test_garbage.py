"""Garbage is looked for rarely, but it is found."""

import subprocess
import sys

CODE = """
import gc, weakref
from ektp_analytics.garbage import OBJECTS_BETWEEN_LOOKS, collect_rarely
class Knot: pass
collect_rarely()
knot = Knot(); knot.itself = knot
gone = weakref.ref(knot)
del knot
kept = [[] for _ in range(2 * OBJECTS_BETWEEN_LOOKS)]
assert gone() is None
"""


def test_a_knot_of_objects_is_let_go_after_so_many_new_ones() -> None:
    """In an interpreter of its own: the setting holds for a whole process."""
    subprocess.run([sys.executable, "-c", CODE], check=True)
