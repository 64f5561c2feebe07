"""From a pasted flyer to an event."""
