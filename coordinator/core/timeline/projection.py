"""The projection of a stage: its slots, its end, and how much delay it can still absorb."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple


class SlotState(StrEnum):
    CANCELLED = "cancelled"
    ENDED = "ended"
    ON = "on"
    PASSED = "passed"
    TO_COME = "to_come"


class Anchor(StrEnum):
    """What a reminder or a shift can be tied to. The first three belong to a slot; the others are fixed times."""

    SET_START = "set_start"
    SET_END = "set_end"
    CHANGEOVER_START = "changeover_start"
    DOORS = "doors"
    CURFEW = "curfew"
    SHIFT_START = "shift_start"


class ProjectedSlot(NamedTuple):
    """A slot as it will really run.

    Every time is None for a slot without a start (cancelled or passed). ``window_starts_at``: when the stage becomes
    free before it; None when nothing precedes it. ``changeover_starts_at``: the nominal changeover before the start, or
    when the stage becomes free, if later; None without a changeover. ``late`` is negative when early.
    ``latest_start_at``: the last start that keeps the curfew and every pinned slot; only for a slot to come, None when
    nothing limits it.
    """

    key: str
    state: SlotState
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    window_starts_at: datetime | None = None
    changeover_starts_at: datetime | None = None
    late: timedelta | None = None
    squeezed: bool = False
    at_minimum: bool = False
    latest_start_at: datetime | None = None


class ConflictKind(StrEnum):
    """``cannot_hold``: a pinned slot will begin late."""

    CANNOT_HOLD = "cannot_hold"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A promise that cannot be kept, and by how many ``minutes``."""

    kind: ConflictKind
    slot: str
    minutes: timedelta


MISSED_AFTER = timedelta(minutes=5)  # a press that is later than this is asked for


class ExpectedPress(NamedTuple):
    """The next press: the ``start`` or ``end`` of this slot, told for the time ``at``.

    It is overdue at ``due_at``: the same time, but for a start never before its planned start.
    """

    do: Literal["start", "end"]
    slot: str
    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Projection:
    """A stage as it will really run.

    ``projected_end_at`` is None when no slot has a time. ``over_curfew``: how far it runs past the curfew, zero without
    a curfew. ``recoverable``: how much further delay the coming changeovers can absorb. ``attended``: someone runs the
    stage or pressed a button. ``expects`` is None when no slot is on or to come. ``frozen_since_at``: when the clock
    stopped delaying the shown times because that press is missing; None otherwise.
    """

    slots: tuple[ProjectedSlot, ...]
    projected_end_at: datetime | None
    over_curfew: timedelta
    recoverable: timedelta
    conflicts: tuple[Conflict, ...]
    attended: bool = False
    expects: ExpectedPress | None = None
    frozen_since_at: datetime | None = None
    _by_key: dict[str, ProjectedSlot] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {slot.key: slot for slot in self.slots})

    def __getitem__(self, key: str) -> ProjectedSlot:
        return self._by_key[key]

    @property
    def frozen(self) -> bool:
        """Whether the shown times no longer move because a press is missing."""
        return self.frozen_since_at is not None

    @property
    def on(self) -> ProjectedSlot | None:
        """The slot that is on now; the last one if there are two."""
        return next((slot for slot in reversed(self.slots) if slot.state is SlotState.ON), None)

    @property
    def next(self) -> ProjectedSlot | None:
        """The first slot to come; None when there is none."""
        return next((slot for slot in self.slots if slot.state is SlotState.TO_COME), None)

    def missed_since(self, now: datetime) -> datetime | None:
        """Since when the expected press has been missing, if for more than ``MISSED_AFTER``; else None."""
        return self.expects.due_at if self.expects and self.expects.due_at + MISSED_AFTER < now else None

    def anchor(self, key: str, name: str) -> datetime | None:
        """The instant of the slot's ``set_start``, ``set_end`` or ``changeover_start``.

        None while the slot has no times (cancelled or passed), and for a changeover of zero minutes. Raises KeyError
        for an unknown slot, ValueError for an anchor that does not belong to a slot.
        """
        slot = self[key]
        match name:
            case Anchor.SET_START:
                return slot.starts_at
            case Anchor.SET_END:
                return slot.ends_at
            case Anchor.CHANGEOVER_START:
                return slot.changeover_starts_at
        raise ValueError(f"{name!r} is no anchor of a slot; those are set_start, set_end and changeover_start.")
