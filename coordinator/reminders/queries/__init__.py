"""What should be told, to whom, and what was told already."""
