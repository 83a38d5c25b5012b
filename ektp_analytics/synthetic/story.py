"""What the made-up year is about: every assumption of the generator, with its source.

The case study (Asmawati 2023) gives the shape: service starts near 10.00, cards take
from one day to two weeks, biometrics fail now and then, remote kecamatan lag behind. The
national waiting times of June 2020 (889,521 requests, Ditjen Dukcapil through medcom.id,
7 July 2020) give the short end. The blank-card shortage of the last quarter is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from ektp_analytics.synthetic.workdays import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ektp_analytics.periods import Period

REQUESTS_PER_QUARTER = 2600
SEASON = (0.95, 0.98, 1.03, 1.01)
QUARTERS_STILL_LISTED = 2
"""An export lists open requests of this many earlier quarters."""

EXPORT_DAYS_AFTER = 7
"""An export is made this many days after the last day; later events are not in it yet."""

SERVICES: Mapping[str, tuple[str, float]] = {
    "Rekam KTP-el baru": ("rekam baru", 0.24),
    "Ganti KTP-el": ("ganti", 0.27),
    "Ubah data KTP-el": ("ubah data", 0.21),
    "KTP-el pindah datang": ("pindah", 0.08),
    "Kartu Keluarga": ("", 0.12),
    "Akta Kelahiran": ("", 0.05),
    "Kartu Identitas Anak": ("", 0.03),
}
"""Service → kind of request and share; the first four are e-KTP services."""

EKTP_SERVICES: tuple[str, ...] = tuple(name for name, (kind, _) in SERVICES.items() if kind)

ONLINE_SHARE = (0.40, 0.44, 0.48, 0.51)
KECAMATAN_SHARE = 0.14
CAR_SHARE = 0.04
"""Requests taken by the service car (jemput bola), which "did not run smoothly"."""

SCHEDULE_GIVEN = (0.89, 0.91, 0.94, 0.95)
PROMISE_DAYS = 3
"""Three days, as on the notice board of the case study."""

PROMISE_STATED = 0.92
FEMALE_APPLICANTS = 0.507
COMES_BACK = 0.045
"""Applicants who lack a document and return days later."""

GIVES_UP_ONLINE, GIVES_UP, CALLED_OFF = 0.055, 0.018, 0.65
"""Requests never completed, and how many of those are cancelled or refused in words."""

NATIONAL_HOURS: Sequence[tuple[float, float, float]] = (
    (0.10, 1, 28.94),
    (1, 2, 15.39),
    (2, 3, 11.08),
    (3, 6, 28.05),
    (6, 24, 10.87),
)
"""From hour, to hour, percent: waiting times within a day, June 2020."""

TAIL_SHARE = 0.040
"""Requests that take days: sets the share past 24 hours, beside weekends and the centre."""

TAIL_MEDIAN_DAYS, TAIL_SPREAD, TAIL_LONGEST = 4.0, 0.80, 45
"""One day to two weeks for most, up to "1-2 months" for a few, as in the case study."""

CENTRAL_HOURS: Sequence[tuple[float, float, float]] = (
    (0.3, 2, 74.0),
    (2, 8, 14.0),
    (8, 30, 7.5),
    (30, 336, 4.5),
)
"""Wait at the centre, sent to print-ready: mostly the same day, sometimes weeks."""

FAILED_BIOMETRICS, FAILED_CENTRAL, DUPLICATES = 0.012, 0.004, 0.006
FEE_ASKED, FEE_NOT_STATED = 0.0025, 0.04
FEES = (10_000, 20_000, 50_000)

_SHORTAGE_FROM, _SHORTAGE_DAYS = (10, 20), 54
_DELIVERIES = (17, 35, 54)
SHORTAGE_HITS = 0.42
"""Share of the cards due in the shortage that have to wait for the next delivery."""

SURVEY_SIZE = (392, 401, 408, 415)
ELEMENT_MEANS: Mapping[str, float] = {
    "persyaratan": 3.38,
    "prosedur": 3.30,
    "waktu": 3.08,
    "biaya": 3.84,
    "produk": 3.45,
    "kompetensi": 3.42,
    "perilaku": 3.46,
    "pengaduan": 3.23,
    "sarana": 3.20,
}
"""True means, scale 1–4: an index of 84.3, time the weakest element, cost the best."""

SHORTAGE_EFFECT: Mapping[str, float] = {"waktu": -0.14, "produk": -0.03}


@dataclass(frozen=True, slots=True)
class Shortage:
    """The weeks of a year in which blank cards are short, as day numbers."""

    first: int
    last: int
    deliveries: tuple[int, ...]


def shortage(year: int) -> Shortage:
    """Return the blank-card shortage of one year (from 20 October, 54 days)."""
    start = date(year, *_SHORTAGE_FROM)
    first = day_number(start)
    last = day_number(start + timedelta(days=_SHORTAGE_DAYS))
    return Shortage(first, last, tuple(first + step for step in _DELIVERIES))


def shortage_share(period: Period) -> float:
    """Return which part of a period, 0–1, lies in the shortage of its year."""
    short = shortage(period.year)
    first, last = day_number(period.start), day_number(period.end)
    overlap = min(short.last, last) - max(short.first, first) + 1
    return max(0, overlap) / (last - first + 1)


def draw_hours(
    bands: Sequence[tuple[float, float, float]], draw: np.random.Generator, size: int
) -> np.ndarray:
    """Draw durations in hours from bands of (from, to, percent), even within a band."""
    weights = np.array([percent for *_, percent in bands])
    chosen = draw.choice(len(bands), size=size, p=weights / weights.sum())
    low = np.array([band[0] for band in bands])[chosen]
    high = np.array([band[1] for band in bands])[chosen]
    hours: np.ndarray = low + (high - low) * draw.random(size)
    return hours
