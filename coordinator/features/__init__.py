"""What people can do: one folder for each capability, with the same name as its blueprint, templates and tests."""
