"""Stopping emails, from the link in every one of them, or from the button of a mail program."""
