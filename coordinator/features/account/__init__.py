"""One's own account: where it is signed in, its password, its organizations."""
