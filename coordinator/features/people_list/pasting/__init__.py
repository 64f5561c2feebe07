"""Pasted people and shifts: checked line by line first, then added."""
