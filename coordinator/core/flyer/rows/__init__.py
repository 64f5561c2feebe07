"""The rows of the bill, and the lines that are not rows."""
