"""A made-up office of a few rows, for tests whose arithmetic fits in a docstring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from ektp_analytics.framework.catalogue import Catalogue, load_catalogue
from ektp_analytics.indicators.office_data import OfficeData
from ektp_analytics.indicators.value import SourceFile
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Office

LENGTH_OF_A_DATE = len("2025-10-01")
ELEMENTS = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan",
    "sarana",
)  # fmt: skip

MakeData = Callable[..., OfficeData]
MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def office_data() -> MakeData:
    """Return a function that makes the data of an office from its tables."""

    def make(
        period: str = "2025-Q4", profile: Mapping[str, Any] | None = None, **tables: pd.DataFrame
    ) -> OfficeData:
        listed = {"kecamatan": [{"code": f"99.01.0{k}", "name": f"Satu {k}"} for k in (1, 2, 3)]}
        office = Office(
            id="contoh",
            name="Dinas Contoh",
            short_name="Contoh",
            region="Kabupaten Contoh",
            code="99.01",
            profile={**listed, **(profile or {})},
        )
        files = {key: (SourceFile(f"{key}.csv", "0" * 64),) for key in tables}
        return OfficeData(office, Period.parse(period), tables, files)

    return make


@pytest.fixture(scope="session")
def table() -> MakeTable:
    """Return a function that makes a validated table from rows of plain values.

    Columns ending in ``_at``, ``_on``, ``_for`` and ``day``, ``due``, ``as_of`` hold ISO
    stamps; a stamp written as a date gets a False ``…_has_time``.
    """

    def make(*rows: Mapping[str, Any], **same: Any) -> pd.DataFrame:
        frame = pd.DataFrame([{**same, **row} for row in rows])
        for column in list(frame.columns):
            if column.endswith(("_at", "_on", "_for")) or column in ("day", "due", "as_of"):
                written = frame[column]
                if pd.api.types.is_numeric_dtype(written) and written.notna().any():
                    continue  # clock times of an opening table are minutes
                stamps = pd.to_datetime(written, format="ISO8601").astype("datetime64[us]")
                timed = written.map(
                    lambda text: isinstance(text, str) and len(text) > LENGTH_OF_A_DATE
                )
                frame[column] = stamps
                frame[f"{column}_has_time"] = timed.astype(bool)
            elif column in ELEMENTS or column in ("age", "corrections"):
                frame[column] = frame[column].astype("Int64")
            elif frame[column].map(lambda v: v is None or isinstance(v, str)).all():
                frame[column] = frame[column].astype("str")
        return frame

    return make


@pytest.fixture(scope="session")
def answers() -> MakeTable:
    """Return a function that makes questionnaires: one number answers all nine elements."""

    def make(*given: int | Mapping[str, Any], **same: Any) -> pd.DataFrame:
        rows = []
        for place, answer in enumerate(given):
            own = dict.fromkeys(ELEMENTS, answer) if isinstance(answer, int) else dict(answer)
            at = pd.Timestamp("2025-10-01 08:00") + pd.Timedelta(hours=place)
            rows.append({"submitted_at": at, "submitted_at_has_time": True, **same, **own})
        frame = pd.DataFrame(rows)
        frame["submitted_at"] = frame["submitted_at"].astype("datetime64[us]")
        kinds = {e: "Int64" for e in ELEMENTS if e in frame}
        texts = {c: "str" for c in ("service", "sex", "education", "kecamatan_code") if c in frame}
        return frame.astype({**kinds, **texts})

    return make
