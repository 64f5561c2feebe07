"""The sample night: what a newcomer sees in the first minute."""
