"""Simulated phones: where texts arrive and answers are typed while there is no phone network."""
