"""Performers and volunteers: name, phone, language, consent, personal links. None of them has an account."""
