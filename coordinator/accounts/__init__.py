"""Organizations, coordinators, sign-in, permissions, and the audit log."""
