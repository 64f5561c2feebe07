"""What runs once a day, and a minute after startup: deleting what must not be kept."""

from collections.abc import Mapping
from datetime import timedelta

from config import Settings
from coordinator.accounts.actions.limits import forget_old_tries
from coordinator.accounts.actions.records import forget_old_entries
from coordinator.messaging.actions.doors import forget_old_counts
from coordinator.messaging.actions.forgetting import forget_texts_of_nobody
from coordinator.shifts.actions.codes import forget_old_codes
from coordinator.shifts.actions.forgetting import forget_past
from jobs.tick import Step


def chores_of(settings: Settings) -> Mapping[str, Step]:
    """The chores by name, in order."""
    chores: dict[str, Step] = {
        "deleting people of the past": forget_past,
        "deleting texts to and from unknown people": forget_texts_of_nobody,
        "deleting old codes": forget_old_codes,
        "deleting old sign-in attempts": forget_old_tries,
        "deleting old counts of the public pages": forget_old_counts,
    }
    if settings.keep_log_days:
        kept_for = timedelta(days=settings.keep_log_days)
        chores["deleting old entries of the audit log"] = lambda now: forget_old_entries(now - kept_for)
    return chores
