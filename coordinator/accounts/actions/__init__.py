"""Actions on organizations and accounts, and the limits on sign-in."""
