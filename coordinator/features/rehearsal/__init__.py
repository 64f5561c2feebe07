"""A night in virtual time, writing nothing."""
