"""The data of printouts, read in a number of queries that does not grow with the show."""
