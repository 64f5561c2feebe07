"""What everyone may see of a show."""
