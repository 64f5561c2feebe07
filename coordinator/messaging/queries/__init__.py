"""Queries about texts."""
