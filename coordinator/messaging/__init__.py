"""The outbox and the phone network: what ought to be sent, what was, and what came back."""
