"""Legal values with their dates and clauses."""

from ektp_analytics.standards.lookup import (
    Standard,
    all_standards,
    latest_standard,
    standard,
    standards_used,
)

__all__ = ["Standard", "all_standards", "latest_standard", "standard", "standards_used"]
