"""Playing a night in virtual time: what a jobs process does each tick, with a network that remembers every text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.desk.answering import answer_text
from coordinator.messaging.actions import dispatch_due, receive_text, release_held
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Message
from coordinator.reminders.actions import hold, plan
from coordinator.shifts.actions import next_waves

PUBLIC_URL = "https://show.example"
TICK = timedelta(seconds=15)


@dataclass
class Playing:
    """A night that is played tick by tick; ``texts`` are what left, as (instant, phone, body)."""

    now: datetime
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    texts: list[tuple[datetime, str, str]] = field(default_factory=list)
    heard: int = 0

    def tick(self, now: datetime | None = None) -> list[str]:
        """One round of the jobs process; gives back the bodies that left in it."""
        self.now = now or self.now
        release_held(self.now)
        next_waves(self.now)
        plan(self.now, public_url=PUBLIC_URL)
        dispatch_due(self.gateway, now=lambda: self.now, worker="test", hold=hold)
        new = self.gateway.texts[len(self.texts) :]
        self.texts.extend((self.now, text.to, text.body) for text in new)
        return [text.body for text in new]

    def until(self, end: datetime, every: timedelta = TICK) -> list[tuple[datetime, str, str]]:
        """Tick from now up to and including ``end``; gives back what left on the way."""
        seen = len(self.texts)
        while self.now < end:
            self.tick(min(self.now + every, end))
        return self.texts[seen:]

    def text_in(self, phone: str, body: str) -> Message:
        """A text from this phone, through the same path as any."""
        self.heard += 1
        return receive_text(
            phone=phone,
            to=self.gateway.sender,
            body=body,
            sid=f"SMin{self.heard:030d}",
            num_media=0,
            now=self.now,
            answer=answer_text,
        )
