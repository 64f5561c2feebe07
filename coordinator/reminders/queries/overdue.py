"""What stage managers are told because time passed and nothing was marked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from coordinator.core.show_time import call_time, whole_minute
from coordinator.core.timeline import MISSED_AFTER
from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import UNSENT, Call, CallKind, Message, MessageKind
from coordinator.shownight.models import Press
from coordinator.shownight.queries import Night, night

from .alerting import Alert, AlertReason, stamp, to_stage_managers
from .rules import call_lead

WORDS = ("alert-overdue-start", "alert-overdue-end", "alert-not-here")
CALLS = (CallKind.ALERT_OVERDUE, CallKind.ALERT_NOT_HERE)


def clock_alerts(slot: Slot, seen: Night, call_lead: timedelta | None) -> list[Alert]:
    """What stage managers are told because time passed and nothing was marked; nothing where nobody runs the stage.

    ``call_lead``: how long before their set performers are called; None: they are not.
    """
    if slot.cancelled_at or slot.ended_at or not seen.stage_of(slot.id).projection.attended:
        return []
    reasons = (_overdue(slot, seen), _not_here(slot, seen, call_lead))
    return [news for each in reasons if each for news in to_stage_managers(slot, seen, each)]


def _overdue(slot: Slot, seen: Night) -> AlertReason | None:
    """Its start or end should have been marked more than five minutes ago."""
    stage = seen.stage_of(slot.id)
    expects, missed_at = stage.told.expects, stage.told.missed_since(seen.now)
    if expects is None or missed_at is None or expects.slot != slot.key:
        return None
    return AlertReason(
        f"alert-overdue-{expects.do}",
        missed_at + MISSED_AFTER,
        stamp(missed_at),
        call=CallKind.ALERT_OVERDUE,
        after=timedelta(0),
        times={"was": expects.at},
    )


def _not_here(slot: Slot, seen: Night, lead: timedelta | None) -> AlertReason | None:
    """It is time to be there, and nobody of the act has said or been marked that they are.

    Whoever takes charge later sees on the page who isn't here; until someone is marked here, no text says so.
    """
    starts_at = seen.told(slot.id).starts_at
    if lead is None or starts_at is None or slot.act is None or slot.said_here_at or slot.started_at:
        return None
    call_at, run_since = whole_minute(call_time(starts_at, lead)), seen.stage_of(slot.id).run_since_at
    is_watched = any(other.said_here_at for other in seen.slots) or (run_since is not None and run_since <= call_at)
    if slot.answer == ActAnswer.DECLINED or call_at >= seen.now or not is_watched:
        return None
    return AlertReason(
        "alert-not-here",
        call_at,
        "once",
        call=CallKind.ALERT_NOT_HERE,
        after=timedelta(0),
        times={"call": call_at},
    )


def slots_to_look_at(now: datetime) -> list[int]:
    """The ids of the slots about which the clock has news that nobody was told, or about which it has none anymore."""
    return [slot_id for event_id in _events_run_now(now) for slot_id in _changed(night(event_id, now))]


def next_clock_alert_at(seen: Night) -> datetime | None:
    """When the clock alone has news next, unless something is marked until then; None: never."""
    lead, run = call_lead(seen.event.id), [stage for stage in seen.stages if stage.projection.attended]
    due = [stage.told.expects.due_at + MISSED_AFTER for stage in run if stage.told.expects]
    calls = [slot.starts_at - lead for stage in run for slot in stage.told.slots if lead and slot.starts_at]
    return min((at for at in (*due, *calls) if at > seen.now), default=None)


def _events_run_now(now: datetime) -> list[int]:
    """The events that are on, of which somebody runs a stage."""
    run = select(Stage.event_id).join(Event, Event.id == Stage.event_id)
    pressed = select(Press.event_id).where(Press.event_id == Event.id).exists()
    is_run = or_(Stage.attended_at.is_not(None), pressed)
    return list(db.session.scalars(run.where(Event.plan_until_at > now, is_run).distinct()))


def _changed(seen: Night) -> Iterator[int]:
    lead, told = call_lead(seen.event.id), _told(seen.event.id)
    for slot in seen.slots:
        ours = {key: is_open for key, is_open in told.items() if key.split(":")[1] == str(slot.id)}
        wanted = {alert.key for alert in clock_alerts(slot, seen, lead)}
        if wanted - ours.keys() or {key for key, is_open in ours.items() if is_open} - wanted:
            yield slot.id


def _told(event_id: int) -> dict[str, bool]:
    """The keys of such alerts and calls that there are, each with whether it can still be withdrawn."""
    texts = select(Message.dedupe_key, Message.state.in_(UNSENT)).where(
        Message.event_id == event_id, Message.kind == MessageKind.ALERT
    )
    is_owed = Call.withdrawn_at.is_(None) & Call.ticked_at.is_(None)
    calls = select(Call.dedupe_key, is_owed).where(Call.event_id == event_id, Call.kind.in_(CALLS))
    rows = [*db.session.execute(texts), *db.session.execute(calls)]
    return {key: bool(is_open) for key, is_open in rows if key and key.startswith(WORDS)}
