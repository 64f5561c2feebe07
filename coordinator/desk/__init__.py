"""What needs several slices at once: the event document, the overview, a person's own page, routing of texts."""
