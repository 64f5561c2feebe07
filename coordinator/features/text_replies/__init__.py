"""What an inbound text changes, and the text that confirms it."""
