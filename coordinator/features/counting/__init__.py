"""Counting what was raised: two people, each on their own phone."""
