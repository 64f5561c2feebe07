"""Boards: what screens in the house, backstage and at the edge of each stage show by themselves."""
