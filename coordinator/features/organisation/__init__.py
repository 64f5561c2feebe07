"""All the shows of one organization."""
