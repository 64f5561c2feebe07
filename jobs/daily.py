"""Once a day, and soon after a start: what must not be kept is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.accounts.actions import forget_old_tries
from coordinator.desk.actions import forget_past
from coordinator.messaging.actions import forget_texts_of_nobody
from coordinator.shifts.actions import forget_old_codes

from .tick import Step

CHORES: Mapping[str, Step] = {
    "forgetting people of the past": forget_past,
    "forgetting texts to and from nobody known": forget_texts_of_nobody,
    "forgetting old codes": forget_old_codes,
    "forgetting old tries": forget_old_tries,
}
