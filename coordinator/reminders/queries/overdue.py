"""What stage managers are told because time passed and nothing was marked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial

from sqlalchemy import or_, select

from coordinator.core.timeline import MISSED_AFTER, ExpectedPress
from coordinator.db import db
from coordinator.events.models import Event, Stage
from coordinator.lineup.models import Slot
from coordinator.messaging.models import UNSENT, Call, CallKind, Message, MessageKind
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.silence import silence_of
from coordinator.people.models import Person
from coordinator.shifts.queries.who_is_here import here_on
from coordinator.shownight.models import Press
from coordinator.shownight.queries import Night, StageNight, night

from . import not_here
from .alerting import Alert, AlertReason, stamp, to_people
from .not_here import Here, alerts_of_a_missed_call
from .rules import call_lead
from .who_is_asked import asked_about

OTHERS_AFTER = 2 * MISSED_AFTER  # when the others are asked too
WORDS = ("alert-overdue-", "alert-unmarked-", *not_here.WORDS)
CALLS = (CallKind.ALERT_OVERDUE, CallKind.ALERT_NOT_HERE)


def clock_alerts(
    slot: Slot, seen: Night, call_lead: timedelta | None, here: Here, sender: str | None = None
) -> list[Alert]:
    """What stage managers are told because time passed and nothing was marked; nothing where nobody runs the stage.

    Nor while it is on hold. ``call_lead``: how long before their set performers are called; None: they are not.
    ``here``: who is here on a day, read once for all slots. Whom no text from ``sender`` (None: any of ours) reaches
    gets none that is no call either: such an alert would stay due forever.
    """
    stage = seen.stage_of(slot.id)
    if slot.cancelled_at or slot.ended_at or stage.held_since_at or not stage.projection.attended:
        return []
    found = [*_overdue(slot, seen), *alerts_of_a_missed_call(slot, seen, call_lead, here)]
    off = opted_out({each.person.phone for each in found if each.call is None and each.person.phone}, sender)
    return [each for each in found if each.call is not None or silence_of(each.person, off) is None]


def here_by_day(seen: Night) -> Here:
    """Who is here on each day, read when first asked for."""
    return cache(partial(here_on, seen=seen))


def _overdue(slot: Slot, seen: Night) -> Iterator[Alert]:
    """Its start or end should have been marked: five minutes later whoever runs the stage is asked, then the others."""
    stage = seen.stage_of(slot.id)
    expects, missed_at = stage.told.expects, stage.told.missed_since(seen.now)
    if expects is None or missed_at is None or expects.slot != slot.key:
        return
    asked, what = asked_about(slot, stage), _unmarked(stage, expects, missed_at)
    yield from to_people(asked.runners[:1], slot, seen, what)
    if missed_at + OTHERS_AFTER >= seen.now:
        return
    later = replace(what, since_at=missed_at + OTHERS_AFTER, names={**what.names, **_first_name(asked.runners)})
    yield from to_people(asked.runners[1:], slot, seen, later)
    watching = replace(later, words=f"alert-unmarked-{expects.do}")
    yield from to_people(asked.others, slot, seen, watching)


def _unmarked(stage: StageNight, expects: ExpectedPress, missed_at: datetime) -> AlertReason:
    return AlertReason(
        f"alert-overdue-{expects.do}",
        missed_at + MISSED_AFTER,
        stamp(missed_at),
        call=CallKind.ALERT_OVERDUE,
        after=timedelta(0),
        times={"was": expects.at},
        names={"next": stage.next.name if stage.next else ""},
    )


def _first_name(people: Sequence[Person]) -> dict[str, str]:
    return {"asked": people[0].first_name} if people else {}


def slots_to_look_at(now: datetime, sender: str | None = None) -> list[int]:
    """The ids of the slots about which the clock has news that nobody was told, or about which it has none anymore."""
    return [slot_id for event_id in _events_run_now(now) for slot_id in _changed(night(event_id, now), sender)]


def next_clock_alert_at(seen: Night) -> datetime | None:
    """When the clock alone has news next, unless something is marked until then; None: never."""
    lead, here = call_lead(seen.event.id), here_by_day(seen)
    run = [stage for stage in seen.stages if stage.projection.attended]
    waits = (MISSED_AFTER, OTHERS_AFTER)
    due = [stage.told.expects.due_at + wait for stage in run if stage.told.expects for wait in waits]
    calls = [not_here.missed_call(slot, seen, lead, here) for stage in run for slot in stage.slots]
    steps = [at for call in calls if call for at in call.steps]
    return min((at for at in (*due, *steps) if at > seen.now), default=None)


def _events_run_now(now: datetime) -> list[int]:
    """The events that are on, of which somebody runs a stage."""
    run = select(Stage.event_id).join(Event, Event.id == Stage.event_id)
    pressed = select(Press.event_id).where(Press.event_id == Event.id).exists()
    is_run = or_(Stage.attended_at.is_not(None), pressed)
    return list(db.session.scalars(run.where(Event.plan_until_at > now, is_run).distinct()))


def _changed(seen: Night, sender: str | None) -> Iterator[int]:
    lead, told, here = call_lead(seen.event.id), _told(seen.event.id), here_by_day(seen)
    for slot in seen.slots:
        ours = {key: is_open for key, is_open in told.items() if key.split(":")[1] == str(slot.id)}
        wanted = {alert.key for alert in clock_alerts(slot, seen, lead, here, sender)}
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
