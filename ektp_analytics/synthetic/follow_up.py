"""Actions promised after each survey, partly done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from ektp_analytics.synthetic.quarters import as_dates, drawn_by_quarter, export_moment

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

_SAME_DAY = "Mencetak KTP-el pada hari yang sama untuk berkas yang lengkap sebelum pukul 12.00"
ACTIONS: tuple[tuple[str, str, str], ...] = (
    ("Waktu penyelesaian", _SAME_DAY, "Bidang Pelayanan Pendaftaran Penduduk"),
    (
        "Waktu penyelesaian",
        "Mengajukan kebutuhan blangko sebulan sebelum persediaan habis",
        "Sekretariat",
    ),
    (
        "Sarana dan prasarana",
        "Menambah kursi tunggu dan memperbaiki papan nomor antrean",
        "Sekretariat",
    ),
    (
        "Penanganan pengaduan, saran, dan masukan",
        "Membalas pengaduan paling lambat lima hari kerja",
        "Bidang Pemanfaatan Data",
    ),
    (
        "Sistem, mekanisme, dan prosedur",
        "Memasang alur pelayanan di pintu masuk dan situs web",
        "Bidang Pelayanan Pendaftaran Penduduk",
    ),
    ("opening_on_time", "Membuka seluruh loket pukul 08.00 dengan daftar piket", "Kepala Dinas"),
)
_PER_QUARTER = 4
_DONE, _DONE_GAIN = 0.45, 0.05
_DAYS_AROUND_DUE = (-20, 12)


def follow_up_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the actions due in a period, with what was done a week after it."""
    table = drawn_by_quarter(period, lambda quarter: _promised(plan, quarter))
    inside = table["due"].between(
        pd.Timestamp(period.opens), pd.Timestamp(period.closes), inclusive="left"
    )
    rows = table[inside].reset_index(drop=True)
    known = rows["done_on"] < export_moment(period)
    return rows.assign(
        due=as_dates(rows["due"]),
        done_on=as_dates(rows["done_on"].where(known)),
        evidence=rows["evidence"].where(known, ""),
    )


def _promised(plan: OfficePlan, quarter: Period) -> pd.DataFrame:
    draw = plan.stream("follow-up", quarter)
    chosen = sorted(draw.choice(len(ACTIONS), size=_PER_QUARTER, replace=False))
    late = draw.integers(*_DAYS_AROUND_DUE, _PER_QUARTER).tolist()
    done = draw.random(_PER_QUARTER) < _DONE + _DONE_GAIN * (quarter.number - 1)
    due = [quarter.end - timedelta(days=int(step)) for step in (60, 45, 30, 15)]
    rows = [
        {
            "subject": ACTIONS[index][0],
            "action": ACTIONS[index][1],
            "due": pd.Timestamp(day),
            "responsible": ACTIONS[index][2],
            "done_on": pd.Timestamp(day + timedelta(days=shift)) if finished else pd.NaT,
            "evidence": "Berita acara dan foto" if finished else "",
        }
        for index, day, shift, finished in zip(chosen, due, late, done.tolist(), strict=True)
    ]
    return pd.DataFrame(rows).astype({"due": "datetime64[us]", "done_on": "datetime64[us]"})
