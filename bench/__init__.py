"""How fast, how lean: ratios against a floor taken in the same run. `make bench` runs all of it."""
