"""Many offices at once: one task an office, tallies without persons, and the roll-up of them."""

from __future__ import annotations

import os

# The matrices here are small, and offices already fill the processors: threads of the linear
# algebra library would only wait for each other. Worker processes and kernels inherit this.
for _library in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_library, "1")
