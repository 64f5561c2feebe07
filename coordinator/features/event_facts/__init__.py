"""What the show is, where, for whom; its stages and their curfews."""
