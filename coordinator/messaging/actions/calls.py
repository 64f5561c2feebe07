"""Calls: what a person has to tell someone, because no text does."""

from datetime import datetime
from typing import Final, Required, TypedDict, Unpack

from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.json_values import JsonObject
from coordinator.db import transaction
from coordinator.people.models import Person

from ..models import Call, CallKind, CallReason


class OwedCall(TypedDict, total=False):
    """What someone must be told by phone; the sentence is made from it when it is shown.

    ``kind`` is a CallKind and says what would have been texted; ``why`` is a CallReason. ``about`` is the
    act's or role's name, ``says_at`` the time to tell, ``was_at`` the time it replaces. ``useful_until`` is when it
    disappears on its own, usually the start it is about.
    """

    organisation_id: Required[int]
    event_id: Required[int]
    person: Required[Person]
    kind: Required[str]
    why: Required[str]
    about: Required[str]
    useful_until: Required[datetime]
    says_at: datetime | None
    was_at: datetime | None
    slot_id: int | None
    shift_id: int | None
    anchor: str | None
    planned_at: datetime | None
    tells: JsonObject | None
    was: JsonObject | None


OPTIONAL: Final = ("says_at", "was_at", "slot_id", "shift_id", "anchor", "planned_at", "tells", "was")


def owe_call(*, dedupe_key: str, now: datetime, **owed: Unpack[OwedCall]) -> Call:
    """A coordinator must call this person: show it under Needs you and on the call list until ticked or withdrawn.

    Use it wherever a text would be queued, if the person cannot get one. ``dedupe_key`` makes it unique and should hold
    kind, subject, person and the time told (``"assigned:shift:7:12"``). A second call with the same key changes only
    ``why`` and ``useful_until``, and reopens one that was withdrawn; one that was ticked stays ticked. Raises
    ValueError for a kind or reason that has no label.
    """
    if owed["kind"] not in list(CallKind) or owed["why"] not in list(CallReason):
        raise ValueError(f"a call has no words for {owed['kind']!r} because of {owed['why']!r}")
    with transaction() as session:
        call = _known(dedupe_key)
        if call is None:
            call = Call(dedupe_key=dedupe_key, made_at=now, changed_at=now)
            session.add(call)
        elif (call.why, call.useful_until, call.withdrawn_at) != (owed["why"], owed["useful_until"], None):
            call.changed_at = now
        for column, value in {**dict.fromkeys(OPTIONAL), **owed}.items():
            setattr(call, column, value)
        call.withdrawn_at = None
    return call


def withdraw_call(dedupe_key: str, *, now: datetime) -> bool:
    """The reason for the call has ended: nobody needs to make it. False if no open call has this key."""
    with transaction():
        call = _known(dedupe_key)
        if call is None or call.withdrawn_at is not None or call.ticked_at is not None:
            return False
        call.withdrawn_at = call.changed_at = now
        return True


def tick_call(call: Call, *, actor: Actor, now: datetime) -> None:
    """Someone has told them, even if the reason has ended meanwhile: what the call says now counts as told.

    A second tick changes nothing.
    """
    with transaction() as session:
        session.refresh(call, with_for_update={"of": Call})
        if call.ticked_at is None:
            call.ticked_at, call.ticked_by, call.changed_at = now, actor.name, now


def untick_call(call: Call, *, now: datetime) -> None:
    """The tick was a slip: the person has not been told. A call without a tick stays as it is."""
    with transaction() as session:
        session.refresh(call, with_for_update={"of": Call})
        if call.ticked_at is not None:
            call.ticked_at, call.ticked_by, call.changed_at = None, None, now


def _known(dedupe_key: str) -> Call | None:
    with transaction() as session:
        same = select(Call).where(Call.dedupe_key == dedupe_key)
        return session.scalars(same.with_for_update(of=Call)).one_or_none()
