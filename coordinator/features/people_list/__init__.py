"""People and shifts from a spreadsheet, and forgetting people."""
