"""Printouts: call lists, door lists, badges, shift lists, the poster."""
