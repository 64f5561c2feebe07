"""Queries about shifts and the people on them."""
