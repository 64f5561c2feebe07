"""A stand-in for Twilio in its own process: strict, persistent, and able to simulate every fault."""
