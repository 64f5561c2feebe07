"""Pasted tables as people look at them: every value as it will be stored, and what is wrong in words."""
