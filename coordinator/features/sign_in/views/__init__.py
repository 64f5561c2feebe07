"""Signing in and out, one file for each way."""

from . import again, codes, passkeys, passwords
from .blueprint import bp

__all__ = ["again", "bp", "codes", "passkeys", "passwords"]
