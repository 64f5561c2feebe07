"""Texts that tell people what their answer has done."""

from datetime import datetime

from flask_babel import force_locale

from coordinator.core.wording import fill, worded
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import Message, MessageKind
from coordinator.messaging.queries.default_texts import default_text
from coordinator.shifts.models import Shift
from coordinator.spoken import in_text, without_dear_accents


class Echo:
    """Replies to one inbound text, in one language, at any hour."""

    def __init__(self, message: Message, language: str, now: datetime) -> None:
        self.message, self.language, self.now = message, language, now
        self.said = 0

    def say(self, words: str, /, event: Event | None = None, **values: str) -> None:
        """Queue the text with the template name ``words``."""
        message, self.said = self.message, self.said + 1
        organisation = event.organisation if event else message.organisation
        said = worded(
            default_text(f"echo-{words}", self.language),
            values,
            self.language,
            org=organisation.name if organisation else "Callboard",
        )
        queue_text(
            organisation_id=event.organisation_id if event else message.organisation_id,
            event_id=event.id if event else message.event_id,
            person=message.person,
            phone=message.phone,
            language=self.language,
            kind=MessageKind.ECHO,
            body=said.body,
            first_body=said.first_body,
            now=self.now,
            any_hour=True,
            answers_id=message.id,
            dedupe_key=f"echo-{words}:{message.id}:{self.said}",
        )

    def part(self, words: str, /, **values: str) -> str:
        return fill(default_text(words, self.language), values)

    def clock(self, at: datetime, event: Event) -> str:
        return in_text(event.zone, self.language).clock(at)

    def span(self, start: datetime, end: datetime, event: Event) -> str:
        return in_text(event.zone, self.language).span(start, end)

    def day(self, at: datetime, event: Event) -> str:
        return in_text(event.zone, self.language).day_told(at, self.now)

    def refusal(self, refused: Exception) -> str:
        """The reason of a refusal, in the language of the reply and in characters that cost nothing extra."""
        with force_locale(self.language):
            return without_dear_accents(str(refused))

    def slot(self, slot: Slot, at: datetime | None = None, act: str | None = None) -> str:
        """A slot with its act, or another that would play then, time and day."""
        at = at or slot.starts_at
        return self.part(
            "part-slot", act=act or slot.name, time=self.clock(at, slot.event), day=self.day(at, slot.event)
        )

    def shift(self, shift: Shift, at: datetime | None = None) -> str:
        """A shift with its role, time and day."""
        at = at or shift.starts_at
        return self.part(
            "part-shift",
            role=shift.role.called(self.language),
            time=self.clock(at, shift.event),
            day=self.day(at, shift.event),
        )
