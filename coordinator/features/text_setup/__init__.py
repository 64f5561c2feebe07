"""Setting up real texts step by step, and proving that texts go out and answers come in."""
