"""Pairs each time of a line with the words that belong to it."""
