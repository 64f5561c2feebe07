"""Actions on texts."""
