"""Actions on the running order."""
