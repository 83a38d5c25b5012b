"""The office profile (``office.yaml``) of a made-up office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ektp_analytics.synthetic import story
from ektp_analytics.synthetic.plan import SYNTHETIC_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ektp_analytics.synthetic.plan import OfficePlan

_HEADING = """\
# Profil kantor contoh. Seluruh kantor ini rekaan: kode wilayah {code} dan nama kecamatannya
# tidak dipakai daerah mana pun, dan tidak ada orang sungguhan di dalamnya.
# Ditulis oleh ektp_analytics.synthetic (benih {seed}); menulis ulang akan menimpa berkas ini.
"""
_SOURCES = (
    "survey", "service_log", "registrations", "publications", "complaints", "opening",
    "discipline", "outreach", "follow_up", "evidence",
)  # fmt: skip
# Code, wording, what measures it and the target: made up, as an office's plan has them.
_PLANNED = (
    ("IKU-1", "Indeks Kepuasan Masyarakat", "ikm", 85.0),
    ("IKU-2", "Persentase penduduk wajib KTP yang sudah direkam", "recording_coverage", 99.4),
    (
        "IKU-3",
        "Persentase KTP-el yang terbit dalam 24 jam sejak persyaratan lengkap",
        "legal_time_limit",
        75.0,
    ),
    (
        "Renja-1",
        "Persentase jemput bola dan sosialisasi yang terlaksana",
        "outreach_delivered",
        90.0,
    ),
    (
        "Renja-2",
        "Persentase pengaduan yang selesai dalam batas waktunya",
        "complaints_in_time",
        90.0,
    ),
)
_MADE_UP = "Data sintetis untuk peragaan; bukan data penduduk atau kantor mana pun."


def profile_text(plan: OfficePlan, users_served: Mapping[str, int]) -> str:
    """Return ``office.yaml``; `users_served` is the number handed over by period."""
    import yaml

    body = yaml.safe_dump(
        _profile(plan, users_served), sort_keys=False, allow_unicode=True, width=96
    )
    return _HEADING.format(code=plan.code, seed=plan.seed) + body


def _profile(plan: OfficePlan, users_served: Mapping[str, int]) -> dict[str, Any]:
    name = f"Dinas Kependudukan dan Pencatatan Sipil {plan.region}"
    return {
        "id": plan.office,
        "name": name,
        "short_name": f"Disdukcapil {plan.region}",
        "region": plan.region,
        "code": plan.code,
        "zone": "WIB",
        "label": SYNTHETIC_LABEL,
        "notices": _notices(plan),
        "kecamatan": [{"code": k.code, "name": k.name} for k in plan.kecamatan],
        "services": {"ektp": list(story.EKTP_SERVICES)},
        "periodicity": dict.fromkeys(_SOURCES, "quarter"),
        "survey": {"method": "voluntary", "users_served": dict(users_served)},
        "promise": [
            {
                "from": "2024-01-01",
                "limit": f"{story.PROMISE_DAYS}d",
                "basis": "Papan pengumuman kantor (contoh)",
            }
        ],
        "letterhead": {
            "lines": [
                f"PEMERINTAH {plan.region.upper()}",
                "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            ],
            "address": "Jalan Contoh Nomor 1, Contoh Kota",
        },
        "signatories": [
            {
                "role": "head",
                "name": "(nama kepala dinas)",
                "rank": "(pangkat)",
                "nip": None,
                "position": f"Kepala {name}",
                "acting": None,
            }
        ],
        "letter": {"number": None, "date": None},
        "performance": _performance(users_served),
    }


def _performance(users_served: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the made-up plan of the office: codes, what measures them, targets by year."""
    years = sorted({int(period[:4]) for period in users_served})
    return [
        {
            "code": code,
            "name": name,
            "indicator": indicator,
            "target": dict.fromkeys(years, target),
            "document": "Renstra (contoh)" if code.startswith("IKU") else "Renja (contoh)",
        }
        for code, name, indicator, target in _PLANNED
    ]


def _notices(plan: OfficePlan) -> dict[str, str]:
    above = [k.name for k in plan.kecamatan if k.coverage > 1]
    notices = dict.fromkeys(_SOURCES, _MADE_UP) | {
        "service_log": (
            f"{_MADE_UP} Catatan layanan memuat permohonan yang didaftarkan dalam periode dan "
            "permohonan lama yang masih terbuka pada hari pertamanya; diekspor tujuh hari setelah "
            "periode berakhir."
        ),
    }
    if above:
        notices["registrations"] += (
            f" Cakupan di atas 100% di Kecamatan {', '.join(above)} benar adanya: perekaman "
            "dimulai pada usia 16 tahun, sedangkan penyebutnya wajib KTP; jumlah belum rekam "
            "dikosongkan."
        )
    return notices
