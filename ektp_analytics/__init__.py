"""Good-governance scores of the online e-KTP service."""
