"""The night as it stands, ready to be asked what any press would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...core.reminders import LEAST_MOVE
from ...core.show_time import whole_minute
from ...messaging.models import Message
from ...messaging.queries import opted_out
from ...people.models import Person
from ...reminders.actions.composing import compose
from ...reminders.actions.wanted import Wanted
from ...reminders.queries import Recipient, Subject, Thread, subjects_of, threads_of
from ...shownight.actions import Pressed, ProposedPress, after_press
from ...shownight.queries import Night, StageNight, night
from ...shownight.refusals import NoSuchSlot
from .effects import Effect, Forecast, Move, ShiftMoves, SlotMoves, TextGoes
from .owed import Owed, owed_to


def preview(event_id: int, press: ProposedPress, now: datetime, *, sender: str | None = None) -> Effect:
    """What the press would do at ``now``. Raises the CannotPress that the press itself would raise.

    ``sender``: the number texts leave from, so that those who opted out of it are not counted.
    """
    return outlook(event_id, now, sender=sender).effect(press)


def outlook(event_id: int, now: datetime, *, sender: str | None = None) -> Outlook:
    """All that is needed to preview any press of the event's night; ``sender`` as in ``preview``."""
    tonight = night(event_id, now)
    subjects = subjects_of(tonight.event, tonight)
    phones = {recipient.person.phone or "" for subject in subjects for recipient in subject.recipients}
    silent = opted_out(phones, sender) if sender else set()
    return Outlook(tonight, subjects, threads_of(event_id), frozenset(silent))


@dataclass(frozen=True, slots=True)
class Outlook:
    """The night as it stands, who is told about it, and what they were told."""

    night: Night
    subjects: Sequence[Subject]
    threads: Mapping[tuple[str, int], Thread] = field(repr=False)
    silent: frozenset[str] = frozenset()  # phones that want no texts

    def effect(self, press: ProposedPress) -> Effect:
        """What this press would do. Raises the CannotPress that the press itself would raise."""
        slot = next((slot for slot in self.night.slots if slot.id == press.slot_id), None)
        if slot is None:
            raise NoSuchSlot
        pressed = Pressed(slot.name, slot.plan, self.night.now, press.minutes)
        after = self.night.supposing(slot.id, after_press(press.verb, pressed, self.night.now))
        touched = self._touched(press, after)
        later, dropped = _reminders(touched)
        return Effect(
            press=press,
            slot=slot,
            start=_move(self.night.seen(slot.id).starts_at, after.seen(slot.id).starts_at),
            set_end=_move(self.night.seen(slot.id).ends_at, after.seen(slot.id).ends_at),
            slots=tuple(_slots(self.night, after)),
            shifts=tuple(_shifts(touched)),
            texts=tuple(self._texts(touched)),
            later_reminders=later,
            dropped_reminders=dropped,
            to_call=self._to_call(touched),
            forecast=_forecast(self.night.stage_of(slot.id), after.stage_of(slot.id)),
        )

    def _touched(self, press: ProposedPress, after: Night) -> list[_Touched]:
        """Every slot and shift that somebody is told about, before and after, with what they were told."""
        before = {subject.key: subject for subject in self.subjects}
        return [
            _Touched(
                before=before.get(subject.key, subject),
                after=subject,
                was_cancelled=subject.cancelled_at is not None,
                is_cancelled=_is_cancelled(subject, press),
                threads=[
                    (recipient, self.threads.get((subject.key, recipient.person.id), Thread()))
                    for recipient in subject.recipients
                ],
            )
            for subject in subjects_of(after.event, after)
        ]

    def _texts(self, touched: Sequence[_Touched]) -> Iterator[TextGoes]:
        """The texts that go out because of the press: those that would go out anyway are left out."""
        now = self.night.now
        for one in touched:
            for recipient, thread in one.threads:
                if not self._can_be_texted(recipient.person):
                    continue
                anyway = set(owed_to(recipient, one.before, thread, now, cancelled=one.was_cancelled))
                for owed in owed_to(recipient, one.after, thread, now, cancelled=one.is_cancelled):
                    if owed not in anyway:
                        yield self._text(one.after, recipient.person, owed)

    def _to_call(self, touched: Sequence[_Touched]) -> tuple[Person, ...]:
        """Those whose own time changes so far that a text would say so, but who can get none."""
        worth_it = [one for one in touched if _is_worth_a_text(one.move(one.after.own_anchor))]
        people = [recipient.person for one in worth_it for recipient, _ in one.threads]
        return tuple({person.id: person for person in people if not self._can_be_texted(person)}.values())

    def _can_be_texted(self, person: Person) -> bool:
        return person.can_be_texted and person.phone not in self.silent

    def _text(self, subject: Subject, person: Person, owed: Owed) -> TextGoes:
        now = self.night.now
        wanted = Wanted("", owed.kind, None, subject, person, owed.anchor, owed.says_at, now, now, owed.was)
        body = compose(wanted, self.night.event, now=now, links={}, is_first=False)
        return TextGoes(person, owed.kind, _about(subject), owed.says_at, body)


