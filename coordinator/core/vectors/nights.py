"""From a vector's JSON to the values of the core."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ..reminders import LEAST_LEAD, Cue, CueKind, ReminderRule
from ..timeline import NOTHING, Anchor, SlotPlan
from .reading import BadVector, Fields, VectorNight

_ANCHORS = [Anchor.SET_START, Anchor.SET_END, Anchor.CHANGEOVER_START, Anchor.DOORS, Anchor.CURFEW]
_RESERVED = ("new_time", "cancelled")
_TAKE_MINUTES = (CueKind.LATE, CueKind.EXTEND)
_ATTEND = "attend"


@dataclass(frozen=True, slots=True)
class VectorStage:
    """What both kinds of vectors begin with: a running order, seen at an instant. ``attended``: someone runs it."""

    night: VectorNight
    slots: tuple[SlotPlan, ...]
    curfew_at: datetime | None
    now: datetime
    attended: bool


def read_stage(vector: Fields, seen_at: str) -> VectorStage:
    """The running order of a vector; ``seen_at`` is the key of the instant at which it is first seen."""
    night = VectorNight(vector.date("date"), vector.zone("zone"))
    now = vector.wall(seen_at, night)
    slots = tuple(_read_slot(value, number, night, now) for number, value in enumerate(vector.objects("slots"), 1))
    _refuse_twins("slot", (slot.key for slot in slots))
    return VectorStage(night, slots, optional_wall(vector, "curfew", night), now, vector.flag("attended"))


def optional_wall(fields: Fields, key: str, night: VectorNight) -> datetime | None:
    """The instant of a wall time; None when the key is missing or null."""
    return fields.wall(key, night) if fields.has(key) else None


def read_rules(vector: Fields) -> tuple[ReminderRule, ...]:
    rules = tuple(_read_rule(value, number) for number, value in enumerate(vector.objects("rules"), 1))
    _refuse_twins("rule", (rule.key for rule in rules))
    return rules


def read_script(vector: Fields, stage: VectorStage) -> tuple[Cue, ...]:
    """What is pressed and planned during the night of a vector. Taking charge of a stage does not affect texts."""
    keys = [slot.key for slot in stage.slots]
    cues = (_read_cue(value, n, stage.night, keys) for n, value in enumerate(vector.objects("script"), 1))
    return tuple(cue for cue in cues if cue is not None)


def _read_slot(value: object, number: int, night: VectorNight, now: datetime) -> SlotPlan:
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


def _read_cue(value: object, number: int, night: VectorNight, keys: Collection[str]) -> Cue | None:
    fields = Fields(value, f"line {number} of the script")
    fields.only(("at", "do"), ("slot", "minutes", "starts"))
    at, verb = fields.wall("at", night), fields.one_of("do", [*CueKind, _ATTEND])
    _refuse_what_it_does_not_take(fields, verb)
    if verb == _ATTEND:
        return None
    cue = Cue(at, CueKind(verb), fields.one_of("slot", keys))
    if cue.act in _TAKE_MINUTES:
        return replace(cue, length=fields.minutes("minutes"))
    return replace(cue, starts_at=fields.wall("starts", night)) if cue.act is CueKind.PLAN else cue


def _refuse_what_it_does_not_take(fields: Fields, verb: str) -> None:
    if verb not in _TAKE_MINUTES and fields.has("minutes"):
        raise BadVector(f"'minutes' of {fields.name} must be left out; only late and extend take them.")
    if verb != CueKind.PLAN and fields.has("starts"):
        raise BadVector(f"'starts' of {fields.name} must be left out; only plan takes it.")
    if verb == _ATTEND and fields.has("slot"):
        raise BadVector(f"'slot' of {fields.name} must be left out; who takes charge does so of the stage.")


def _refuse_twins(kind: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadVector(f"Two {kind}s are called {key!r}; each must have a key of its own.")
        seen.add(key)
