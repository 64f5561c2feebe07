"""The presses of the night, and taking them back."""
