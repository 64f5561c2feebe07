"""Plays a night in virtual time: what a jobs process does each tick, with a network that remembers every text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from coordinator.db import transaction
from coordinator.features.text_replies.routing import answer_text
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.holding import release_held
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.gateway import OutgoingText, RecordingGateway
from coordinator.messaging.models import Message, MessageKind, MessageState
from coordinator.people.models import Channel, Person
from coordinator.reminders.actions.alerts import notice_what_is_missing, pass_on_news
from coordinator.reminders.actions.holding import hold
from coordinator.reminders.actions.plan import plan
from coordinator.shifts.actions.waves import next_waves
from tests.builders import MADE_AT

PUBLIC_URL = "https://show.example"
TICK = timedelta(seconds=15)


def knows_us(*people: Person) -> None:
    """A text has told these people who writes, and how to stop, long before the night."""
    with transaction() as session:
        session.add_all(
            Message(
                organisation_id=person.organisation_id,
                person_id=person.id,
                phone=person.phone or "",
                kind=MessageKind.NOTE,
                body="Welcome.",
                state=MessageState.DELIVERED,
                created_at=MADE_AT,
                claimed_at=MADE_AT,
                sent_at=MADE_AT,
            )
            for person in people
        )


@dataclass
class Playing:
    """A night played tick by tick; ``texts`` are the sent ones, as (instant, phone, body), ``mails`` the emails."""

    now: datetime
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    mail_line: RecordingGateway = field(default_factory=lambda: RecordingGateway(channel=Channel.EMAIL))
    texts: list[tuple[datetime, str, str]] = field(default_factory=list)
    mails: list[tuple[datetime, OutgoingText]] = field(default_factory=list)
    heard: int = 0

    def tick(self, now: datetime | None = None) -> list[str]:
        """One round of the jobs process; returns the bodies sent in it."""
        self.now = now or self.now
        release_held(self.now)
        next_waves(self.now)
        notice_what_is_missing(self.now, sender=self.gateway.sender)
        pass_on_news(self.now, sender=self.gateway.sender, public_url=PUBLIC_URL)
        plan(self.now, public_url=PUBLIC_URL, sender=self.gateway.sender)
        for line in (self.gateway, self.mail_line):
            dispatch_due(line, now=lambda: self.now, worker="test", hold=hold)
        new = self.gateway.texts[len(self.texts) :]
        self.texts.extend((self.now, text.to, text.body) for text in new)
        self.mails.extend((self.now, mail) for mail in self.mail_line.texts[len(self.mails) :])
        return [text.body for text in new]

    def until(self, end: datetime, every: timedelta = TICK) -> list[tuple[datetime, str, str]]:
        """Tick from now up to and including ``end``; returns what was sent."""
        seen = len(self.texts)
        while self.now < end:
            self.tick(min(self.now + every, end))
        return self.texts[seen:]

    def heard_by(self, phone: str, said: Iterable[tuple[datetime, str]]) -> list[str]:
        """The replies to each text that the phone sends at its time."""
        heard: list[str] = []
        for at, body in said:
            self.tick(at)
            self.text_in(phone, body)
            before = len(self.texts)
            self.tick()
            heard += [text for _, to, text in self.texts[before:] if to == phone]
        return heard

    def text_in(self, phone: str, body: str) -> Message:
        """A text from this phone, through the normal path."""
        self.heard += 1
        return receive_text(
            InboundText(phone=phone, to=self.gateway.sender, body=body, sid=f"SMin{self.heard:030d}"),
            now=self.now,
            answer=partial(answer_text, public_url=PUBLIC_URL),
        )
