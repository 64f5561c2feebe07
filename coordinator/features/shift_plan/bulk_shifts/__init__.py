"""Several shifts at once: at every changeover, one after another, as last time, for a small benefit."""
