"""The night itself: what is on, what comes next, every press."""
