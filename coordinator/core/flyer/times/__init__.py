"""The times and dates in a line."""
