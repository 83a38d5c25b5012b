"""Where an office's files are, and what its profile ``office.yaml`` says."""

from __future__ import annotations

from ektp_analytics.workspace.folders import WORKSPACE_VARIABLE, Workspace
from ektp_analytics.workspace.office import (
    PROFILE_NAME,
    ZONES,
    Kecamatan,
    Office,
    Promise,
    Signatory,
)
from ektp_analytics.workspace.performance import PlannedPerformance
from ektp_analytics.workspace.profile import read_office

__all__ = [
    "PROFILE_NAME",
    "WORKSPACE_VARIABLE",
    "ZONES",
    "Kecamatan",
    "Office",
    "PlannedPerformance",
    "Promise",
    "Signatory",
    "Workspace",
    "read_office",
]
