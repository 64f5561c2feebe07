"""Actions on shifts: plan them, take them, leave them, check in."""
