"""What the core makes of a vector, in the vector's own notation."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from coordinator.core.clashes import Clash, clashes
from coordinator.core.reminders import rehearse, ticks
from coordinator.core.show_time import write_wall
from coordinator.core.timeline import Conflict, ProjectedSlot, project
from coordinator.core.vectors.nights import optional_wall, read_rules, read_script, read_stage
from coordinator.core.vectors.reading import Fields, Night


def timeline_of(vector: Mapping[str, object]) -> dict[str, object]:
    """The projection and the clashes of a stage, as ``expect`` holds them. Raises BadVector."""
    fields = Fields(vector, "the vector")
    fields.only(("zone", "date", "curfew", "now", "slots"), ("name", "expect"))
    stage = read_stage(fields, "now")
    seen = project(stage.slots, stage.curfew_at, stage.now)
    return {
        "slots": {slot.key: _slot(slot, stage.night) for slot in seen.slots},
        "projected_end": _wall(seen.projected_end_at, stage.night),
        "over_curfew": _minutes(seen.over_curfew),
        "recoverable": _minutes(seen.recoverable),
        "conflicts": [_conflict(conflict) for conflict in seen.conflicts],
        "clashes": [_clash(clash) for clash in clashes(stage.slots, stage.curfew_at)],
    }


def reminders_of(vector: Mapping[str, object]) -> dict[str, object]:
    """The texts of a night and the reminders that were not sent, as ``expect`` holds them. Raises BadVector."""
    fields = Fields(vector, "the vector")
    fields.only(("zone", "date", "curfew", "from", "until", "slots", "rules", "script"), ("name", "doors", "expect"))
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


def _slot(slot: ProjectedSlot, night: Night) -> dict[str, object]:
    return {
        "state": slot.state.value,
        "starts": _wall(slot.starts_at, night),
        "ends": _wall(slot.ends_at, night),
        "late": None if slot.late is None else _minutes(slot.late),
        "squeezed": slot.squeezed,
        "at_minimum": slot.at_minimum,
        "latest_start": _wall(slot.latest_start_at, night),
    }


def _conflict(conflict: Conflict) -> dict[str, object]:
    return {"kind": conflict.kind.value, "slot": conflict.slot, "minutes": _minutes(conflict.minutes)}


def _clash(clash: Clash) -> dict[str, object]:
    return {"kind": clash.kind.value, "slot": clash.slot, "after": clash.after, "minutes": _minutes(clash.minutes)}


def _wall(at: datetime | None, night: Night) -> str | None:
    return None if at is None else write_wall(at, night.on, night.zone)


def _minutes(length: timedelta) -> int | float:
    minutes = length / timedelta(minutes=1)
    return int(minutes) if minutes.is_integer() else minutes
