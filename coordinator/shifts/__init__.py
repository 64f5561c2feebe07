"""Roles, shifts, sign-ups."""
