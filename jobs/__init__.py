"""The background process: a scheduler that runs the steps of each round. Any number of these may run."""
