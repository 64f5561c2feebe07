"""The audit log, read: who changed what and when, by which door; with filters, export and a way back."""
