"""What the made-up office publishes: some of the service standard, little of the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ektp_analytics.synthetic.plan import REFERENCE_OFFICE

if TYPE_CHECKING:
    from ektp_analytics.periods import Period
    from ektp_analytics.standards.publications import PublicationItem
    from ektp_analytics.synthetic.plan import OfficePlan

_STANDING: dict[str, tuple[str, str]] = {
    "persyaratan": ("Papan pengumuman", "2024-01-15"),
    "waktu": ("Papan pengumuman", "2024-01-15"),
    "biaya": ("Papan pengumuman", "2024-01-15"),
    "profil_struktur": ("Situs web kantor", "2023-08-02"),
    "alur_sop": ("Situs web kantor", "2024-03-20"),
    "kanal_pengaduan": ("Papan pengumuman", "2024-01-15"),
}
"""Published since a day, and where."""

_DURING_THE_YEAR: dict[str, tuple[str, str, str]] = {
    "prosedur": ("Papan pengumuman", "06-10", ""),
    "laporan_kinerja": ("Situs web kantor", "04-28", "-1"),
    "hasil_skm": ("Papan pengumuman", "09-15", "-1"),
}
"""Published on a day of each year, and the year it covers beside the current one."""


_OTHERS_PUBLISH, _ALSO = 0.25, ("Situs web kantor", "2024-07-01")
"""Other offices than the reference publish some items more."""


def publications_of(plan: OfficePlan, period: Period) -> pd.DataFrame:
    """Return the list of required items as it stands at the end of a period."""
    from ektp_analytics.standards.publications import publication_items

    items = publication_items(period.end)
    also = plan.stream("publications").random(len(items)) < _OTHERS_PUBLISH
    if plan.office == REFERENCE_OFFICE:
        also[:] = False
    return pd.DataFrame(
        [_item(item, period, more) for item, more in zip(items, also.tolist(), strict=True)]
    )


def _item(item: PublicationItem, period: Period, also: bool) -> dict[str, str]:
    place, day, covers = _edition(item, period)
    if also and not place:
        place, day = _ALSO
    return {
        "item": item.label["id"],
        "required_by": item.basis,
        "published": "ya" if place else "belum",
        "place": place,
        "published_on": day,
        "covers_period": covers,
    }


def _edition(item: PublicationItem, period: Period) -> tuple[str, str, str]:
    """Return place, day and span of the latest edition; blanks where there is none."""
    if item.key in _STANDING:
        place, day = _STANDING[item.key]
        return (place, day, "") if day <= period.end.isoformat() else ("", "", "")
    if item.key not in _DURING_THE_YEAR:
        return "", "", ""
    place, day, shift = _DURING_THE_YEAR[item.key]
    for year in (period.year, period.year - 1):
        published = f"{year}-{day}"
        if published <= period.end.isoformat():
            return place, published, f"{year + int(shift)}" if shift else ""
    return "", "", ""
