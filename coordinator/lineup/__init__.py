"""Acts, slots, the running order, confirmation."""
