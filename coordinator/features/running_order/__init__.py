"""The running order: planned, moved, and what clashes."""
