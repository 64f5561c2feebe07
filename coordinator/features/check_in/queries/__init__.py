"""Queries of this feature."""
