"""Making the outbox equal what should be sent."""
