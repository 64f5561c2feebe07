"""Counting money: two people enter what they counted, apart; what agrees is fixed.

No amount is recorded, and none is shown, before everyone has entered theirs: the second must count, not copy.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.events.actions.locking import lock_event
from coordinator.events.models import Event

from .models import MoneyCount, MoneyEntry, MoneyKind
from .refusals import (
    CountIsConfirmed,
    CountsDiffer,
    IsConfirmed,
    NoInitials,
    NoSuchCount,
    NotConfirmed,
    NotMismatched,
)

MOST_INITIALS = 4


@dataclass(frozen=True, slots=True)
class Money:
    """Which money is counted. ``cause`` None: the event's beneficiary. ``counters``: one or two; cash takes two.

    ``key``: of what was sent, which may arrive twice.
    """

    kind: MoneyKind
    cause: str | None = None
    note: str | None = None
    counters: int = 2
    key: str | None = None


def count_money(
    event: Event, money: Money, amount: Decimal, initials: str, *, actor: Actor, now: datetime
) -> MoneyCount:
    """What the first person counted of a sum, or the second, if somebody else counts the same money just now.

    It is confirmed at once if one person is enough; what arrives again changes nothing. Raises NoInitials.
    """
    with transaction() as session:
        lock_event(session, event.id)
        known = _known(session, event, money.key)
        if known is not None:
            return known
        wanted = MoneyCount(
            event_id=event.id,
            kind=money.kind,
            cause=None if money.cause in (None, "", event.beneficiary) else money.cause,
            note=money.note or None,
            currency=event.currency,
            counters=2 if money.kind is MoneyKind.CASH else money.counters,
            opened_at=now,
            opened_by=actor.name,
        )
        counted = _begun_by_another(session, wanted, actor) or wanted
        counted.note = counted.note or wanted.note
        session.add(counted)
        session.flush()
        _enter(counted, amount, initials, actor, now, money.key)
    return counted


def enter_count(
    count_id: int, amount: Decimal, initials: str, *, actor: Actor, now: datetime, is_enough: bool = False
) -> MoneyCount:
    """What somebody counted in this round, instead of what they entered before.

    ``is_enough``: they may confirm alone what takes one person; for anybody else, it takes a second from now on.
    Raises NoInitials, CountIsConfirmed, CountsDiffer, NoSuchCount.
    """
    with transaction() as session:
        counted = _locked(session, count_id)
        if counted.confirmed_at is not None:
            raise CountIsConfirmed
        if counted.is_mismatch:
            raise CountsDiffer
        counted.counters = counted.counters if is_enough else 2
        _enter(counted, amount, initials, actor, now)
    return counted


def recount(count_id: int, *, actor: Actor, now: datetime) -> MoneyCount:
    """Both count a sum again that they did not agree on. Raises NotMismatched, NoSuchCount."""
    with transaction() as session:
        counted = _locked(session, count_id)
        if not counted.is_mismatch:
            raise NotMismatched
        counted.round += 1
        record(counted.event, actor, "money.recounted", _subject(counted), now=now)
    return counted


def reopen(count_id: int, *, actor: Actor, now: datetime) -> MoneyCount:
    """A confirmed sum is to be counted again. Raises NotConfirmed, NoSuchCount."""
    with transaction() as session:
        counted = _locked(session, count_id)
        if counted.confirmed_at is None:
            raise NotConfirmed
        before = {"amount": _said(counted, counted.amount)}
        counted.amount, counted.confirmed_at = None, None
        counted.round += 1
        record(
            counted.event, actor, "money.reopened", _subject(counted), now=now, before=before, after={"amount": None}
        )
    return counted


def delete_count(count_id: int, *, actor: Actor, now: datetime) -> None:
    """Take away a sum that is not confirmed, with what was entered. Raises IsConfirmed, NoSuchCount."""
    with transaction() as session:
        counted = _locked(session, count_id)
        if counted.confirmed_at is not None:
            raise IsConfirmed
        record(counted.event, actor, "money.deleted", _subject(counted), now=now, before=_which(counted))
        session.delete(counted)


def _enter(
    counted: MoneyCount, amount: Decimal, initials: str, actor: Actor, now: datetime, key: str | None = None
) -> None:
    signed = _signed(initials)
    own = next((entry for entry in counted.current if entry.coordinator_id == actor.coordinator_id), None)
    if own is None:
        own = MoneyEntry(
            event_id=counted.event_id, round=counted.round, coordinator_id=actor.coordinator_id, by=actor.name, key=key
        )
        counted.entries.append(own)
    own.amount, own.initials, own.entered_at = amount, signed, now
    entries = counted.current
    if len(entries) < counted.counters:
        return record(counted.event, actor, "money.counted", _subject(counted), now=now, after=_which(counted))
    amounts = {f"{entry.by} ({entry.initials})": _said(counted, entry.amount) for entry in entries}
    if counted.is_mismatch:
        return record(counted.event, actor, "money.mismatched", _subject(counted), now=now, after=amounts)
    counted.amount, counted.confirmed_at = amount, now
    record(counted.event, actor, "money.confirmed", _subject(counted), now=now, after=_which(counted) | amounts)
    return None


def _known(session: Session, event: Event, key: str | None) -> MoneyCount | None:
    """The sum that what was sent with this key has been entered for."""
    entered = select(MoneyCount).join(MoneyEntry).where(MoneyEntry.event_id == event.id, MoneyEntry.key == key)
    return session.scalars(entered.execution_options(populate_existing=True)).one_or_none() if key else None


def _begun_by_another(session: Session, wanted: MoneyCount, actor: Actor) -> MoneyCount | None:
    """The oldest open count that waits for a second person and is of the same money: two phones may begin it at once.

    Two that are noted differently, like the front door and the bar, are never the same money.
    """
    theirs = select(MoneyCount).where(
        MoneyCount.event_id == wanted.event_id,
        MoneyCount.kind == wanted.kind,
        MoneyCount.cause.is_not_distinct_from(wanted.cause),
        MoneyCount.currency == wanted.currency,
        MoneyCount.confirmed_at.is_(None),
    )
    for counted in session.scalars(theirs.order_by(MoneyCount.id).execution_options(populate_existing=True)):
        counted_by = {entry.coordinator_id for entry in counted.current}
        notes = {note.casefold() for note in (counted.note, wanted.note) if note}
        if 0 < len(counted_by) < counted.counters and actor.coordinator_id not in counted_by and len(notes) < 2:
            return counted
    return None


def _signed(initials: str) -> str:
    letters = "".join(character for character in initials if character.isalpha()).upper()
    if not 0 < len(letters) <= MOST_INITIALS:
        raise NoInitials
    return letters


def _locked(session: Session, count_id: int) -> MoneyCount:
    """The count, with its event locked against other counts."""
    owner = session.scalars(select(MoneyCount.event_id).where(MoneyCount.id == count_id)).one_or_none()
    if owner is None:
        raise NoSuchCount
    lock_event(session, owner)
    counted = session.get(MoneyCount, count_id, populate_existing=True)
    if counted is None:
        raise NoSuchCount
    return counted


def _subject(counted: MoneyCount) -> str:
    return f"money:{counted.id}"


def _which(counted: MoneyCount) -> JsonObject:
    return {"kind": str(counted.kind), "beneficiary": counted.cause or counted.event.beneficiary, "note": counted.note}


def _said(counted: MoneyCount, amount: Decimal | None) -> str | None:
    if amount is None:
        return None
    return f"{amount:,.2f} {counted.currency}" if amount == round(amount, 2) else f"{amount:,.3f} {counted.currency}"
