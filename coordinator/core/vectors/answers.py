"""The core's results for a vector, in the notation of vectors."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ..clashes import Clash, clashes
from ..reminders import rehearse, ticks
from ..show_time import write_wall
from ..timeline import Conflict, ExpectedPress, ProjectedSlot, project
from .nights import optional_wall, read_rules, read_script, read_stage
from .reading import Fields, VectorNight


def timeline_of(vector: Mapping[str, object]) -> dict[str, object]:
    """The projection and clashes of a stage, in the form of ``expect``. Raises BadVector."""
    fields = Fields(vector, "the vector")
    fields.only(("zone", "date", "curfew", "now", "slots"), ("name", "attended", "expect"))
    stage = read_stage(fields, "now")
    seen = project(stage.slots, stage.curfew_at, stage.now, attended=stage.attended)
    return {
        "slots": {slot.key: _slot(slot, stage.night) for slot in seen.slots},
        "projected_end": _wall(seen.projected_end_at, stage.night),
        "over_curfew": _minutes(seen.over_curfew),
        "recoverable": _minutes(seen.recoverable),
        "attended": seen.attended,
        "expects": _expected(seen.expects, stage.night),
        "frozen": seen.frozen,
        "conflicts": [_conflict(conflict) for conflict in seen.conflicts],
        "clashes": [_clash(clash) for clash in clashes(stage.slots, stage.curfew_at)],
    }


def reminders_of(vector: Mapping[str, object]) -> dict[str, object]:
    """The texts of a night and its unsent reminders, in the form of ``expect``. Raises BadVector."""
    fields = Fields(vector, "the vector")
    fields.only(
        ("zone", "date", "curfew", "from", "until", "slots", "rules", "script"), ("name", "attended", "doors", "expect")
    )
    stage = read_stage(fields, "from")
    night, until_at = stage.night, fields.wall("until", stage.night)
    if until_at < stage.now:
        raise fields.refused("until", "no earlier than 'from'")
    played = rehearse(
        stage.slots,
        read_rules(fields),
        read_script(fields, stage),
        ticks(stage.now, until_at),
        curfew_at=stage.curfew_at,
        doors_at=optional_wall(fields, "doors", night),
    )
    return {
        "texts": [
            {"at": _wall(text.at, night), "rule": text.rule, "slot": text.slot, "says": _wall(text.says, night)}
            for text in played.texts
        ],
        "unsent": [{"at": _wall(one.at, night), "rule": one.rule, "slot": one.slot} for one in played.unsent],
    }


def _slot(slot: ProjectedSlot, night: VectorNight) -> dict[str, object]:
    return {
        "state": slot.state.value,
        "starts": _wall(slot.starts_at, night),
        "ends": _wall(slot.ends_at, night),
        "late": None if slot.late is None else _minutes(slot.late),
        "squeezed": slot.squeezed,
        "at_minimum": slot.at_minimum,
        "latest_start": _wall(slot.latest_start_at, night),
    }


def _expected(press: ExpectedPress | None, night: VectorNight) -> dict[str, object] | None:
    return press and {"do": press.do, "slot": press.slot, "at": _wall(press.at, night)}


def _conflict(conflict: Conflict) -> dict[str, object]:
    return {"kind": conflict.kind.value, "slot": conflict.slot, "minutes": _minutes(conflict.minutes)}


def _clash(clash: Clash) -> dict[str, object]:
    return {"kind": clash.kind.value, "slot": clash.slot, "after": clash.after, "minutes": _minutes(clash.minutes)}


def _wall(at: datetime | None, night: VectorNight) -> str | None:
    return None if at is None else write_wall(at, night.on, night.zone)


def _minutes(length: timedelta) -> int | float:
    minutes = length / timedelta(minutes=1)
    return int(minutes) if minutes.is_integer() else minutes
