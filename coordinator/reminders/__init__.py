"""Rules and the plan: make the outbox equal what ought to be sent."""
