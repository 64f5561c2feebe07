"""A night read into values, which stay the same when its rows are changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from coordinator.core.clashes import clashes
from coordinator.core.consequences import KnownTimes, News, NewsKey, Piece, SeenNight, SeenShift, SeenSlot, SeenStage
from coordinator.core.reminders import Told
from coordinator.core.rules import UNDO, Rule
from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import Anchor
from coordinator.events.labels import called
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.shifts.queries.clashes import Commitments
from coordinator.shownight.queries import Night, StageNight

from ..actions.composing import compose
from ..actions.owed import OwedText
from ..actions.place_words import Contacts, words_of
from ..queries.news import Telling, knows_the_plan, news_of
from ..queries.places import ToldShift, called_off
from ..queries.subjects import Recipient, Subject
from ..queries.threads import Thread

PieceOfNews = Piece[Person]
A_LINK = "https://..."  # in previews: everyone's own goes out
Threads = Mapping[tuple[str, int], Thread]


@dataclass(frozen=True, slots=True)
class Beholder:
    """What is needed to judge a night: what everyone was told and does, and which numbers opted out."""

    threads: Threads
    rules: Mapping[str, Rule]
    silent: Collection[str]
    known: KnownTimes
    commitments: Commitments

    def see(self, night: Night, subjects: Sequence[Subject], known: KnownTimes | None = None) -> SeenNight[Person]:
        """The night as values. ``known``: the starts that people had in mind before the night was changed."""
        known = _in_mind(subjects) | dict(self.known) if known is None else known
        telling = Telling(night.now, self.rules, self.silent, partial(awake_at, night.event), known)
        contacts = Contacts(night.event)
        return SeenNight(
            slots={slot.id: SeenSlot(slot.name, _minute(night.seen(slot.id).starts_at)) for slot in night.slots},
            shifts={one.shift.id: _shift(one) for one in subjects if one.shift},
            stages={stage.key: _stage(stage, night.event) for stage in night.stages},
            news={key: piece for one in subjects for key, piece in self._news(one, telling, contacts)},
            reminders={id_: at for one in subjects for id_, at in self._reminders(one)},
            known=known,
            names={slot.key: slot.name for slot in night.slots},
            clashes=self.commitments.clashes(night),
            paused=bool(night.event.texts_paused_at or night.event.organisation.texts_paused_at),
        )

    def _news(self, subject: Subject, telling: Telling, contacts: Contacts) -> list[tuple[NewsKey, PieceOfNews]]:
        return [
            ((subject.key, recipient.person.id, piece.news.kind, piece.news.anchor), piece)
            for recipient in subject.recipients
            for piece in self._pieces(subject, recipient, telling, contacts)
        ]

    def _pieces(
        self, subject: Subject, recipient: Recipient, telling: Telling, contacts: Contacts
    ) -> Iterator[PieceOfNews]:
        thread = self._thread(subject, recipient)
        for news in news_of(subject, recipient, thread, telling):
            yield _piece(subject, recipient, news, contacts.event, telling)
        if subject.is_cancelled and (gone := _place_that_is_gone(subject, recipient, thread, telling, contacts)):
            yield gone

    def _reminders(self, subject: Subject) -> list[tuple[int, datetime | None]]:
        """The times that unsent reminders tell."""
        return [
            (message.id, None if subject.is_cancelled else _minute(subject.anchors.get(message.anchor)))
            for recipient in subject.recipients
            for message in self._thread(subject, recipient).unsent
            if message.kind == MessageKind.REMINDER and message.anchor
        ]

    def _thread(self, subject: Subject, recipient: Recipient) -> Thread:
        return self.threads.get((subject.key, recipient.person.id), Thread())


def _in_mind(subjects: Sequence[Subject]) -> dict[tuple[str, int], datetime]:
    """The planned starts known to people who agreed to come."""
    return {
        (subject.key, recipient.person.id): whole_minute(subject.starts_at)
        for subject in subjects
        for recipient in subject.recipients
        if knows_the_plan(subject, recipient)
    }


def _piece(subject: Subject, recipient: Recipient, news: News, event: Event, telling: Telling) -> PieceOfNews:
    person = recipient.person
    if news.why is not None:
        return Piece(person, called(subject), news, None)
    due_at = telling.now
    rule = telling.rules[news.rule] if news.rule else None
    owed = OwedText(
        "", news.kind, rule, subject, person, news.anchor, news.says_at, due_at, due_at, news.was, news.change
    )
    return Piece(person, called(subject), news, compose(owed, event, now=due_at, links={person.id: A_LINK}).body)


def _place_that_is_gone(
    subject: Subject, recipient: Recipient, thread: Thread, telling: Telling, contacts: Contacts
) -> PieceOfNews | None:
    """For a shift that does not take place: what is told to people who count on it and were told no time of it."""
    shift, person = subject.shift, recipient.person
    sign_up = next((each for each in shift.sign_ups if each.person_id == person.id), None) if shift else None
    if shift is None or sign_up is None or shift.ends_at <= telling.now:
        return None
    off_at = subject.cancelled_at or telling.now
    found = called_off(sign_up, ToldShift(shift, shift.starts_at, shift.ends_at), thread, off_at)
    if found is None:
        return None
    leaves_at = max(off_at + UNDO, telling.now)
    wakes_at, why = telling.awake_at(leaves_at), silence_of(person, telling.opted_out)
    says_at, is_held = whole_minute(shift.starts_at), wakes_at > leaves_at
    news = News(found.kind, Anchor.SHIFT_START, says_at, Told(), why, wakes_at, shift.ends_at, is_held)
    body = None
    if why is None:
        call = contacts.whom_to_call(found)
        body = words_of(found, contacts.event, link="", call=call).body
    return Piece(person, called(subject), news, body)


def _shift(subject: Subject) -> SeenShift:
    assert subject.shift is not None
    starts_at = None if subject.is_cancelled else _minute(subject.anchors.get(subject.own_anchor))
    return SeenShift(called(subject.shift.role), len(subject.recipients), starts_at)


def _stage(stage: StageNight, event: Event) -> SeenStage:
    on, curfew_at = stage.day.on if len(event.days) > 1 else None, stage.curfew_at
    return SeenStage(stage.stage.name, on, stage.plans, stage.projection, curfew_at, clashes(stage.plans, curfew_at))


def _minute(at: datetime | None) -> datetime | None:
    return at and whole_minute(at)
