"""What a coordinator does for someone from their conversation, each with its way back."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.core.cover import Sign
from coordinator.core.json_values import JsonObject
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.lineup.actions.answers import answer_slot, late_word, put_back_late_word, say_late, take_back_answer
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.people.actions.consent import agree_to_texts, take_back_agreement
from coordinator.people.models import Person
from coordinator.reminders.queries.lateness import begins_at
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.actions.coming import say_will_come
from coordinator.shifts.actions.covering import ask_for_cover, come_after_all
from coordinator.shifts.models import SignUp

from .queries.quick import own_sign_up, own_slot

MINUTE = timedelta(minutes=1)
LATE_STEPS: Final = (5, 10, 20)
DOINGS: Final = ("confirmed", "cannot", "late", "texts-off", "texts-on")


class CannotDoThat(ValueError):
    """The slot or shift is no longer theirs to answer for, or the press says nothing that can be done."""


def act(event: Event, person: Person, said: Mapping[str, str], *, actor: Actor, now: datetime) -> JsonObject:
    """Do what was pressed. Returns what ``take_back`` needs. Raises CannotDoThat, and CannotLeaveShift of a shift.

    ``said``: ``do``, one of DOINGS; ``slot`` or ``sign_up``, the id of what it is about; ``minutes``; ``how`` they
    agreed.
    """
    doing = said.get("do", "")
    with transaction():
        if doing == "texts-off":
            kept = _texts_off(person, now)
        elif doing == "texts-on":
            kept = _texts_on(person, said.get("how", ""), now)
        elif (slot := own_slot(event, person, said.get("slot"), now)) is not None and doing in _SLOT:
            kept = {"slot": slot.id, "before": _SLOT[doing](slot, person, _minutes(said), actor, now)}
        elif (sign_up := own_sign_up(event, person, said.get("sign_up"))) is not None and doing in _SHIFT:
            kept = {"sign_up": sign_up.id, "before": _SHIFT[doing](sign_up, _minutes(said), actor, now)}
        else:
            raise CannotDoThat
        record(event, actor, "text.acted_on", f"person:{person.id}", now=now, after={"did": doing})
    return kept | {"did": doing, "person": person.id}


def take_back(event: Event, person: Person, kept: JsonObject, *, actor: Actor, now: datetime) -> None:
    """Undo what ``act`` returned this for. Raises CannotLeaveShift of a shift."""
    doing, before = str(kept["did"]), kept.get("before", {})
    with transaction():
        if doing == "texts-off":
            agree_to_texts(person, str(kept["how"]), kept["words"], now)
        elif doing == "texts-on":
            take_back_agreement(person, now)
        elif "slot" in kept:
            slot = db.session.get_one(Slot, kept["slot"])
            if doing == "late":
                put_back_late_word(slot, before, actor=actor, now=now)
            else:
                take_back_answer(slot, before, people=[person], actor=actor, now=now)
        else:
            _take_back_of_shift(db.session.get_one(SignUp, kept["sign_up"]), doing, before, actor, now)
        record(event, actor, "text.act_taken_back", f"person:{person.id}", now=now, after={"did": doing})


def _answer(answer: str) -> Callable[[Slot, Person, int, Actor, datetime], JsonObject]:
    def answer_for(slot: Slot, person: Person, minutes: int, actor: Actor, now: datetime) -> JsonObject:
        return answer_slot(slot, answer, actor=actor, now=now, people=[person])

    return answer_for


def _late(slot: Slot, person: Person, minutes: int, actor: Actor, now: datetime) -> JsonObject:
    before = late_word(slot)
    say_late(slot, minutes * MINUTE, now=now, starts_at=begins_at(slot, person, minutes, now), person=person)
    return before


def _comes(sign_up: SignUp, minutes: int, actor: Actor, now: datetime) -> JsonObject:
    before = _stands(sign_up)
    say_will_come(sign_up, now=now)
    return before


def _needs_cover(sign_up: SignUp, minutes: int, actor: Actor, now: datetime) -> JsonObject:
    before = _stands(sign_up)
    ask_for_cover(sign_up, now=now)
    return before


def _late_for_shift(sign_up: SignUp, minutes: int, actor: Actor, now: datetime) -> JsonObject:
    before = _stands(sign_up)
    mark(sign_up, Sign.LATE, key=new_key(), at=now, actor=actor, now=now, late_by=minutes * MINUTE)
    return before


def _stands(sign_up: SignUp) -> JsonObject:
    late = (sign_up.late_by or timedelta(0)) // MINUTE
    return {"came": sign_up.will_come_at is not None, "cover": sign_up.wants_cover_at is not None, "late": late}


def _take_back_of_shift(sign_up: SignUp, doing: str, before: JsonObject, actor: Actor, now: datetime) -> None:
    if doing == "late":
        late_by = int(before["late"]) * MINUTE
        mark(sign_up, Sign.LATE, key=new_key(), at=now, actor=actor, now=now, late_by=late_by)
    elif before["cover"]:
        ask_for_cover(sign_up, now=now)
    elif before["came"]:
        say_will_come(sign_up, now=now)
    elif doing == "cannot":
        come_after_all(sign_up, now=now)
    else:
        say_will_come(sign_up, now=now, undo=True)


def _texts_off(person: Person, now: datetime) -> JsonObject:
    if person.agreed_at is None:
        raise CannotDoThat
    kept = {"how": person.agreed_how or "", "words": person.agreed_words}
    take_back_agreement(person, now)
    return kept


def _texts_on(person: Person, how: str, now: datetime) -> JsonObject:
    """Only an agreement: a STOP stays until the person themselves lifts it."""
    if person.agreed_at is not None or not person.phone or not how:
        raise CannotDoThat
    agree_to_texts(person, f"told a coordinator {how}", None, now)
    return {}


def _minutes(said: Mapping[str, str]) -> int:
    minutes = said.get("minutes", "")
    if said.get("do") == "late" and minutes not in map(str, LATE_STEPS):
        raise CannotDoThat
    return int(minutes) if minutes.isdecimal() and minutes.isascii() and len(minutes) < 4 else 0


_SLOT: Final = MappingProxyType(
    {"confirmed": _answer(ActAnswer.CONFIRMED), "cannot": _answer(ActAnswer.DECLINED), "late": _late}
)
_SHIFT: Final = MappingProxyType({"confirmed": _comes, "cannot": _needs_cover, "late": _late_for_shift})
