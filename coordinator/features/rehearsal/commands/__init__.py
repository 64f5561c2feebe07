"""Commands that rehearse."""
