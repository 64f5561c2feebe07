"""Signing in and out, and the accounts for it."""
