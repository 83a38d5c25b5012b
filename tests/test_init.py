"""The public names of the package: all there, and loaded only when they are used."""

import subprocess
import sys

import pytest

import ektp_analytics

# Named by the package's documentation; a researcher's script depends on them.
PROMISED = {
    "read_survey", "skm_index", "read_service_log", "time_to_completion", "read_registrations",
    "coverage", "audit_published", "run_period", "score", "build_report", "Office", "Period",
    "standard",
}  # fmt: skip


def test_every_promised_name_is_there() -> None:
    assert set(ektp_analytics.__all__) >= PROMISED
    assert dir(ektp_analytics) == sorted(ektp_analytics.__all__)
    for name in ektp_analytics.__all__:
        assert callable(getattr(ektp_analytics, name)), name
        assert getattr(ektp_analytics, name).__doc__


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="skm_indeks"):
        _ = ektp_analytics.skm_indeks


@pytest.mark.parametrize(
    "code", ["import ektp_analytics", "from ektp_analytics.cli import main; main(['--help'])"]
)
def test_nothing_heavy_is_loaded_before_it_is_used(code: str) -> None:
    """An officer who asks for help must not wait for libraries that help does not need."""
    script = (
        "import sys\n"
        f"try:\n    exec({code!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pandas', 'scipy', 'plotly', 'pyarrow', 'papermill', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"
