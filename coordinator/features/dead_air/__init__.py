"""Closing a hole in the running order: bring an act forward, swap, play longer, stand-ins, holds."""
