"""From bytes to lines that patterns can match."""
