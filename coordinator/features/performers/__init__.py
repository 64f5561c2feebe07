"""Who plays, how to reach them, and who may run the night."""
