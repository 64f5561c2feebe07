"""A slot's facts of the night: read, written, restored."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coordinator.core.json_values import JsonObject
from coordinator.core.timeline import SlotPlan
from coordinator.lineup.models import Slot

INSTANTS = ("started_at", "ended_at", "cancelled_at", "restored_at", "late_decided_at")
LENGTHS = ("late_by", "extension")


def facts_of(slot: Slot) -> JsonObject:
    """The slot's facts as JSON: instants as RFC 3339, lengths in minutes."""
    instants = {name: getattr(slot, name) for name in INSTANTS}
    lengths = {name: getattr(slot, name) for name in LENGTHS}
    return {name: at and at.isoformat() for name, at in instants.items()} | {
        name: None if length is None else length // timedelta(minutes=1) for name, length in lengths.items()
    }


def put_back(slot: Slot, facts: JsonObject) -> None:
    """Set the slot's facts to what ``facts_of`` returned."""
    for name in INSTANTS:
        setattr(slot, name, datetime.fromisoformat(facts[name]) if facts.get(name) else None)
    for name in LENGTHS:
        setattr(slot, name, None if facts[name] is None else timedelta(minutes=facts[name]))


def write_facts(slot: Slot, plan: SlotPlan, at: datetime) -> None:
    """Set the slot's facts to those of the plan. ``at`` is when it was cancelled or restored, if it was."""
    was_cancelled = slot.cancelled_at is not None
    slot.started_at, slot.ended_at = plan.started_at, plan.ended_at
    slot.late_by, slot.extension = plan.late_by, plan.extension
    if plan.cancelled and not was_cancelled:
        slot.cancelled_at = at
    elif was_cancelled and not plan.cancelled:
        slot.cancelled_at, slot.restored_at = None, at


def keep_opening_plan(slots: Sequence[Slot]) -> None:
    """Before the first start of a stage on its day: keep what was planned, whatever is moved on the night."""
    if not any(slot.started_at for slot in slots):
        for slot in slots:
            slot.opening_plan_at = slot.starts_at


def pass_on(slot: Slot, now: datetime) -> None:
    """Note that the performer who said they are late waits to hear the decision."""
    if slot.said_late_at is not None:
        slot.news_at = now