@dataclass(frozen=True, slots=True)
class _Touched:
    """A slot or shift before and after the press, and what each of its people was told about it."""

    before: Subject
    after: Subject
    was_cancelled: bool
    is_cancelled: bool
    threads: Sequence[tuple[Recipient, Thread]]

    def move(self, anchor: str) -> Move:
        before, after = self.before.anchors.get(anchor), self.after.anchors.get(anchor)
        return _move(None if self.was_cancelled else before, None if self.is_cancelled else after)

    @property
    def unsent_reminders(self) -> Iterator[Message]:
        for _, thread in self.threads:
            yield from (message for message in thread.unsent if message.kind == "reminder")


def _is_cancelled(subject: Subject, press: ProposedPress) -> bool:
    """Whether the subject does not take place once the press is made."""
    pressed = subject.leader is not None and subject.leader.id == press.slot_id
    if pressed and press.verb in ("cancel", "restore"):
        return press.verb == "cancel" or (subject.shift is not None and subject.shift.cancelled_at is not None)
    return subject.cancelled_at is not None


def _slots(before: Night, after: Night) -> Iterator[SlotMoves]:
    for slot in after.slots:
        if move := _move(before.seen(slot.id).starts_at, after.seen(slot.id).starts_at):
            yield SlotMoves(slot, move)


def _shifts(touched: Sequence[_Touched]) -> Iterator[ShiftMoves]:
    for one in touched:
        if one.after.shift and (move := one.move(one.after.own_anchor)):
            yield ShiftMoves(one.after.shift.role.name, len(one.after.recipients), move)


def _reminders(touched: Sequence[_Touched]) -> tuple[int, int]:
    """How many unsent reminders move silently, and how many are taken back."""
    moves = [one.move(message.anchor) for one in touched for message in one.unsent_reminders if message.anchor]
    later = [move for move in moves if move and move.to_at]
    dropped = [move for move in moves if move and move.to_at is None]
    return len(later), len(dropped)


def _is_worth_a_text(move: Move) -> bool:
    return bool(move) and (move.length is None or abs(move.length) >= LEAST_MOVE)


def _about(subject: Subject) -> str:
    if subject.shift:
        return subject.shift.role.name
    return subject.slot.name if subject.slot else ""


def _forecast(before: StageNight, after: StageNight) -> Forecast:
    return Forecast(
        end=_move(before.projection.projected_end_at, after.projection.projected_end_at),
        curfew_at=after.stage.curfew_at,
        over_curfew=after.projection.over_curfew,
        recoverable=after.projection.recoverable,
    )


def _move(from_at: datetime | None, to_at: datetime | None) -> Move:
    return Move(from_at and whole_minute(from_at), to_at and whole_minute(to_at))
