"""Saying back in words what an answer has done."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ...core.wording import fill
from ...events.models import Event
from ...lineup.models import Slot
from ...messaging.actions import queue_text
from ...messaging.models import Message
from ...reminders.actions import cheap_day
from ...reminders.queries import house_words
from ...shifts.models import Shift
from ...web import spoken


class Echo:
    """Answers one inbound text, in one language; its texts leave at once, whatever the hour."""

    def __init__(self, message: Message, language: str, now: datetime) -> None:
        self.message, self.language, self.now = message, language, now

    def say(self, words: str, /, event: Event | None = None, **values: str) -> None:
        """Queue one echo in the words of that name."""
        message = self.message
        queue_text(
            organisation_id=event.organisation_id if event else message.organisation_id,
            event_id=event.id if event else message.event_id,
            person=message.person,
            phone=message.phone,
            language=self.language,
            kind="echo",
            body=self.part(f"echo-{words}", **values),
            now=self.now,
            any_hour=True,
            answers_id=message.id,
        )

    def part(self, words: str, /, **values: str) -> str:
        return fill(house_words(words, self.language), values)

    def clock(self, at: datetime, event: Event) -> str:
        return spoken.clock(at, ZoneInfo(event.zone), self.language)

    def day(self, at: datetime, event: Event) -> str:
        return cheap_day(at, self.language, ZoneInfo(event.zone))

    def slot(self, slot: Slot, at: datetime | None = None) -> str:
        """A slot by its act, time and day."""
        at = at or slot.starts_at
        return self.part("part-slot", act=slot.name, time=self.clock(at, slot.event), day=self.day(at, slot.event))

    def shift(self, shift: Shift, at: datetime | None = None) -> str:
        """A shift by its role, time and day."""
        at = at or shift.starts_at
        return self.part(
            "part-shift", role=shift.role.name, time=self.clock(at, shift.event), day=self.day(at, shift.event)
        )
