"""The changeover between two sets: who leaves, who comes, who helps, how long is left, and what is ready."""
