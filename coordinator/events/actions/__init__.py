"""Actions on an event: create it, change it, publish it, give it stages."""
