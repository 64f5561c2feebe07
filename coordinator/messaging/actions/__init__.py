"""What can be done with texts."""

from .alarms import dismiss_alarm, lift_alarms, raise_alarm
from .claiming import Hold, Holding, nothing_held
from .consent import start_texts, stop_texts
from .dispatch import AT_ONCE, dispatch_due
from .forgetting import forget_texts_of, forget_texts_of_nobody
from .heartbeat import Pulse, beat
from .holding import expire_leases, pause_all_texts, release_held, release_paused, resume_all_texts
from .inbound import leave_to_people, receive_text
from .looking import follow_to_the_end, look_up_unknown
from .outbox import bring_back, change_state, queue_text, reword, withdraw
from .outside import HEARD, PROOF, Finding, address_findings, inbound_finding
from .receipts import apply_receipts, store_receipt
from .recovering import recover_inbound

__all__ = [
    "AT_ONCE",
    "HEARD",
    "PROOF",
    "Finding",
    "Hold",
    "Holding",
    "Pulse",
    "address_findings",
    "apply_receipts",
    "beat",
    "bring_back",
    "change_state",
    "dismiss_alarm",
    "dispatch_due",
    "expire_leases",
    "follow_to_the_end",
    "forget_texts_of",
    "forget_texts_of_nobody",
    "inbound_finding",
    "leave_to_people",
    "lift_alarms",
    "look_up_unknown",
    "nothing_held",
    "pause_all_texts",
    "queue_text",
    "raise_alarm",
    "receive_text",
    "recover_inbound",
    "release_held",
    "release_paused",
    "resume_all_texts",
    "reword",
    "start_texts",
    "stop_texts",
    "store_receipt",
    "withdraw",
]
