"""Time by stage, the office's hands apart from the centre's."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ektp_analytics.errors import Language, because
from ektp_analytics.indicators.cohort import cohort
from ektp_analytics.indicators.labels import label
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.service_times import date_only_rows
from ektp_analytics.measures.duration_tally import DurationTally
from ektp_analytics.measures.request_tally import tally_durations
from ektp_analytics.measures.stages import SplitClock, Stage, split_clock, stage_durations

OFFICE, CENTRE = "office", "centre"
STAGES = (
    Stage("registered_complete", "registered_at", "complete_at", OFFICE),
    Stage("complete_recorded", "complete_at", "recorded_at", OFFICE),
    Stage("recorded_sent", "recorded_at", "sent_at", OFFICE),
    Stage("sent_ready", "sent_at", "print_ready_at", CENTRE),
    Stage("ready_printed", "print_ready_at", "printed_at", OFFICE),
    Stage("printed_handed", "printed_at", "handed_over_at", OFFICE),
    Stage("complete_printed", "complete_at", "printed_at", OFFICE),
    Stage("registered_handed", "registered_at", "handed_over_at", OFFICE),
)
"""Stages in their order; waiting from sent to print-ready is the centre's."""
OVER_SEVERAL = ("complete_printed", "registered_handed")
"""Rows that span several stages."""
# A stage a kind of request does not pass is open for none of its requests.
ONLY_RECORDED = ("complete_recorded",)


def stage_table(data: OfficeData, lang: Language = "id") -> pd.DataFrame:
    """Return how long each stage takes, for requests registered in the period.

    Returns
    -------
    pandas.DataFrame
        ``stage``, ``name``, ``control`` (``office`` or ``centre``), ``n``, ``open``
        (Int64), ``median``, ``p90`` (hours, Float64, Kaplan–Meier), ``total`` (bool: a row
        over several stages), ``reason`` (str). A stage whose stamps the file lacks has
        ``n`` 0 and the reason.
    """
    start = "registered_at" if data.has("service_log", "registered_at") else "complete_at"
    if not data.has("service_log", start):
        return _conformed([])
    rows = cohort(data, start).requests
    stamped = [s for s in STAGES if not data.missing("service_log", s.start, s.end)]
    tallies = {stage.name: _tally(stage, rows, data) for stage in stamped}
    found = stage_durations(tallies, stamped, data.as_of).set_index("stage")
    figures = found.rename(columns={"median_hours": "median", "p90_hours": "p90"})
    columns = ["n", "open", "median", "p90", "reason"]
    known: dict[Any, dict[str, object]] = figures[columns].to_dict("index")  # type: ignore[assignment]
    return _conformed(
        [_place(s, lang) | known.get(s.name, _unstamped(s, data, lang)) for s in STAGES]
    )


def _place(stage: Stage, lang: Language) -> dict[str, object]:
    return {
        "stage": stage.name,
        "name": label("stages", stage.name, lang),
        "control": stage.clock,
        "total": stage.name in OVER_SEVERAL,
    }


def _unstamped(stage: Stage, data: OfficeData, lang: Language) -> dict[str, object]:
    """Return the figures of a stage whose stamps the file lacks."""
    columns = ", ".join(data.missing("service_log", stage.start, stage.end))
    why = because("columns_missing", source="service_log", columns=columns)
    return {"n": 0, "open": 0, "reason": why.text(lang)}


def _tally(stage: Stage, rows: pd.DataFrame, data: OfficeData) -> DurationTally:
    passing = rows
    if stage.name in ONLY_RECORDED and "kind" in rows:
        passing = rows[rows["kind"].eq("rekam_baru") | rows[stage.end].notna()]
    return tally_durations(
        passing[stage.start],
        passing[stage.end],
        data.as_of,
        date_only=date_only_rows(passing, stage.start, stage.end),
    )


def _conformed(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["stage", "name", "control", "n", "open", "median", "p90", "total", "reason"]
    texts = dict.fromkeys(("stage", "name", "control", "reason"), "str")
    numbers = {"n": "Int64", "open": "Int64", "median": "Float64", "p90": "Float64"}
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({**texts, **numbers, "total": "bool"})


def central_share(data: OfficeData) -> SplitClock | None:
    """Split the time of finished requests that went to the centre; None without its stamps.

    The time at the centre is shown beside the legal clock, never subtracted from it.
    """
    needed = ("complete_at", "printed_at", "sent_at", "print_ready_at")
    if not data.has("service_log", *needed):
        return None
    rows = cohort(data, "complete_at").requests
    sent = rows[rows["sent_at"].notna()]
    return split_clock(
        sent["complete_at"],
        sent["printed_at"],
        sent["sent_at"],
        sent["print_ready_at"],
        data.as_of,
        date_only=date_only_rows(sent, "complete_at", "printed_at"),
    )
