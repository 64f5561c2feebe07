"""What an inbound text changes, and the echo that says so."""

from .routing import answer_text

__all__ = ["answer_text"]
