"""Actions on people: add them, reach them, give them their own page, forget them."""
