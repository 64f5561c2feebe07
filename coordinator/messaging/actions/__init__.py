"""What can be done with texts."""

from .outbox import bring_back, change_state, queue_text, reword, withdraw

__all__ = ["bring_back", "change_state", "queue_text", "reword", "withdraw"]
