"""Signing up to help, without an account."""
