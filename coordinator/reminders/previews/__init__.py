"""What a press or a change of the plan would do, shown before it is saved: what moves, who is told, what clashes."""
