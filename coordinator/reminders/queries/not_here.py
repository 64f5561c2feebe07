"""A call that was missed: the act is asked where it is, then who runs the stage is told, then asked about the gap."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coordinator.core.show_time import call_time, whole_minute
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import CallKind
from coordinator.shownight.queries import Night

from .alerting import Alert, AlertReason, on_stage, to_people
from .who_is_asked import asked_about

ASKED_AFTER = timedelta(minutes=5)  # the text that calls them leaves at call time itself
TOLD_AFTER = timedelta(minutes=10)
GAP_BEFORE = timedelta(minutes=15)  # the set; but no sooner than so long after the call
CALL_MISSED = "call-missed"
WORDS = (CALL_MISSED, "alert-not-here", "alert-still-missing")


@dataclass(frozen=True, slots=True)
class MissedCall:
    """When they should have been there, and when they are on, both as they said themselves if they said later.

    ``since_at``: from when they are missed: their call, or when somebody began to mark who is here, or the end of a
    hold, if that was later.
    """

    call_at: datetime
    since_at: datetime
    starts_at: datetime

    @property
    def asked_at(self) -> datetime:
        return self.since_at + ASKED_AFTER

    @property
    def told_at(self) -> datetime:
        return self.since_at + TOLD_AFTER

    @property
    def gap_at(self) -> datetime:
        return max(self.starts_at, self.since_at + 2 * GAP_BEFORE) - GAP_BEFORE

    @property
    def steps(self) -> tuple[datetime, datetime, datetime]:
        return self.asked_at, self.told_at, self.gap_at


def alerts_of_a_missed_call(slot: Slot, seen: Night, lead: timedelta | None) -> Iterator[Alert]:
    """What is due of it by now, nothing once somebody of the act has said or been marked that they are there.

    Whoever takes charge later sees on the page who isn't here; until someone is marked here, no text says so.
    """
    missed = missed_call(slot, seen, lead)
    if missed is None or missed.asked_at >= seen.now:
        return
    if seen.now < missed.starts_at:
        own = _reason(CALL_MISSED, missed.asked_at, missed)
        yield from to_people(slot.people, slot, seen, replace(own, rule=CALL_MISSED))
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


def missed_call(slot: Slot, seen: Night, lead: timedelta | None) -> MissedCall | None:
    """None: they are not called or need not come, are here, have begun, or nobody marks who is here."""
    starts_at = seen.told(slot.id).starts_at
    is_awaited = slot.act is not None and not slot.started_at and not _is_here(slot, seen)
    if lead is None or starts_at is None or not is_awaited or slot.answer == ActAnswer.DECLINED:
        return None
    starts_at = max(starts_at, slot.asked_late_until or starts_at)
    watched_at, said_yes_at = (
        _watched_since(slot, seen, lead),
        max(slot.created_at, slot.answered_at or slot.created_at),
    )
    if watched_at is None:
        return None
    call_at = whole_minute(call_time(starts_at, lead))
    if said_yes_at > call_at:  # who is asked later than the call comes as soon as they can
        call_at = whole_minute(max(said_yes_at, starts_at - GAP_BEFORE))
    went_on_at = slot.stage.went_on_at or call_at
    return MissedCall(call_at, max(call_at, watched_at, went_on_at), whole_minute(starts_at))


def _is_here(slot: Slot, seen: Night) -> bool:
    """Whether the act was marked here for any of its sets of that day."""
    stages = seen.stages_on(seen.stage_of(slot.id).day)
    return any(other.said_here_at for stage in stages for other in stage.slots if other.act_id == slot.act_id)


def _watched_since(slot: Slot, seen: Night, lead: timedelta) -> datetime | None:
    """Since when somebody runs the stage, if that was before the planned call; else since the first mark of anyone."""
    run_since = seen.stage_of(slot.id).run_since_at
    if run_since is not None and run_since <= call_time(slot.starts_at, lead):
        return run_since
    return min((other.said_here_at for other in seen.slots if other.said_here_at), default=None)


def _reason(words: str, since_at: datetime, missed: MissedCall) -> AlertReason:
    call = CallKind.ALERT_NOT_HERE if words == "alert-not-here" else None
    times = {"call": missed.call_at}
    return AlertReason(words, since_at, "once", call=call, after=timedelta(0), times=times)
