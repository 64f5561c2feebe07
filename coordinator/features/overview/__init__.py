"""The state of a show, and what needs a coordinator."""
