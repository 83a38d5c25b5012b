"""What all tests share: one hypothesis profile, and an environment like a stranger's."""

import os

import pytest
from hypothesis import settings

# Two busy cores make a single example slow now and then; that is no failure of a property.
settings.register_profile("project", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("project")


@pytest.fixture(autouse=True, scope="session")
def _strangers_environment(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Forget the settings of whoever runs the tests, and leave none behind."""
    os.environ.pop("EKTP_WORKSPACE", None)
    os.environ.setdefault("EKTP_KEY_FILE", str(tmp_path_factory.mktemp("key") / "pseudonym.key"))
