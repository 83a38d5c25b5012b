"""The made-up office: its region, its kecamatan and its habits."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

REFERENCE_OFFICE = "contoh"
"""The office bundled with the package; its habits are the plain ones, without variation."""

SYNTHETIC_LABEL = "DATA CONTOH (sintetis)"
"""Printed on every page, and the mark by which a made-up office is known again."""

UNUSED_PROVINCES = (99, 98, 97, 89, 88, 87)
"""Two-digit codes that no Indonesian province bears (Kepmendagri 300.2.2-2138/2025 list)."""

# name, share of the population, remoteness 0-1, recording coverage now and where it tends
_KECAMATAN: Sequence[tuple[str, float, float, float, float]] = (
    ("Contoh Kota", 0.171, 0.00, 1.009, 1.014),
    ("Contoh Hulu", 0.092, 0.25, 0.968, 0.984),
    ("Contoh Hilir", 0.104, 0.15, 0.972, 0.987),
    ("Teladan", 0.118, 0.05, 0.983, 0.992),
    ("Teladan Selatan", 0.083, 0.20, 0.970, 0.985),
    ("Misalan", 0.071, 0.30, 0.962, 0.981),
    ("Umpama Jaya", 0.064, 0.35, 0.955, 0.976),
    ("Andaian", 0.061, 0.45, 0.948, 0.972),
    ("Ibarat", 0.055, 0.50, 0.941, 0.969),
    ("Tamsil", 0.049, 0.60, 0.929, 0.960),
    ("Kiasan", 0.044, 0.70, 0.918, 0.952),
    ("Rumpaka", 0.038, 0.85, 0.897, 0.939),
    ("Muara Misal", 0.029, 0.95, 0.884, 0.930),
    ("Pulau Andai", 0.021, 1.00, 0.871, 0.921),
)
_POPULATION = 182_400


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One made-up kecamatan.

    `remoteness` runs from 0 (the seat of the office) to 1; `coverage` and
    `coverage_goal` are recorded persons per obligated person in January 2025 and in
    the long run. A share above 1 is genuine: recording starts at 16 years.
    """

    code: str
    name: str
    share: float
    remoteness: float
    coverage: float
    coverage_goal: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How this office differs from the reference office.

    Parameters
    ----------
    lateness
        Factor on the share of cards that take days instead of hours.
    opening_shift
        Minutes added to the time at which the counters start.
    satisfaction
        Points (scale 1–4) added to the mean of every survey element.
    """

    lateness: float = 1.0
    opening_shift: float = 0.0
    satisfaction: float = 0.0


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """Everything about a made-up office that does not depend on the period."""

    office: str
    code: str
    region: str
    seed: int
    scale: float
    population: int
    kecamatan: tuple[Kecamatan, ...]
    habits: Habits

    def stream(self, *parts: object) -> Generator:
        """Return the random stream of one part of the office.

        Streams are independent of one another, so a period written alone is the same
        to the byte as the period written with others.
        """
        name = "/".join((self.office, *map(str, parts))).encode()
        return np.random.default_rng([self.seed, zlib.crc32(name)])

    def shares(self) -> np.ndarray:
        """Return the population shares of the kecamatan; they add up to 1."""
        shares = np.array([k.share for k in self.kecamatan])
        part: np.ndarray = shares / shares.sum()
        return part

    def remoteness(self) -> np.ndarray:
        """Return the remoteness of the kecamatan, 0–1."""
        return np.array([k.remoteness for k in self.kecamatan])


def plan_office(office: str, code: str, seed: int, scale: float = 1.0) -> OfficePlan:
    """Make the plan of one office; the same arguments give the same plan."""
    kecamatan = tuple(
        Kecamatan(f"{code}.{number:02d}", *row) for number, row in enumerate(_KECAMATAN, start=1)
    )
    plan = OfficePlan(
        office=office,
        code=code,
        region=f"Kabupaten {office.replace('-', ' ').title()}",
        seed=seed,
        scale=scale,
        population=round(_POPULATION * scale),
        kecamatan=kecamatan,
        habits=Habits(),
    )
    return plan if office == REFERENCE_OFFICE else _varied(plan)


def _varied(plan: OfficePlan) -> OfficePlan:
    """Give an office other habits and other coverages than the reference office."""
    from dataclasses import replace

    draw = plan.stream("habits")
    habits = Habits(
        lateness=float(np.exp(draw.normal(0, 0.45))),
        opening_shift=float(draw.normal(0, 35)),
        satisfaction=float(draw.normal(0, 0.09)),
    )
    behind = draw.gamma(2.0, 0.012)
    kecamatan = tuple(
        replace(k, coverage=k.coverage - behind, coverage_goal=k.coverage_goal - behind / 2)
        for k in plan.kecamatan
    )
    return replace(plan, habits=habits, kecamatan=kecamatan)


def made_up_code(number: int) -> str:
    """Return the region code of the `number`-th made-up office (1 → ``99.01``).

    Raises
    ------
    ValueError
        When `number` is below 1 or beyond the codes that no region bears.
    """
    per_province = 99
    province, regency = divmod(number - 1, per_province)
    if number < 1 or province >= len(UNUSED_PROVINCES):
        raise ValueError(f"No unused region code for office number {number}")
    return f"{UNUSED_PROVINCES[province]}.{regency + 1:02d}"
