"""A seeded, clearly labelled demo office: no real region, no real person.

`write_office` writes the raw files of one made-up office as an officer would keep them.
The same arguments give the same bytes; a period written alone equals the same period
written with others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ektp_analytics.synthetic.plan import (
    REFERENCE_OFFICE,
    SYNTHETIC_LABEL,
    made_up_code,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import OfficePlan

__all__ = ["DEFAULT_PERIODS", "DEFAULT_SEED", "SYNTHETIC_LABEL", "made_up_code", "write_office"]

DEFAULT_PERIODS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
DEFAULT_SEED = 20250101


def write_office(
    root: Path,
    *,
    office: str = REFERENCE_OFFICE,
    code: str = "99.01",
    periods: Sequence[str] = DEFAULT_PERIODS,
    seed: int = DEFAULT_SEED,
    scale: float = 1.0,
) -> Path:
    """Write the files of a made-up office under ``root/data/raw/<office>``.

    Parameters
    ----------
    root
        The workspace, the folder that holds (or will hold) ``data/raw``.
    office
        Office id: lower-case letters, digits, hyphen. Any other id than ``contoh`` gets
        habits of its own (lateness, opening hour, satisfaction, coverage).
    code
        Region code, one that no region bears; see `made_up_code`.
    periods
        Periods to write, in any spelling that `Period.parse` reads.
    seed
        One whole number; with `office` it decides every figure.
    scale
        Size of the office beside the reference (about 3,000 log rows a quarter).

    Returns
    -------
    Path
        The folder of the office.

    Raises
    ------
    Refused
        When a period cannot be read, or the folder holds an office that is not made up.
    """
    from ektp_analytics.periods import Period
    from ektp_analytics.synthetic.plan import plan_office
    from ektp_analytics.synthetic.profile import profile_text
    from ektp_analytics.synthetic.tables import replace_bytes

    folder = root / "data" / "raw" / office
    _keep_real_offices(folder)
    wanted = sorted({Period.parse(period) for period in periods})
    plan = plan_office(office, code, seed, scale)
    users_served = {str(period): _write_period(plan, period, folder) for period in wanted}
    replace_bytes(folder / "office.yaml", profile_text(plan, users_served).encode("utf-8"))
    return folder


def _write_period(plan: OfficePlan, period: Period, folder: Path) -> int:
    """Write the files of one period; return how many applications were handed over."""
    from ektp_analytics.synthetic import service_log, survey
    from ektp_analytics.synthetic.tables import with_headers, write_csv, write_xlsx

    place = folder / str(period)
    log = service_log.log_of(plan, period)
    people = survey.survey_of(plan, period, log)
    title = f"Survei kepuasan masyarakat {period.label()} - {SYNTHETIC_LABEL}"
    write_xlsx(with_headers(survey.written(people), "survey"), place / "survey.xlsx", title)
    tables = {"service_log": service_log.written(log), **_other_sources(plan, period)}
    for source, table in tables.items():
        if table.empty:
            continue  # an office without a case to list hands in no list
        write_csv(with_headers(table, source), place / f"{source}.csv")
    return service_log.served(log, period)


def _other_sources(plan: OfficePlan, period: Period) -> dict[str, pd.DataFrame]:
    """Return the tables of a period that are written as they are drawn, by source."""
    from ektp_analytics.synthetic.complaints import complaints_of
    from ektp_analytics.synthetic.discipline import discipline_of
    from ektp_analytics.synthetic.evidence import evidence_of
    from ektp_analytics.synthetic.follow_up import follow_up_of
    from ektp_analytics.synthetic.opening import opening_of
    from ektp_analytics.synthetic.outreach import outreach_of
    from ektp_analytics.synthetic.publications import publications_of
    from ektp_analytics.synthetic.registrations import registrations_of

    return {
        "registrations": registrations_of(plan, period),
        "publications": publications_of(plan, period),
        "complaints": complaints_of(plan, period),
        "opening": opening_of(plan, period),
        "discipline": discipline_of(plan, period),
        "outreach": outreach_of(plan, period),
        "follow_up": follow_up_of(plan, period),
        "evidence": evidence_of(plan, period),
    }


def _keep_real_offices(folder: Path) -> None:
    """Refuse to write into the folder of an office that is not made up."""
    from ektp_analytics.errors import refuse

    if not folder.exists() or not any(folder.iterdir()):
        return
    profile = folder / "office.yaml"
    if not profile.is_file() or SYNTHETIC_LABEL not in profile.read_text("utf-8"):
        raise refuse("synthetic_over_real", file=folder.name)
