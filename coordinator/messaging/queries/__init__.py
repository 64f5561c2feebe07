"""What is known about texts."""

from .outbox import (
    due_messages,
    held_messages,
    joined,
    message_of_sid,
    messages_with_lapsed_leases,
    open_alarms,
    open_opt_outs,
    opted_out,
    paused_messages,
    reminders_to_ride_with,
    rides_of,
    unapplied_receipts,
    whole_body,
    with_their_rides,
)

__all__ = [
    "due_messages",
    "held_messages",
    "joined",
    "message_of_sid",
    "messages_with_lapsed_leases",
    "open_alarms",
    "open_opt_outs",
    "opted_out",
    "paused_messages",
    "reminders_to_ride_with",
    "rides_of",
    "unapplied_receipts",
    "whole_body",
    "with_their_rides",
]
