"""What a kernel may load before its notebook runs."""

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.report.notebook_imports import notebook_imports
from ektp_analytics.report.notebook_run import bundled_notebooks


@pytest.mark.parametrize("name", sorted(bundled_notebooks()))
def test_every_notebook_loads_this_package_first(name: str) -> None:
    """The notebooks are thin: what they show comes from the library."""
    assert any(module.startswith("ektp_analytics") for module in notebook_imports(name))


def test_a_module_taken_from_a_package_is_named_in_full() -> None:
    """``from ektp_analytics.report import sections`` needs the module of the pages."""
    found = notebook_imports("quarterly_report")
    assert found.index("ektp_analytics.report") < found.index("ektp_analytics.report.sections")


def test_an_unknown_notebook_is_named() -> None:
    with pytest.raises(Refused, match="tidak-ada"):
        notebook_imports("tidak-ada")
