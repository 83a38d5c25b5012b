"""Respondents of the satisfaction survey (SKM), nine answers each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.workdays import MINUTES_PER_DAY, working_days

if TYPE_CHECKING:
    from numpy.random import Generator

    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_CUTS = (-2.15, -1.25, 0.55)  # where an answer turns from 1 to 2, 2 to 3, 3 to 4
_PERSON, _ANSWER = 0.62, 0.78  # spread between persons and between answers of one person
_BLANK = 0.012
_STRAIGHT_LINE = 0.02
_BROKEN_OFF = 0.005
_COMMENTED = 0.09
_DAYS_PER_QUARTER = 91

EDUCATION = (("SD", 0.14), ("SMP", 0.19), ("SMA", 0.42), ("S1", 0.21), ("S2", 0.035), ("S3", 0.005))
OCCUPATION = (
    ("PNS", 0.09),
    ("TNI", 0.01),
    ("POLRI", 0.01),
    ("swasta", 0.24),
    ("wirausaha", 0.25),
    ("lainnya", 0.40),
)
COMMENTS = (
    "Mohon loket dibuka tepat waktu.",
    "Antrean pagi terlalu lama.",
    "Petugas ramah dan membantu.",
    "Pendaftaran daring memudahkan.",
    "Kartu lama jadi.",
    "Alur pelayanan belum terpasang di ruang tunggu.",
    "Mohon jemput bola lebih sering ke kecamatan yang jauh.",
    "Sudah baik, pertahankan.",
    "Kursi ruang tunggu kurang.",
    "Tidak ada biaya, terima kasih.",
    "Jadwal di bukti pendaftaran ditepati.",
    "Belum tahu ke mana menyampaikan pengaduan.",
)
_BLANKS_COMMENT = "Blangko habis, disuruh kembali lagi."


def survey_of(plan: OfficePlan, period: Period, log: pd.DataFrame) -> pd.DataFrame:
    """Return the survey of a period: one row per respondent, answers 1–4.

    Services, channels, kecamatan and sex are drawn from the people served in `log`.
    """
    draw = plan.stream("survey", period)
    size = _size(plan, period, len(log))
    drawn = draw.choice(len(log), size=size, replace=False)
    people = log.iloc[drawn].reset_index(drop=True)
    table = people[["service", "channel", "kecamatan", "kecamatan_code", "sex"]].copy()
    table["submitted_at"] = _moments(period, size, draw)
    table["age"] = np.clip(17 + draw.gamma(2.1, 8.5, size), 17, 79).astype(int)
    for name, options in (("education", EDUCATION), ("occupation", OCCUPATION)):
        words, weights = zip(*options, strict=True)
        table[name] = draw.choice(np.array(words, dtype=object), size=size, p=weights)
    answers = _answers(plan, period, table, draw)
    table = pd.concat([table, answers], axis=1)
    table["comment"] = _comments(period, size, draw)
    table = table.sort_values("submitted_at", ignore_index=True)
    table["respondent_no"] = range(1, size + 1)
    return table


def _size(plan: OfficePlan, period: Period, requests: int) -> int:
    quarter = (period.start.month - 1) // 3
    length = ((period.end - period.start).days + 1) / _DAYS_PER_QUARTER
    return min(requests, max(1, round(story.SURVEY_SIZE[quarter] * length * plan.scale)))


def _moments(period: Period, size: int, draw: Generator) -> pd.DatetimeIndex:
    """Draw filling times in service hours of the period's working days."""
    days = working_days(period.start, period.end)
    minutes = draw.choice(days, size=size) * MINUTES_PER_DAY
    minutes = minutes + 10 * 60 + (6 * 60 * draw.beta(1.3, 1.8, size)).astype(np.int64)
    return pd.DatetimeIndex(np.sort(minutes).astype("datetime64[m]").astype("datetime64[us]"))


def _answers(
    plan: OfficePlan, period: Period, table: pd.DataFrame, draw: Generator
) -> pd.DataFrame:
    size = len(table)
    far = dict(zip((k.code for k in plan.kecamatan), plan.remoteness().tolist(), strict=True))
    remote = table["kecamatan_code"].map(far).to_numpy(dtype=float)
    person = draw.normal(0, _PERSON, size)
    short = story.shortage_share(period)
    answers = {}
    for key, usual in story.ELEMENT_MEANS.items():
        mean = usual + plan.habits.satisfaction + short * story.SHORTAGE_EFFECT.get(key, 0.0)
        lean = _lean(round(float(np.clip(mean, 1.2, 3.95)), 4))
        far_away = -0.25 * (remote - remote.mean()) if key in {"waktu", "sarana"} else 0.0
        felt = lean + far_away + person + draw.normal(0, _ANSWER, size)
        answers[key] = 1 + sum((felt > cut).astype(np.int64) for cut in _CUTS)
    table = pd.DataFrame(answers).astype("Int64")
    straight = draw.random(size) < _STRAIGHT_LINE
    table.loc[straight] = int(draw.integers(3, 5))
    blank = draw.random(table.shape) < _BLANK
    blank[draw.random(size) < _BROKEN_OFF, 4:] = True  # stopped after four questions
    return table.mask(blank)


@cache
def _lean(mean: float) -> float:
    """Return the latent mean at which the expected answer equals `mean`."""
    from scipy.optimize import brentq
    from scipy.stats import norm

    spread = float(np.hypot(_PERSON, _ANSWER))

    def gap(lean: float) -> float:
        return 1 + sum(float(norm.cdf((lean - cut) / spread)) for cut in _CUTS) - mean

    return float(brentq(gap, -8, 8))


def _comments(period: Period, size: int, draw: Generator) -> np.ndarray:
    words = np.array([*COMMENTS, _BLANKS_COMMENT], dtype=object)
    weights = np.ones(len(words))
    weights[-1] = 6 * story.shortage_share(period)
    said = draw.choice(words, size=size, p=weights / weights.sum())
    return np.where(draw.random(size) < _COMMENTED, said, "")


def written(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as the workbook shows it: empty comments are empty cells."""
    shown = table.copy()
    shown["comment"] = shown["comment"].where(shown["comment"] != "", None)
    return shown
