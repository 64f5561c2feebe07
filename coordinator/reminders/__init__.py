"""Rules and the planner, which makes the outbox equal what should be sent."""
