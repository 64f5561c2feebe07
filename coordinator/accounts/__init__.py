"""Organisations, coordinators, sign-in, permissions, and the record of what coordinators changed."""
