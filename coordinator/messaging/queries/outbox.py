"""The outbox, for the code that sends; rows that are about to change are locked, and rows locked by others skipped."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import selectinload

from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.people.models import Channel, Person

from ..models import Alarm, Direction, Message, MessageKind, MessageState, OptOut, Receipt

SOON = timedelta(minutes=5)


def due_messages(now: datetime, limit: int, channel: Channel = Channel.TEXT) -> list[Message]:
    """What is due by this channel and not held, those first that soonest stop being of use."""
    ordered = _ready(now, channel).where(Message.due_at <= now).order_by(Message.useful_until.asc().nulls_last())
    return _locked(ordered.order_by(Message.due_at, Message.id).limit(limit))


def due_in_turn(now: datetime, limit: int) -> list[Message]:
    """Texts the same way, in turns: the first of each show, then the second of each, and so on.

    So one show's thousand texts do not delay another's on a slow line.
    """
    order = (Message.useful_until.asc().nulls_last(), Message.due_at, Message.id)
    turn = func.row_number().over(partition_by=Message.event_id, order_by=order)
    turns = _ready(now).where(Message.due_at <= now).with_only_columns(Message.id, turn.label("turn")).subquery()
    again = _ready(now).join(turns, turns.c.id == Message.id)  # queried again, as the row is once it is locked
    return _locked(again.order_by(turns.c.turn, *order).limit(limit))


def paused_organisations(ids: Collection[int]) -> set[int]:
    """Those of the organizations whose texts are paused."""
    paused = select(Organisation.id).where(Organisation.id.in_(ids), Organisation.texts_paused_at.is_not(None))
    return set(db.session.scalars(paused)) if ids else set()


def reminders_to_ride_with(carriers: Iterable[Message], now: datetime) -> list[Message]:
    """The other waiting reminders, due within five minutes, of the same people about the same events."""
    whose = {(message.person_id, message.event_id) for message in carriers if message.person_id and message.event_id}
    if not whose:
        return []
    soon = _ready(now).where(
        Message.kind == MessageKind.REMINDER,
        Message.due_at < now + SOON,
        tuple_(Message.person_id, Message.event_id).in_(sorted(whose)),
    )
    return _locked(soon.order_by(Message.due_at, Message.id))


def with_their_rides(message_ids: Collection[int]) -> dict[int, list[Message]]:
    """Each of these texts, first in its list, with those merged into it, locked; by the id of the first."""
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
    """The reminders that went out in this text beside its own, in order."""
    riding = select(Message).where(Message.rides_with_id == message_id)
    return list(db.session.scalars(riding.order_by(Message.due_at, Message.id)))


def whole_body(message: Message) -> str:
    """The text as the phone showed it: with all reminders that were merged into it, or it into them."""
    carrier = message
    if message.rides_with_id is not None:
        carrier = db.session.get(Message, message.rides_with_id) or message
    return joined([carrier, *rides_of(carrier.id)])


def joined(messages: Sequence[Message]) -> str:
    """The words of several reminders, joined into one text."""
    return "\n".join(message.body for message in messages)


def attempts_in_flight(message_ids: Collection[int]) -> dict[int, int]:
    """Those of the texts that are being sent, each with the number of the attempt."""
    sending = select(Message.id, Message.attempts).where(
        Message.id.in_(message_ids), Message.state == MessageState.SENDING
    )
    return {row.id: row.attempts for row in db.session.execute(sending)}


def still_mailed(message_ids: Collection[int]) -> set[int]:
    """Those of the emails whose person still wants emails at that address; codes are wanted."""
    wants = and_(Person.email == Message.address, Person.email_agreed_at.is_not(None))
    found = select(Message.id).outerjoin(Message.person).where(Message.id.in_(message_ids))
    return set(db.session.scalars(found.where(or_(Message.kind == MessageKind.CODE, wants)))) if message_ids else set()


def messages_with_lapsed_leases(now: datetime, longest: timedelta) -> list[Message]:
    """Texts that were claimed and not reported on in time.

    A lease that ends later than ``longest`` from now was taken by a clock that ran ahead, and is not waited for.
    """
    lapsed = or_(Message.lease_until < now, Message.lease_until > now + longest)
    return _locked(select(Message).where(Message.state == MessageState.SENDING, lapsed))


def next_to_look_up(now: datetime) -> Message | None:
    """The uncertain text that has waited longest for a lookup; texts merged with others are found with them."""
    unsure = select(Message).where(
        Message.state == MessageState.UNKNOWN,
        Message.check_at <= now,
        Message.direction == Direction.OUT,
        Message.channel == Channel.TEXT,
        Message.rides_with_id.is_(None),
    )
    return next(iter(_locked(unsure.order_by(Message.check_at, Message.id).limit(1))), None)


def next_to_follow(now: datetime, left_before: datetime) -> Message | None:
    """A text without a final state that is due for a lookup: it went out before then, or seems to have come back."""
    open_ended = select(Message).where(
        Message.state.in_((MessageState.ACCEPTED, MessageState.SENT)),
        Message.check_at <= now,
        Message.channel == Channel.TEXT,
        or_(Message.sent_at <= left_before, Message.error_code.is_not(None)),
        Message.provider_sid.is_not(None),
    )
    return next(iter(_locked(open_ended.order_by(Message.check_at, Message.id).limit(1))), None)


def known_sids(phone: str) -> frozenset[str]:
    """The network's IDs of our texts to this number, including attempts that came back."""
    theirs = select(Message.provider_sid, Message.former_sids).where(Message.phone == phone)
    names = db.session.execute(theirs.where(or_(Message.provider_sid.is_not(None), Message.former_sids.is_not(None))))
    return frozenset(sid for row in names for written in row if written for sid in written.split())


