"""What a show raised: sums that people count apart, and what is fixed of them."""
