"""``performance`` of ``office.yaml``: the codes and targets of the office's own plan."""

from pathlib import Path

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Office, read_office

START = 'id: satu\nname: Disdukcapil Satu\nregion: Kabupaten Satu\ncode: "16.07"\n'


def _office(tmp_path: Path, performance: str) -> Office:
    folder = tmp_path / "satu"
    folder.mkdir(exist_ok=True)
    path = folder / "office.yaml"
    path.write_text(f"{START}performance:\n{performance}\n", encoding="utf-8")
    return read_office(path)


def test_a_target_of_the_period_goes_before_that_of_its_year(tmp_path: Path) -> None:
    """A plan names a target of the year; a quarter's own target is nearer."""
    text = "  - {code: IKU-1, indicator: ikm, target: {2025: 85, 2025-Q4: 84.5}}"
    planned = _office(tmp_path, text).performance[0]
    assert planned.target(Period.parse("2025-Q4")) == 84.5
    assert planned.target(Period.parse("2025-Q1")) == 85
    assert planned.target(Period.parse("2024-Q4")) is None


def test_one_target_holds_for_all_times(tmp_path: Path) -> None:
    """A bare number is the target of every period."""
    planned = _office(tmp_path, "  - {code: IKU-1, indicator: ikm, target: 85}").performance[0]
    assert planned.target(Period.parse("2019-S1")) == 85


def test_a_target_may_still_be_open(tmp_path: Path) -> None:
    """Codes are often known before the target is fixed."""
    planned = _office(tmp_path, "  - {code: IKU-1, indicator: ikm}").performance[0]
    assert planned.target(Period.parse("2025-Q4")) is None


@pytest.mark.parametrize(
    "entry",
    [
        "{indicator: ikm, target: 85}",
        "{code: IKU-1, target: 85}",
        "{code: IKU-1, indicator: ikm, target: 0}",
        '{code: IKU-1, indicator: ikm, target: "85"}',
        "{code: IKU-1, indicator: ikm, target: {tahun: 85}}",
        "{code: 1, indicator: ikm, target: 85}",
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_by_its_line(tmp_path: Path, entry: str) -> None:
    """No code, no indicator, a target that is no number above 0, or one of no period."""
    with pytest.raises(Refused) as refused:
        _office(tmp_path, f"  - {entry}")
    found = refused.value.findings[0]
    assert (found.rule, found.row) == ("profile_entry_wrong", 6)
    assert "IKU-1" in found.remedy + found.message
