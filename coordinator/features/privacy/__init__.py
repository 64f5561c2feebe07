"""What everybody may read before they give a number: what is kept about them, and what texts they get."""
