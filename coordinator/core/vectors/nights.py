"""From a vector's JSON to the values of the core."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.reminders import LEAST_LEAD, Act, Cue, ReminderRule
from coordinator.core.timeline import NOTHING, Anchor, SlotPlan
from coordinator.core.vectors.reading import BadVector, Fields, Night

_ANCHORS = [Anchor.SET_START, Anchor.SET_END, Anchor.CHANGEOVER_START, Anchor.DOORS, Anchor.CURFEW]
_RESERVED = ("new_time", "cancelled")


@dataclass(frozen=True, slots=True)
class Stage:
    """What both kinds of vectors begin with: a running order, seen at an instant."""

    night: Night
    slots: tuple[SlotPlan, ...]
    curfew_at: datetime | None
    now: datetime


def read_stage(vector: Fields, seen_at: str) -> Stage:
    """The running order of a vector; ``seen_at`` is the key that says when it is seen first."""
    night = Night(vector.date("date"), vector.zone("zone"))
    now = vector.wall(seen_at, night)
    slots = tuple(_read_slot(value, number, night, now) for number, value in enumerate(vector.objects("slots"), 1))
    _refuse_twins("slot", (slot.key for slot in slots))
    return Stage(night, slots, optional_wall(vector, "curfew", night), now)


def optional_wall(fields: Fields, key: str, night: Night) -> datetime | None:
    """The instant of a wall time; None when the key is missing or null."""
    return fields.wall(key, night) if fields.has(key) else None


def read_rules(vector: Fields) -> tuple[ReminderRule, ...]:
    """The reminder rules of a vector."""
    rules = tuple(_read_rule(value, number) for number, value in enumerate(vector.objects("rules"), 1))
    _refuse_twins("rule", (rule.key for rule in rules))
    return rules


def read_script(vector: Fields, stage: Stage) -> tuple[Cue, ...]:
    """What is pressed during the night of a vector."""
    keys = [slot.key for slot in stage.slots]
    return tuple(_read_cue(value, n, stage.night, keys) for n, value in enumerate(vector.objects("script"), 1))


def _read_slot(value: object, number: int, night: Night, now: datetime) -> SlotPlan:
    fields = Fields(value, f"slot {number}")
    if fields.has("key"):
        fields.name = f"slot {fields.text('key')!r}"
    fields.only(
        ("key", "starts", "length", "changeover", "changeover_min"),
        ("pinned", "early_ok", "cancelled", "extension", "late_by", "started", "ended"),
    )
    slot = SlotPlan(
        key=fields.text("key"),
        starts_at=fields.wall("starts", night),
        length=fields.minutes("length"),
        changeover=fields.minutes("changeover"),
        changeover_min=fields.minutes("changeover_min"),
        pinned=fields.flag("pinned"),
        early_ok=fields.flag("early_ok"),
        cancelled=fields.flag("cancelled"),
        extension=fields.minutes("extension") if fields.has("extension") else NOTHING,
        late_by=fields.minutes("late_by") if fields.has("late_by") else None,
        started_at=optional_wall(fields, "started", night),
        ended_at=optional_wall(fields, "ended", night),
    )
    _refuse_impossible(slot, fields, now)
    return slot


def _refuse_impossible(slot: SlotPlan, fields: Fields, now: datetime) -> None:
    if slot.changeover_min > slot.changeover:
        raise fields.refused("changeover_min", "no more than the slot's 'changeover'")
    for key, at in (("started", slot.started_at), ("ended", slot.ended_at)):
        if at is not None and at > now:
            raise fields.refused(key, "no later than the present; a fact has already happened")


def _read_rule(value: object, number: int) -> ReminderRule:
    fields = Fields(value, f"rule {number}")
    fields.only(("rule", "anchor", "lead"), ())
    key = fields.text("rule")
    if key in _RESERVED:
        raise fields.refused("rule", "another name; new_time and cancelled are texts of their own")
    least = LEAST_LEAD.seconds // 60
    return ReminderRule(key, fields.one_of("anchor", _ANCHORS), fields.minutes("lead", at_least=least))


def _read_cue(value: object, number: int, night: Night, keys: Collection[str]) -> Cue:
    fields = Fields(value, f"line {number} of the script")
    fields.only(("at", "do", "slot"), ("minutes",))
    at, act = fields.wall("at", night), Act(fields.one_of("do", list(Act)))
    slot = fields.one_of("slot", keys)
    if act in (Act.LATE, Act.EXTEND):
        return Cue(at, act, slot, fields.minutes("minutes"))
    if fields.has("minutes"):
        raise BadVector(f"'minutes' of {fields.name} must be left out; only late and extend take them.")
    return Cue(at, act, slot)


def _refuse_twins(kind: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadVector(f"Two {kind}s are called {key!r}; each must have a key of its own.")
        seen.add(key)
