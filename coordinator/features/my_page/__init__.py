"""A person's own page: what they play, what they help with, every answer they can give, and how to find it again."""
