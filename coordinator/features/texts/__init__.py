"""A show's texts: planned, sent, answered, written by hand; who can be reached, and who must be called."""
