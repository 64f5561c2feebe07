"""A stand-in for Twilio: a process of its own, strict, that forgets nothing and plays whatever can go wrong."""
