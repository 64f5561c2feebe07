"""What each line says, alone and next to its neighbors."""
