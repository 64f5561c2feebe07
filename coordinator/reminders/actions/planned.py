"""The planner's decisions, as values: others may change the rows before they are written."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.core.json_values import JsonObject
from coordinator.messaging.models import UNSENT, Message, MessageState

# People who should have been told by such a text have to be called
LOST = (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.STOPPED, MessageState.EXPIRED)


@dataclass(frozen=True, slots=True)
class PlannedText:
    """One row of the outbox as it should be."""

    key: str
    kind: str
    rule: str | None
    person_id: int
    slot_id: int | None
    shift_id: int | None
    anchor: str
    says_at: datetime
    due_at: datetime
    useful_until: datetime
    phone: str | None
    language: str
    body: str
    first_body: str
    mail: JsonObject | None = None  # the same as an email; None: who cannot be mailed
    any_hour: bool = False
    planned_at: datetime | None = None  # where plan and declarations alone put what it is about
    other_times: dict[str, str] | None = None  # other shifts it is about: id to the time it tells
    tells: JsonObject | None = None  # by shift id: its times and place, as this text tells them


@dataclass(frozen=True, slots=True)
class PlaceCall:
    """A call about someone's spot on a shift, because no text tells them."""

    key: str
    kind: str
    why: str
    person_id: int
    about: str
    shift_id: int
    anchor: str
    says_at: datetime
    useful_until: datetime
    tells: JsonObject


def is_unchanged(row: Message | None, text: PlannedText) -> bool:
    """Whether the row is already in the outbox as it should be."""
    if row is None or row.state not in UNSENT:
        return False
    is_there = (row.due_at, row.useful_until, row.says_at, row.planned_at, row.language, row.other_times, row.tells)
    ought = (text.due_at, text.useful_until, text.says_at, text.planned_at, text.language, text.other_times, text.tells)
    return is_there == ought and says(row, text) and (text.phone is None or row.phone == text.phone)


def says(row: Message, text: PlannedText) -> bool:
    """Whether the row has these words, for those who know us and for those who don't yet, and as an email."""
    return (row.body, row.first_body, row.mail) == (text.body, text.first_body, text.mail)
