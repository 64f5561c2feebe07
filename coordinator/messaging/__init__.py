"""The outbox and the phone network: what should be sent, what was, and what came back."""
