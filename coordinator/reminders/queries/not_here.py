"""A call that was missed: the act is asked where it is, then who runs the stage is told, then asked about the gap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator.core.show_days import ShowDay
from coordinator.core.show_time import call_time, whole_minute
from coordinator.db import db
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import TOLD, UNSENT, CallKind, Direction, Message
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.shifts.queries.who_is_here import WhoIsHere
from coordinator.shownight.queries import Night

from .alerting import Alert, AlertReason, on_stage, to_people
from .rules import CALL
from .who_is_asked import asked_about

ASKED_AFTER = timedelta(minutes=5)  # the text that calls them leaves at call time itself
TOLD_AFTER = timedelta(minutes=5)  # they were asked
GAP_BEFORE = timedelta(minutes=15)  # the set; but no sooner than so long after the call
CALL_MISSED = "call-missed"
WORDS = (CALL_MISSED, "alert-not-here", "alert-still-missing")

Here = Callable[[ShowDay], WhoIsHere]


@dataclass(frozen=True, slots=True)
class MissedCall:
    """When they should have been there, and when they are on, both as they said themselves if they said later.

    ``since_at``: from when they are missed: their call, or the text that told them of it, or when somebody ran the
    stage or marked someone, or the end of a hold, whichever was last. ``called``: who was told when to be there.
    ``was_asked_at``: when the text that asks them really went; None: there is none.
    """

    call_at: datetime
    since_at: datetime
    starts_at: datetime
    called: frozenset[int] = frozenset()
    was_asked_at: datetime | None = None

    @property
    def asked_at(self) -> datetime:
        return self.since_at + ASKED_AFTER

    @property
    def told_at(self) -> datetime:
        return max(self.asked_at, self.was_asked_at or self.asked_at) + TOLD_AFTER

    @property
    def gap_at(self) -> datetime:
        return max(self.starts_at - GAP_BEFORE, self.since_at + GAP_BEFORE, self.told_at + TOLD_AFTER)

    @property
    def steps(self) -> tuple[datetime, datetime, datetime]:
        return self.asked_at, self.told_at, self.gap_at


def alerts_of_a_missed_call(slot: Slot, seen: Night, lead: timedelta | None, here: Here) -> Iterator[Alert]:
    """What is due of it by now, nothing once the act is here by what the page shows, be it checked in for a shift.

    Whoever takes charge later sees on the page who isn't here; until someone is marked here, no text says so.
    """
    missed = missed_call(slot, seen, lead, here)
    if missed is None or missed.asked_at >= seen.now:
        return
    if seen.now < missed.starts_at:
        yield from _asks_them(slot, seen, missed)
    if missed.told_at >= seen.now:
        return
    stage = seen.stage_of(slot.id)
    asked, is_next = asked_about(slot, stage), stage.next is not None and stage.next.id == slot.id
    names = {"late_by": f"10{on_stage(slot, seen)}" if is_next else ""}
    told = _reason("alert-not-here", missed.told_at, missed)
    yield from to_people(asked.runners, slot, seen, replace(told, names=names))
    yield from to_people(asked.others, slot, seen, told)
    if missed.gap_at < seen.now:
        gap = _reason("alert-still-missing", missed.gap_at, missed)
        yield from to_people(asked.runners, slot, seen, replace(gap, names=names, call=None))


def _asks_them(slot: Slot, seen: Night, missed: MissedCall) -> Iterator[Alert]:
    """Nobody is reminded of a time that they were never told: they hear when they are on."""
    own = replace(_reason(CALL_MISSED, missed.asked_at, missed), rule=CALL_MISSED)
    called = [person for person in slot.people if person.id in missed.called]
    yield from to_people(called, slot, seen, replace(own, names={"time": ""}))
    others = [person for person in slot.people if person.id not in missed.called]
    yield from to_people(others, slot, seen, replace(own, times={}))


def missed_call(slot: Slot, seen: Night, lead: timedelta | None, here: Here) -> MissedCall | None:
    """None: they are not called or need not come, are here, have begun, or nobody marks who is here."""
    starts_at = seen.told(slot.id).starts_at
    is_awaited = slot.act is not None and not slot.started_at
    if lead is None or starts_at is None or not is_awaited or slot.answer == ActAnswer.DECLINED:
        return None
    starts_at = max(starts_at, slot.asked_late_until or starts_at)
    watched_at = _watched_since(slot, seen, lead)
    if watched_at is None or here(seen.stage_of(slot.id).day).since(slot):
        return None
    call_at = whole_minute(call_time(starts_at, lead))
    said_yes_at = max(slot.created_at, slot.answered_at or slot.created_at)
    texts = _texts_of(slot) if call_at <= seen.now else ()
    called = {text.person_id: text.claimed_at or seen.now for text in texts if _calls(text)}
    if said_yes_at > call_at:  # who is asked later than the call comes as soon as they can
        call_at, called = whole_minute(max(said_yes_at, starts_at - GAP_BEFORE)), {}
    since = (call_at, watched_at, _run_since(slot, seen), slot.stage.went_on_at, *called.values())
    missed = MissedCall(
        call_at, max(at for at in since if at), whole_minute(starts_at), frozenset(each for each in called if each)
    )
    return replace(missed, was_asked_at=_was_asked_at(slot, seen, missed, texts))


def _watched_since(slot: Slot, seen: Night, lead: timedelta) -> datetime | None:
    """Since when somebody runs the stage, if that was before the planned call; or the first mark of that day."""
    stage = seen.stage_of(slot.id)
    if stage.run_since_at is not None and stage.run_since_at <= call_time(slot.starts_at, lead):
        return stage.run_since_at
    that_day = (other.said_here_at for each in seen.stages_on(stage.day) for other in each.slots)
    return min((at for at in that_day if at), default=None)


def _run_since(slot: Slot, seen: Night) -> datetime | None:
    """Since when somebody runs the stage or has marked a set there."""
    stage = seen.stage_of(slot.id)
    pressed = [plan.pressed_at for plan in stage.plans if plan.pressed_at]
    return min([*pressed, *([stage.run_since_at] if stage.run_since_at else [])], default=None)


def _texts_of(slot: Slot) -> Sequence[Message]:
    """The texts that called its people, and those that asked where they are."""
    ours = select(Message).where(Message.slot_id == slot.id, Message.direction == Direction.OUT)
    return db.session.scalars(ours.where(Message.rule.in_((CALL, CALL_MISSED)))).all()


def _calls(text: Message) -> bool:
    """Whether they know from it when to be there, or are about to."""
    return text.rule == CALL and text.state in (*TOLD, *UNSENT)


def _was_asked_at(slot: Slot, seen: Night, missed: MissedCall, texts: Sequence[Message]) -> datetime | None:
    """When the text that asks them went; now, if it is about to; None: none does."""
    asked = [text.claimed_at or text.created_at for text in texts if text.rule == CALL_MISSED]
    if asked or missed.asked_at >= seen.now or seen.now >= missed.starts_at:
        return max(asked, default=None)
    off = opted_out([person.phone or "" for person in slot.people])
    return seen.now if any(silence_of(person, off) is None for person in slot.people) else None


def _reason(words: str, since_at: datetime, missed: MissedCall) -> AlertReason:
    call = CallKind.ALERT_NOT_HERE if words == "alert-not-here" else None
    times = {"call": missed.call_at}
    return AlertReason(words, since_at, "once", call=call, after=timedelta(0), times=times)
