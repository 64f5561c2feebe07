"""Facts about the show from the lines that are not rows."""