def held_no_longer(now: datetime) -> list[Message]:
    """Texts whose hold has ended, or that were held so long that they no longer help anyone."""
    ended = or_(Message.held_until <= now, Message.useful_until < now)
    return _locked(select(Message).where(Message.state == MessageState.HELD, ended))


def paused_messages(*, event_id: int | None = None, organisation_id: int | None = None) -> list[Message]:
    """Texts held until someone ends a pause, of an event or of a whole organization."""
    whose = Message.event_id == event_id if event_id is not None else Message.organisation_id == organisation_id
    return _locked(select(Message).where(Message.state == MessageState.HELD, Message.held_until.is_(None), whose))


def opted_out(phones: Collection[str], sender: str | None = None) -> set[str]:
    """Those of the numbers that have opted out of this sender, or of any of ours if none is named."""
    if not phones:
        return set()
    opt_outs = select(OptOut.phone).where(OptOut.phone.in_(phones), OptOut.lifted_at.is_(None))
    return set(db.session.scalars(opt_outs if sender is None else opt_outs.where(OptOut.sender == sender)))


def open_opt_outs(phone: str, sender: str) -> list[OptOut]:
    """This number's current opt-outs."""
    opt_outs = select(OptOut).where(OptOut.phone == phone, OptOut.sender == sender, OptOut.lifted_at.is_(None))
    return list(db.session.scalars(opt_outs.with_for_update()))


def unapplied_receipts(limit: int) -> list[Receipt]:
    """Callbacks that have not been applied yet, in the order they came, locked."""
    waiting = select(Receipt).where(Receipt.applied_at.is_(None)).order_by(Receipt.id).limit(limit)
    return list(db.session.scalars(waiting.with_for_update(skip_locked=True)))


def message_of_sid(sid: str) -> Message | None:
    """The text with this network ID."""
    return db.session.scalars(select(Message).where(Message.provider_sid == sid)).one_or_none()


def was_answered(message_id: int, words: str) -> bool:
    """Whether the inbound text was answered in the words of this name."""
    answers = select(Message.id).where(Message.answers_id == message_id, Message.dedupe_key.startswith(f"{words}:"))
    return db.session.scalars(answers.limit(1)).first() is not None


def known_inbound(sids: Collection[str]) -> set[str | None]:
    """Those of the IDs under which a text has come in here."""
    return set(db.session.scalars(select(Message.provider_sid).where(Message.provider_sid.in_(sids))))


def inbound_since(phone: str, since: datetime) -> list[Message]:
    """What came in from this phone since then."""
    theirs = select(Message).where(
        Message.phone == phone, Message.created_at >= since, Message.direction == Direction.IN
    )
    return list(db.session.scalars(theirs))


def open_alarms(kind: str | None = None) -> list[Alarm]:
    """Open alarms, newest first; of this kind, or of all."""
    still = select(Alarm).where(Alarm.lifted_at.is_(None)).order_by(Alarm.last_at.desc(), Alarm.id)
    return list(db.session.scalars(still if kind is None else still.where(Alarm.kind == kind)))


def _ready(now: datetime, channel: Channel = Channel.TEXT) -> Select[Message]:
    not_held = or_(Message.held_until.is_(None), Message.held_until <= now)
    # the channel as it stands in the condition of the index of due emails
    by_channel = Message.channel == literal_column(f"'{channel}'")
    return select(Message).where(Message.state == literal_column("'waiting'"), by_channel, not_held)


def _locked(wanted: Select[Message]) -> list[Message]:
    locked = wanted.options(selectinload(Message.person)).with_for_update(of=Message, skip_locked=True)
    return list(db.session.scalars(locked))
