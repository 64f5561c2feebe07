"""What can be done with texts."""

from .alarms import lift_alarms, raise_alarm
from .claiming import Hold, Holding, nothing_held
from .consent import start_texts, stop_texts
from .dispatch import AT_ONCE, dispatch_due
from .forgetting import forget_texts_of
from .heartbeat import beat
from .holding import expire_leases, release_held, release_paused
from .inbound import leave_to_people, receive_text
from .outbox import bring_back, change_state, queue_text, reword, withdraw
from .receipts import apply_receipts, store_receipt

__all__ = [
    "AT_ONCE",
    "Hold",
    "Holding",
    "apply_receipts",
    "beat",
    "bring_back",
    "change_state",
    "dispatch_due",
    "expire_leases",
    "forget_texts_of",
    "leave_to_people",
    "lift_alarms",
    "nothing_held",
    "queue_text",
    "raise_alarm",
    "receive_text",
    "release_held",
    "release_paused",
    "reword",
    "start_texts",
    "stop_texts",
    "store_receipt",
    "withdraw",
]
