"""A story as it can be read: what people do and say, and every text and email that reaches them, in order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.invitation import CalendarEntry
from coordinator.core.mail_links import MailLinks
from coordinator.core.personal_links import PersonalLinks
from coordinator.core.sms_text import measure
from coordinator.db import db, transaction
from coordinator.messaging.actions.looking import follow_to_the_end
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Outcome, OutgoingText, RecordingGateway, Refused
from coordinator.messaging.listing import Found
from coordinator.messaging.mail_message import mail_body
from coordinator.people.actions.consent import agree_to_emails
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Channel, Person
from coordinator.shifts.actions.codes import CodeRequest, ask_code, prove_sign_up
from coordinator.shifts.actions.signing_up import take_shifts
from coordinator.shifts.models import SignUp, SignUpSource
from tests.evenings import HERE, Evening
from tests.night import ANight, in_the_cast
from tests.playing import PUBLIC_URL, TICK, Playing

ALICE = Actor("Alice Reyes")
LINKS = PersonalLinks(PUBLIC_URL, "s" * 32)
INDENT = "\n    "
UNDELIVERED = 30006
NO_SUCH_MAILBOX = Refused(550, "The mail server answered 550: unknown", "recipient")
OUR_PARTS = (  # what is different in every run
    (re.compile(r"/me/[\w-]+"), "/me/~"),
    (re.compile(r"/unsubscribe/[\w-]+"), "/unsubscribe/~"),
    (re.compile(r"\b\d{6}\b"), "123456"),
    (re.compile(r"\(\d{3}\) 555-01\d\d"), "(212) 555-0100"),
)


class Mailboxes(RecordingGateway):
    """Emails arrive, except at the ``closed`` addresses."""

    def __init__(self) -> None:
        super().__init__(channel=Channel.EMAIL)
        self.closed: set[str] = set()

    def send(self, text: OutgoingText) -> Outcome:
        taken = super().send(text)
        return NO_SUCH_MAILBOX if text.to in self.closed else taken


@dataclass
class Story:
    """A night that is played; ``lines`` is what happened so far, to be read."""

    night: ANight
    language: str
    playing: Playing
    lines: list[str] = field(default_factory=list)
    footers: set[str] = field(default_factory=set)
    texts: int = 0
    mails: int = 0

    def until(self, wall: str, days: int = 0) -> None:
        """Wait; ``days`` before (negative) or after the show."""
        Evening(self.night, self.playing).wait_until(wall, days)
        self._write()

    def soon(self) -> None:
        """A minute passes."""
        self.playing.until(self.playing.now + 4 * TICK)
        self._write()

    def does(self, sentence: str, action: Callable[[], object]) -> None:
        """Something happens that is no text."""
        self.lines.append(f"{self._clock(self.playing.now)}  ({sentence})")
        action()
        self.soon()

    def says(self, name: str, body: str) -> None:
        """The person texts us."""
        phone = self.night.person(name).phone
        assert phone is not None
        self.lines.append(f"{self._clock(self.playing.now)}  {name}: {body}")
        self.playing.text_in(phone, body)
        self.soon()

    def signs_up(self, name: str, shift: str, **by: str) -> None:
        """With a code, by ``phone`` or ``email``."""
        [sent_to] = by.values()
        asked = CodeRequest(sent_to, "show.example", "203.0.113.9", "b" * 32, self.language, name, "I agree.")
        self.lines.append(f"{self._clock(self.playing.now)}  ({name} asks for a code)")
        code = ask_code(self.night.event, asked, now=self.playing.now)
        self.soon()
        line = self.playing.mail_line if "email" in by else self.playing.gateway
        digits = re.search(r"\b\d{6}\b", line.texts[-1].body)
        assert digits is not None
        prove_sign_up(code.id, digits[0], browser="b" * 32, now=self.playing.now)
        self.takes(name, shift)

    def takes(self, name: str, shift: str) -> None:
        """On the sign-up page."""
        person, shift_id = self.night.person(name), self.night.shift(shift).id
        self.does(
            f"{person.first_name} signs up for {shift}",
            lambda: take_shifts([shift_id], [person], now=self.playing.now, source=SignUpSource.LINK),
        )

    def sign_up(self, name: str, shift: str) -> SignUp:
        person, of_shift = self.night.person(name), self.night.shift(shift)
        return next(each for each in of_shift.sign_ups if each.person_id == person.id)

    def comes_back(self, name: str) -> None:
        """The network reports that the newest text to the person was not delivered, and its own record says so too."""
        texts, now, phone = self.playing.gateway, self.playing.now, self.night.person(name).phone
        text = next(each for each in reversed(texts.texts) if each.to == phone)
        sid = f"SM{text.message_id:032x}"
        fields = {"MessageSid": sid, "MessageStatus": "undelivered", "ErrorCode": str(UNDELIVERED)}
        texts.fetched = [Found(sid, "undelivered", UNDELIVERED)]
        store_receipt(text.message_id, fields, now=now)
        apply_receipts(now)
        follow_to_the_end(texts, now=lambda: now, after=TICK)
        apply_receipts(now)

    def _write(self) -> None:
        texts, mails = self.playing.texts[self.texts :], self.playing.mails[self.mails :]
        self.texts, self.mails = len(self.playing.texts), len(self.playing.mails)
        told = [(at, self._text(at, phone, body)) for at, phone, body in texts]
        told += [(at, self._mail(at, mail)) for at, mail in mails]
        self.lines += [_alike(words) for _, words in sorted(told, key=lambda each: each[0])]

    def _text(self, at: datetime, phone: str, body: str) -> str:
        names = db.session.scalars(select(Person.name).where(Person.phone == phone).order_by(Person.id))
        parts = measure(body).segments
        return (
            f"{self._clock(at)}  > {' & '.join(names) or '?'}{f' [{parts} segments]' if parts > 1 else ''}: "
            + body.replace("\n", INDENT)
        )

    def _mail(self, at: datetime, mail: OutgoingText) -> str:
        """The footer is written where it is new."""
        assert mail.letter is not None
        stop = MailLinks(PUBLIC_URL, LINKS.secret).stop_address(mail.person.id, mail.to) if mail.person else None
        said, _, footer = mail_body(mail, LINKS, stop).partition("\n-- \n")
        entry, footer = mail.letter.calendar, _alike(footer.rstrip())
        parts = [mail.letter.subject, said.strip()]
        parts += [f"[calendar: {'off' if entry.off else 'on'}, {self._entry(entry)}]"] if entry else []
        parts += [] if footer in self.footers else ["--", footer]
        self.footers.add(footer)
        words = "\n".join(parts)
        return f"{self._clock(at)}  > {mail.to}: " + words.replace("\n\n", "\n").replace("\n", INDENT)

    def _entry(self, entry: CalendarEntry) -> str:
        begins, ends = entry.starts_at.astimezone(HERE), entry.ends_at.astimezone(HERE)
        return f"{entry.title}, {begins:%b %d %H:%M}-{ends:%H:%M}, {entry.place}"

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(HERE):%a %d %H:%M}"


def _alike(words: str) -> str:
    for part, instead in OUR_PARTS:
        words = part.sub(instead, words)
    return words


def joins(night: ANight, name: str, **changes: Any) -> Person:
    """The person, in the show's cast."""
    with transaction():
        person = in_the_cast(night, name)
    edit_person(person, **changes)
    return person


def takes_emails(night: ANight, name: str, *, first: bool = False) -> None:
    """The person has agreed to emails beside texts; ``first``: they are told by email first."""
    person = joins(night, name, email=f"{name.split(maxsplit=1)[0].lower()}@show.example")
    agree_to_emails(person, "sign-up", "I agree.", night.event.created_at)
    if first:
        edit_person(person, prefers=Channel.EMAIL)


def everyone_speaks(language: str) -> None:
    with transaction():
        for person in db.session.scalars(select(Person)):
            person.language = language
