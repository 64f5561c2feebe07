"""What each stage looks like from minute to minute while a rehearsal plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from coordinator.core.show_time import whole_minute
from coordinator.core.timeline import ProjectedSlot
from coordinator.lineup.models import Slot
from coordinator.shownight.queries import Night, StageNight

from .played import Shot, SlotView, StagePlayed, StageView

AROUND = timedelta(hours=1)  # before the first start and after the last end the clock alone changes nothing
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Camera:
    """Is shown every night that is reached, and keeps a shot of a stage whenever it looks different."""

    shots: dict[tuple[str, str], list[Shot]] = field(default_factory=dict)

    def see(self, seen: Night, until: datetime) -> None:
        """The rows stay as they are until then; what the clock alone changes is seen minute by minute."""
        for at in _moments(seen, until):
            for stage in seen.stages_on(seen.event.current_day(at)):
                self._keep(stage, at)

    def _keep(self, stage: StageNight, at: datetime) -> None:
        shots, view = self.shots.setdefault((stage.stage.key, stage.stage.name), []), _view(replace(stage, now=at))
        if not shots or shots[-1].view != view:
            shots.append(Shot(at, None, view))

    def film(self) -> tuple[StagePlayed, ...]:
        """All that was seen, stage by stage."""
        return tuple(StagePlayed(key, name, _cut(shots)) for (key, name), shots in self.shots.items())


def _cut(shots: list[Shot]) -> tuple[Shot, ...]:
    return (*(replace(shot, until=after.at) for shot, after in pairwise(shots)), *shots[-1:])


def _moments(seen: Night, until: datetime) -> Iterator[datetime]:
    yield seen.now
    for day, stages in seen.days:
        starts = [slot.starts_at for stage in stages for slot in stage.slots]
        ends = [stage.projection.projected_end_at or stage.now for stage in stages if stage.slots]
        if not starts or seen.event.current_day(min(starts)) != day:
            continue
        at = max(whole_minute(seen.now) + MINUTE, min(starts) - AROUND)
        while at < min(until, max(*starts, *ends) + AROUND):
            yield at
            at += MINUTE


def _view(stage: StageNight) -> StageView:
    projection = stage.projection
    return StageView(
        on=_slot(stage.on, projection.on),
        next=_slot(stage.next, projection.next),
        late=stage.late,
        ends_at=projection.projected_end_at,
        curfew_at=stage.curfew_at,
        over_curfew=projection.over_curfew,
        missed_since=projection.missed_since(stage.now),
    )


def _slot(slot: Slot | None, seen: ProjectedSlot | None) -> SlotView | None:
    if slot is None or seen is None or seen.starts_at is None or seen.ends_at is None:
        return None
    moved = whole_minute(seen.starts_at) != slot.starts_at
    return SlotView(
        key=slot.key,
        name=slot.name,
        starts_at=whole_minute(seen.starts_at),
        ends_at=whole_minute(seen.ends_at),
        planned_at=slot.starts_at if moved else None,
        answer=slot.answer if slot.act else None,
        is_here=slot.said_here_at is not None,
        is_disputed=slot.disputed_at is not None,
    )
