"""Make a workspace, and a new office in it."""

from __future__ import annotations

from ektp_analytics.errors import refuse
from ektp_analytics.workspace.profile import OFFICE_ID


def check_office_id(text: str) -> str:
    """Return an office id, or refuse a text that cannot be one."""
    if not OFFICE_ID.fullmatch(text):
        raise refuse("office_id_wrong", value=text)
    return text
