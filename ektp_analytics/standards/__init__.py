"""Legal values with their dates and clauses."""

from ektp_analytics.standards.entry import Standard
from ektp_analytics.standards.lookup import (
    all_standards,
    latest_standard,
    standard,
    standards_used,
)

__all__ = ["Standard", "all_standards", "latest_standard", "standard", "standards_used"]
