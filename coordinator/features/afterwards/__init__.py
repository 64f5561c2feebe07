"""After the show: hours, thank-yous, letters, no-shows."""
