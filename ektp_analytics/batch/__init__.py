"""Many offices at once: one task an office, tallies without persons, and the roll-up of them."""

from __future__ import annotations
