"""Planning shifts and roles, and the rules for volunteers."""
