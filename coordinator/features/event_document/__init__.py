"""The event document: the one format in which an event is moved, stored and compared."""
