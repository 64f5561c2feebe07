"""What the outbox holds for whoever sends it; rows that are about to change are locked, and others' are passed by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from coordinator.accounts.models import Organisation
from coordinator.db import db

from ..models import Alarm, Message, OptOut, Receipt

SOON = timedelta(minutes=5)


def due_messages(now: datetime, limit: int) -> list[Message]:
    """Texts whose time has come and that nothing holds back, the first to lose its use first."""
    ordered = _ready(now).where(Message.due_at <= now).order_by(Message.useful_until.asc().nulls_last())
    return _locked(ordered.order_by(Message.due_at, Message.id).limit(limit))


def due_in_turn(now: datetime, limit: int) -> list[Message]:
    """The same, by turns: of each show the first to lose its use, then of each the second, and so on.

    So one show's thousand texts do not keep another's waiting where a line is slow.
    """
    order = (Message.useful_until.asc().nulls_last(), Message.due_at, Message.id)
    turn = func.row_number().over(partition_by=Message.event_id, order_by=order)
    turns = _ready(now).where(Message.due_at <= now).with_only_columns(Message.id, turn.label("turn")).subquery()
    again = _ready(now).join(turns, turns.c.id == Message.id)  # asked again of the row as it is once it is locked
    return _locked(again.order_by(turns.c.turn, *order).limit(limit))


def paused_organisations(ids: Collection[int]) -> set[int]:
    """Those of the organisations that let no text leave."""
    paused = select(Organisation.id).where(Organisation.id.in_(ids), Organisation.texts_paused_at.is_not(None))
    return set(db.session.scalars(paused)) if ids else set()


def reminders_to_ride_with(carriers: Iterable[Message], now: datetime) -> list[Message]:
    """The other waiting reminders, due in less than five minutes, of the same people about the same events."""
    whose = {(message.person_id, message.event_id) for message in carriers if message.person_id and message.event_id}
    if not whose:
        return []
    soon = _ready(now).where(
        Message.kind == "reminder",
        Message.due_at < now + SOON,
        tuple_(Message.person_id, Message.event_id).in_(sorted(whose)),
    )
    return _locked(soon.order_by(Message.due_at, Message.id))


def with_their_rides(message_ids: Collection[int]) -> dict[int, list[Message]]:
    """Each of these texts, first in its list, and those that ride with it, locked; by the id of the first."""
    together = select(Message).where(or_(Message.id.in_(message_ids), Message.rides_with_id.in_(message_ids)))
    rows = db.session.scalars(
        together.order_by(Message.due_at, Message.id).with_for_update(of=Message).options(selectinload(Message.person))
    )
    found: dict[int, list[Message]] = {}
    for row in rows:
        carrier_id = row.id if row.id in message_ids else row.rides_with_id or row.id
        found.setdefault(carrier_id, []).append(row)
    return {key: sorted(rows, key=lambda row: row.id != key) for key, rows in found.items()}


def rides_of(message_id: int) -> list[Message]:
    """The reminders that went out in this text beside its own, in the order they stand in it."""
    riding = select(Message).where(Message.rides_with_id == message_id)
    return list(db.session.scalars(riding.order_by(Message.due_at, Message.id)))


def whole_body(message: Message) -> str:
    """The text as the phone showed it: of a reminder that rode with another, or was ridden with, all of them."""
    carrier = message
    if message.rides_with_id is not None:
        carrier = db.session.get(Message, message.rides_with_id) or message
    return joined([carrier, *rides_of(carrier.id)])


def joined(messages: Sequence[Message]) -> str:
    """The words of several reminders as one text."""
    return "\n".join(message.body for message in messages)


def attempts_in_the_air(message_ids: Collection[int]) -> dict[int, int]:
    """Those of the texts that somebody is sending, each with the number of the attempt."""
    sending = select(Message.id, Message.attempts).where(Message.id.in_(message_ids), Message.state == "sending")
    return {row.id: row.attempts for row in db.session.execute(sending)}


def messages_with_lapsed_leases(now: datetime, longest: timedelta) -> list[Message]:
    """Texts that somebody claimed to send and never reported on in time.

    A lease that ends later than ``longest`` from now was taken by a clock that ran ahead, and is not waited for.
    """
    lapsed = or_(Message.lease_until < now, Message.lease_until > now + longest)
    return _locked(select(Message).where(Message.state == "sending", lapsed))


def next_to_look_up(now: datetime) -> Message | None:
    """The text that may have left and was not asked about for longest; what rides with another is found with it."""
    unsure = select(Message).where(
        Message.state == "unknown", Message.look_at <= now, Message.direction == "out", Message.rides_with_id.is_(None)
    )
    return next(iter(_locked(unsure.order_by(Message.look_at, Message.id).limit(1))), None)


def next_to_follow(now: datetime, left_before: datetime) -> Message | None:
    """A text whose end is not known and which is to be asked about: it left before then, or came back, as it seems."""
    open_ended = select(Message).where(
        Message.state.in_(("accepted", "sent")),
        Message.look_at <= now,
        or_(Message.sent_at <= left_before, Message.error_code.is_not(None)),
        Message.provider_sid.is_not(None),
    )
    return next(iter(_locked(open_ended.order_by(Message.look_at, Message.id).limit(1))), None)


def known_sids(phone: str) -> frozenset[str]:
    """The names under which the network knows our texts to this number, those that came back too."""
    theirs = select(Message.provider_sid, Message.former_sids).where(Message.phone == phone)
    names = db.session.execute(theirs.where(or_(Message.provider_sid.is_not(None), Message.former_sids.is_not(None))))
    return frozenset(sid for row in names for written in row if written for sid in written.split())


def held_no_longer(now: datetime) -> list[Message]:
    """Texts that were held until an instant that has passed, or for so long that they no longer help anybody."""
    ended = or_(Message.held_until <= now, Message.useful_until < now)
    return _locked(select(Message).where(Message.state == "held", ended))


def paused_messages(*, event_id: int | None = None, organisation_id: int | None = None) -> list[Message]:
    """Texts held until somebody lifts a pause, of an event or of a whole organisation."""
    whose = Message.event_id == event_id if event_id is not None else Message.organisation_id == organisation_id
    return _locked(select(Message).where(Message.state == "held", Message.held_until.is_(None), whose))


def opted_out(phones: Collection[str], sender: str | None = None) -> set[str]:
    """Those of the numbers that want no texts from this sender, or from one of ours when none is named."""
    if not phones:
        return set()
    wishes = select(OptOut.phone).where(OptOut.phone.in_(phones), OptOut.lifted_at.is_(None))
    return set(db.session.scalars(wishes if sender is None else wishes.where(OptOut.sender == sender)))


def open_opt_outs(phone: str, sender: str) -> list[OptOut]:
    """The wish of this number for no more texts, while it stands."""
    wishes = select(OptOut).where(OptOut.phone == phone, OptOut.sender == sender, OptOut.lifted_at.is_(None))
    return list(db.session.scalars(wishes.with_for_update()))


def unapplied_receipts(limit: int) -> list[Receipt]:
    """What the network called back with and nobody has read yet, in the order it came, locked."""
    waiting = select(Receipt).where(Receipt.applied_at.is_(None)).order_by(Receipt.id).limit(limit)
    return list(db.session.scalars(waiting.with_for_update(skip_locked=True)))


def message_of_sid(sid: str) -> Message | None:
    """The text that the network knows under this name."""
    return db.session.scalars(select(Message).where(Message.provider_sid == sid)).one_or_none()


def known_inbound(sids: Collection[str]) -> set[str | None]:
    """Those of the names under which a text has come in here."""
    return set(db.session.scalars(select(Message.provider_sid).where(Message.provider_sid.in_(sids))))


def inbound_since(phone: str, since: datetime) -> list[Message]:
    """What came in from this phone since then."""
    theirs = select(Message).where(Message.phone == phone, Message.created_at >= since, Message.direction == "in")
    return list(db.session.scalars(theirs))


def open_alarms(kind: str | None = None) -> list[Alarm]:
    """What keeps everybody's texts from leaving, newest first; ``account`` or ``blocked``, or both."""
    still = select(Alarm).where(Alarm.lifted_at.is_(None)).order_by(Alarm.last_at.desc(), Alarm.id)
    return list(db.session.scalars(still if kind is None else still.where(Alarm.kind == kind)))


def _ready(now: datetime) -> Select[Message]:
    not_held = or_(Message.held_until.is_(None), Message.held_until <= now)
    return select(Message).where(Message.state == "waiting", not_held)


def _locked(wanted: Select[Message]) -> list[Message]:
    locked = wanted.options(selectinload(Message.person)).with_for_update(of=Message, skip_locked=True)
    return list(db.session.scalars(locked))
